package io.harmony4j.conformance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.tokenizer.SpecialTokens;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Requests of the protocol, made from random numbers: texts, conversations, schemas and streams of tokens. */
final class RandomRequests {
    /** What there are requests for. */
    static final List<String> COMMANDS = List.of("tokenize", "detokenize", "render", "schema", "parse");

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int VOCABULARY = 201_089;
    private static final int[] CONTROLS =
            Arrays.stream(SpecialToken.values()).mapToInt(SpecialToken::id).toArray();
    private static final String[] CHANNELS = {"analysis", "commentary", "final", "other"};
    private static final String[] RECIPIENTS = {
        "functions.f", "functions.get_weather", "browser.search", "python", "assistant", "all"
    };
    private static final String[] ROLES = {
        "assistant", "assistant", "assistant", "user", "system", "developer", "tool", "functions.f"
    };
    private static final String[] TYPES = {"string", "number", "integer", "boolean", "array", "object", "null"};

    private final RandomGenerator random;
    private final RandomText text;
    private final List<String> commands;
    private final Tokenizer tokenizer = Tokenizer.o200kHarmony();

    /** @param offered the commands to make requests for; others of {@link #COMMANDS} are left out */
    RandomRequests(RandomGenerator random, Collection<String> offered) {
        this.random = random;
        this.text = new RandomText(random);
        this.commands = COMMANDS.stream().filter(Set.copyOf(offered)::contains).toList();
        if (commands.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected drivers that both offer one of " + COMMANDS + " but found " + Set.copyOf(offered));
        }
    }

    ObjectNode next() {
        String command = commands.get(random.nextInt(commands.size()));
        ObjectNode request = JSON.objectNode().put("cmd", command);
        switch (command) {
            case "tokenize" -> request.put("text", text.next()).put("special", oneIn(4) ? "all" : "none");
            case "detokenize" -> detokenize(request);
            case "render" -> render(request);
            case "schema" -> request.put("schemaJson", schema(3).toString());
            default -> parse(request);
        }
        return request;
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private void detokenize(ObjectNode request) {
        ArrayNode tokens = request.putArray("tokens");
        for (int n = random.nextInt(12); n > 0; n--) {
            // the first 256 tokens are bytes: broken UTF-8
            tokens.add(random.nextInt(oneIn(3) ? 256 : VOCABULARY));
        }
    }

    private void render(ObjectNode request) {
        ArrayNode messages = request.putObject("conversation").putArray("messages");
        if (oneIn(2)) {
            messages.add(message("system", systemContent()));
        }
        if (oneIn(2)) {
            messages.add(message("developer", developerContent()));
        }
        for (int n = random.nextInt(6); n > 0; n--) {
            messages.add(message());
        }
        String mode = text.pick("conversation", "completion", "training");
        request.put("mode", mode).put("autoDropAnalysis", oneIn(2));
        if (mode.equals("completion")) {
            request.put("nextRole", "assistant");
        }
    }

    private ObjectNode message() {
        ObjectNode message = JSON.objectNode();
        switch (random.nextInt(4)) {
            case 0 -> message.put("role", "user").put("content", text.next());
            case 1 ->
                message.put("role", "assistant").put("content", text.next()).put("channel", text.pick(CHANNELS));
            case 2 ->
                message.put("role", "assistant")
                        .put("content", "{\"a\": 1}")
                        .put("channel", text.pick("commentary", "analysis"))
                        .put("recipient", text.pick(RECIPIENTS))
                        .put("content_type", text.pick("<|constrain|>json", "json", "code"));
            default ->
                message.put("role", "tool")
                        .put("name", text.pick("functions.f", "python", "browser.search"))
                        .put("content", text.next())
                        .put("recipient", "assistant")
                        .put("channel", "commentary");
        }
        return message;
    }

    private static ObjectNode message(String role, ObjectNode content) {
        ObjectNode message = JSON.objectNode().put("role", role);
        message.putArray("content").add(content);
        return message;
    }

    private ObjectNode systemContent() {
        ObjectNode content = JSON.objectNode().put("type", "system_content");
        if (oneIn(2)) {
            content.put("model_identity", text.next());
        }
        if (oneIn(2)) {
            content.put("reasoning_effort", text.pick("Low", "Medium", "High"));
        }
        if (oneIn(2)) {
            content.put("knowledge_cutoff", "2024-06");
        }
        if (oneIn(2)) {
            content.put("conversation_start_date", "2025-06-28");
        }
        if (oneIn(2)) {
            ObjectNode config = content.putObject("channel_config");
            ArrayNode channels = config.putArray("valid_channels");
            Arrays.stream(CHANNELS).filter(channel -> !oneIn(3)).forEach(channels::add);
            config.put("channel_required", oneIn(2));
        }
        return content;
    }

    private ObjectNode developerContent() {
        ObjectNode content = JSON.objectNode().put("type", "developer_content");
        if (!oneIn(3)) {
            content.put("instructions", text.next());
        }
        if (oneIn(2)) {
            ObjectNode namespace =
                    content.putObject("tools").putObject("functions").put("name", "functions");
            ArrayNode tools = namespace.putArray("tools");
            for (int n = 1 + random.nextInt(2); n > 0; n--) {
                tools.addObject()
                        .put("name", "f" + n)
                        .put("description", text.pick("", "Does f.", "Two\nlines"))
                        .set("parameters", schema(3));
            }
        }
        return content;
    }

    /** Returns a JSON Schema with so many levels at most. */
    private ObjectNode schema(int depth) {
        ObjectNode schema = JSON.objectNode();
        String type = depth == 3 ? "object" : text.pick(TYPES);
        if (depth < 3 && oneIn(6)) {
            schema.putArray("type").add(type).add("null");
        } else if (depth < 3 && oneIn(6)) {
            schema.putArray("oneOf")
                    .add(depth > 0 ? schema(depth - 1) : JSON.objectNode())
                    .addObject()
                    .put("type", "string");
        } else {
            schema.put("type", type);
        }
        if (oneIn(3)) {
            schema.put("description", text.pick("A city", "Two\nlines", "say \"hi\"", ""));
        }
        if (oneIn(6)) {
            schema.put("title", "T");
        }
        if (oneIn(8)) {
            schema.put("nullable", true);
        }
        if (type.equals("object") && depth > 0) {
            ObjectNode properties = schema.putObject("properties");
            ArrayNode required = schema.putArray("required");
            for (int n = random.nextInt(4); n > 0; n--) {
                properties.set("p" + n, schema(depth - 1));
                if (oneIn(2)) {
                    required.add("p" + n);
                }
            }
        }
        if (type.equals("array") && depth > 0 && !oneIn(3)) {
            schema.set("items", schema(depth - 1));
        }
        if (type.equals("string") && oneIn(3)) {
            schema.putArray("enum").add("a").add("b c");
        }
        if (type.equals("string") && oneIn(3)) {
            schema.put("default", text.pick("a", "say \"x\"", ""));
        }
        if (type.equals("number") && oneIn(3)) {
            schema.put("default", random.nextInt(1000) / 8.0);
        }
        if (type.equals("integer") && oneIn(3)) {
            schema.put("default", random.nextInt(-5, 100));
        }
        if (type.equals("string") && oneIn(6)) {
            schema.putArray("examples").add("e1").add("e2");
        }
        return schema;
    }

    private void parse(ObjectNode request) {
        List<Integer> tokens = new ArrayList<>();
        boolean isRoleGiven = oneIn(2);
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            addMessage(tokens, isRoleGiven && tokens.isEmpty());
        }
        for (int n = oneIn(3) ? 1 + random.nextInt(3) : 0; n > 0 && !tokens.isEmpty(); n--) {
            disturb(tokens);
        }
        ArrayNode list = request.putArray("tokens");
        tokens.forEach(list::add);
        request.put("role", isRoleGiven ? Role.ASSISTANT.wireName() : null).put("mode", "strict");
    }

    private void addMessage(List<Integer> tokens, boolean isRoleGiven) {
        if (!isRoleGiven) {
            tokens.add(SpecialToken.START.id());
            add(tokens, text.pick(ROLES));
        }
        boolean isCall = oneIn(3);
        boolean isRecipientFirst = oneIn(2);
        if (isCall && isRecipientFirst) {
            add(tokens, " to=" + text.pick(RECIPIENTS));
        }
        if (!oneIn(5)) {
            tokens.add(SpecialToken.CHANNEL.id());
            add(tokens, text.pick(CHANNELS));
        }
        if (isCall && !isRecipientFirst) {
            add(tokens, " to=" + text.pick(RECIPIENTS));
        }
        if (isCall && oneIn(2)) {
            add(tokens, text.pick(" ", ""));
            tokens.add(SpecialToken.CONSTRAIN.id());
            add(tokens, "json");
        } else if (oneIn(6)) {
            add(tokens, text.pick(" json", " code", " x"));
        }
        tokens.add(SpecialToken.MESSAGE.id());
        add(tokens, isCall ? "{\"a\":1}" : text.next());
        SpecialToken end = isCall ? SpecialToken.CALL : oneIn(3) ? SpecialToken.RETURN : SpecialToken.END;
        tokens.add(end.id());
    }

    private void add(List<Integer> tokens, String words) {
        Arrays.stream(tokenizer.encode(words, SpecialTokens.NONE)).forEach(tokens::add);
    }

    /** Takes a token out, doubles one, or puts another one in. */
    private void disturb(List<Integer> tokens) {
        int at = random.nextInt(tokens.size());
        switch (random.nextInt(4)) {
            case 0 -> tokens.remove(at);
            case 1 -> tokens.add(at, tokens.get(at));
            case 2 -> tokens.add(at, random.nextInt(VOCABULARY));
            default -> tokens.add(at, CONTROLS[random.nextInt(CONTROLS.length)]);
        }
    }
}
