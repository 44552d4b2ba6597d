package io.harmony4j.conformance;

import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.tokenizer.AllowedSpecial;
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

    JsonObject next() {
        String command = commands.get(random.nextInt(commands.size()));
        JsonObject.Builder request = JsonObject.builder().put("cmd", command);
        switch (command) {
            case "tokenize" -> request.put("text", text.next()).put("special", oneIn(4) ? "all" : "none");
            case "detokenize" -> request.put("tokens", tokens());
            case "render" -> render(request);
            case "schema" -> request.put("schemaJson", Json.write(schema(3)));
            default -> parse(request);
        }
        return request.build();
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private JsonArray tokens() {
        List<JsonValue> tokens = new ArrayList<>();
        for (int n = random.nextInt(12); n > 0; n--) {
            // the first 256 tokens are bytes: broken UTF-8
            tokens.add(JsonValue.of(random.nextInt(oneIn(3) ? 256 : VOCABULARY)));
        }
        return JsonArray.of(tokens);
    }

    private void render(JsonObject.Builder request) {
        List<JsonValue> messages = new ArrayList<>();
        if (oneIn(2)) {
            messages.add(message("system", systemContent()));
        }
        if (oneIn(2)) {
            messages.add(message("developer", developerContent()));
        }
        for (int n = random.nextInt(6); n > 0; n--) {
            messages.add(message());
        }
        request.put("conversation", JsonObject.of("messages", JsonArray.of(messages)));
        String mode = text.pick("conversation", "completion", "training");
        request.put("mode", mode).put("autoDropAnalysis", oneIn(2));
        if (mode.equals("completion")) {
            request.put("nextRole", "assistant");
        }
    }

    private JsonObject message() {
        JsonObject.Builder message = JsonObject.builder();
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
        return message.build();
    }

    private static JsonObject message(String role, JsonObject content) {
        return JsonObject.builder()
                .put("role", role)
                .put("content", JsonArray.of(List.of(content)))
                .build();
    }

    private JsonObject systemContent() {
        JsonObject.Builder content = JsonObject.builder().put("type", "system_content");
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
            List<String> channels =
                    Arrays.stream(CHANNELS).filter(channel -> !oneIn(3)).toList();
            content.put(
                    "channel_config",
                    JsonObject.builder()
                            .put("valid_channels", JsonArray.ofTexts(channels))
                            .put("channel_required", oneIn(2))
                            .build());
        }
        return content.build();
    }

    private JsonObject developerContent() {
        JsonObject.Builder content = JsonObject.builder().put("type", "developer_content");
        if (!oneIn(3)) {
            content.put("instructions", text.next());
        }
        if (oneIn(2)) {
            List<JsonValue> tools = new ArrayList<>();
            for (int n = 1 + random.nextInt(2); n > 0; n--) {
                tools.add(JsonObject.builder()
                        .put("name", "f" + n)
                        .put("description", text.pick("", "Does f.", "Two\nlines"))
                        .put("parameters", schema(3))
                        .build());
            }
            JsonObject namespace = JsonObject.builder()
                    .put("name", "functions")
                    .put("tools", JsonArray.of(tools))
                    .build();
            content.put("tools", JsonObject.of("functions", namespace));
        }
        return content.build();
    }

    /** Returns a JSON Schema with so many levels at most. */
    private JsonObject schema(int depth) {
        JsonObject.Builder schema = JsonObject.builder();
        String type = depth == 3 ? "object" : text.pick(TYPES);
        if (depth < 3 && oneIn(6)) {
            schema.put("type", JsonArray.ofTexts(List.of(type, "null")));
        } else if (depth < 3 && oneIn(6)) {
            JsonObject one = depth > 0 ? schema(depth - 1) : JsonObject.EMPTY;
            schema.put("oneOf", JsonArray.of(List.of(one, JsonObject.of("type", JsonValue.of("string")))));
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
            addProperties(schema, depth);
        }
        if (type.equals("array") && depth > 0 && !oneIn(3)) {
            schema.put("items", schema(depth - 1));
        }
        if (type.equals("string") && oneIn(3)) {
            schema.put("enum", JsonArray.ofTexts(List.of("a", "b c")));
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
            schema.put("examples", JsonArray.ofTexts(List.of("e1", "e2")));
        }
        return schema.build();
    }

    private void addProperties(JsonObject.Builder schema, int depth) {
        JsonObject.Builder properties = JsonObject.builder();
        List<String> required = new ArrayList<>();
        for (int n = random.nextInt(4); n > 0; n--) {
            properties.put("p" + n, schema(depth - 1));
            if (oneIn(2)) {
                required.add("p" + n);
            }
        }
        schema.put("properties", properties.build()).put("required", JsonArray.ofTexts(required));
    }

    private void parse(JsonObject.Builder request) {
        List<Integer> tokens = new ArrayList<>();
        boolean isRoleGiven = oneIn(2);
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            addMessage(tokens, isRoleGiven && tokens.isEmpty());
        }
        for (int n = oneIn(3) ? 1 + random.nextInt(3) : 0; n > 0 && !tokens.isEmpty(); n--) {
            disturb(tokens);
        }
        request.put("tokens", JsonArray.of(tokens.stream().map(JsonValue::of).toList()))
                .put("role", isRoleGiven ? Role.ASSISTANT.wireName() : null)
                .put("mode", "strict");
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
        Arrays.stream(tokenizer.encode(words, AllowedSpecial.NONE)).forEach(tokens::add);
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
