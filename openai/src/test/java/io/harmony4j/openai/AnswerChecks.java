package io.harmony4j.openai;

import static io.harmony4j.openai.Scripted.TOKENIZER;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Message;
import io.harmony4j.Role;
import io.harmony4j.chat.StopStrings;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.parser.HarmonyParser;
import io.harmony4j.parser.Header;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.parser.ParseResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What holds for the answers to any output: a client that joins the pieces has the whole answer, and the whole answer is what the parser's
 * messages say, read without any machine.
 */
final class AnswerChecks {
    private static final String REASONING = "reasoning";
    private static final String MESSAGE = "message";

    private final AnswerRules rules;
    private final FinishReason end;
    private final ParseOptions options;

    AnswerChecks(AnswerRules rules, FinishReason end) {
        this.rules = rules;
        this.end = end;
        this.options = ParseOptions.forRole(Role.ASSISTANT).withTools(rules.tools());
    }

    /**
     * A piece of an answer in either API.
     *
     * @param type reasoning, message, function or custom
     * @param name the tool's full name, without that of the functions; empty if this is no call
     */
    private record Part(String type, String name, String text) {}

    /** Checks both answers to an output of tokens. */
    void check(int... tokens) {
        List<GeneratedToken> generated = IntStream.range(0, tokens.length)
                .mapToObj(i -> GeneratedToken.of(tokens[i], i).withLogProbability(-i, List.of()))
                .toList();
        check(HarmonyParser.parse(tokens, options), turn -> generated.forEach(turn::accept));
    }

    /** Checks both answers to a text, and that chunks of it have the same answers. */
    void check(String text, List<String> chunks) {
        ParseResult parsed = HarmonyParser.parse(text, options);
        List<JsonObject> whole = check(parsed, turn -> turn.accept(text));
        List<JsonObject> cut = check(parsed, turn -> chunks.forEach(turn::accept));
        assertThat(cut).isEqualTo(whole);
    }

    private List<JsonObject> check(ParseResult parsed, Consumer<AnswerTurn> output) {
        List<JsonObject> chunks = new ArrayList<>();
        ChatAnswer chat = new ChatAnswer(TOKENIZER, Scripted.envelope(1, true, false), rules, chunks::add);
        output.accept(chat.turn(0));
        chat.turn(0).finish(end);
        List<JsonObject> events = new ArrayList<>();
        ResponseAnswer response = new ResponseAnswer(TOKENIZER, Scripted.responseEnvelope(), rules, events::add);
        output.accept(response.turn());
        response.turn().finish(end);

        ChatAnswer wholeChat = new ChatAnswer(TOKENIZER, Scripted.envelope(1, true, false), rules, null);
        output.accept(wholeChat.turn(0));
        wholeChat.turn(0).finish(end);
        ResponseAnswer wholeResponse = new ResponseAnswer(TOKENIZER, Scripted.responseEnvelope(), rules, null);
        output.accept(wholeResponse.turn());
        wholeResponse.turn().finish(end);
        assertThat(wholeChat.toJson()).isEqualTo(chat.toJson());
        assertThat(wholeResponse.toJson()).isEqualTo(response.toJson());

        List<Part> expected = expected(parsed);
        checkText(chunks);
        checkText(events);
        checkChat(expected, chunks, chat.toJson());
        checkResponse(expected, events, response.toJson());
        return List.of(chat.toJson(), response.toJson());
    }

    /** Checks that there is no half character: its escape is the only way in which JSON can hold it. */
    private static void checkText(List<JsonObject> pieces) {
        pieces.forEach(piece -> assertThat(piece.toString()).doesNotContain("\\ud"));
    }

    /** Returns the parts of an answer by its rules, from whole messages. */
    private List<Part> expected(ParseResult parsed) {
        List<Part> parts = new ArrayList<>();
        for (Message message : parsed.messages()) {
            Header header = Header.of(message);
            String text = message.text();
            if (message.author().role() != Role.ASSISTANT) {
                continue;
            }
            if (header.isToolCall() && !rules.callsAreContent()) {
                boolean isCustom = rules.customTools().contains(message.recipient());
                String name = requireNonNull(message.recipient()).toolName();
                parts.add(new Part(isCustom ? "custom" : "function", name, isCustom ? freeText(text) : text));
                if (rules.onlyFirstCall()) {
                    break;
                }
            } else if (header.isReasoning()) {
                parts.add(new Part(REASONING, "", text));
            } else {
                parts.add(new Part(MESSAGE, "", cut(text, rules.stop())));
                if (rules.stop().stream().anyMatch(text::contains)) {
                    break;
                }
            }
        }
        return parts;
    }

    private static String cut(String text, List<String> stops) {
        StopStrings stop = new StopStrings(stops);
        return stop.add(text) + stop.release();
    }

    private static String freeText(String arguments) {
        try {
            JsonValue input = Json.parse(arguments).get("input");
            return input.isString() ? input.text() : arguments;
        } catch (IllegalArgumentException e) {
            return arguments;
        }
    }

    private static String joined(List<Part> parts, String type) {
        return parts.stream()
                .filter(part -> part.type().equals(type))
                .map(Part::text)
                .collect(Collectors.joining("\n"));
    }

    private void checkChat(List<Part> expected, List<JsonObject> chunks, JsonObject whole) {
        JsonValue choice = whole.get("choices").elements().get(0);
        JsonObject message = (JsonObject) choice.get("message");
        List<Part> calls =
                expected.stream().filter(part -> !part.name().isEmpty()).toList();
        boolean hasContent = expected.stream().anyMatch(part -> part.type().equals(MESSAGE));
        assertThat(message.get("content").textOrNull()).isEqualTo(hasContent ? joined(expected, MESSAGE) : null);
        assertThat(textOf(message, "reasoning")).isEqualTo(joined(expected, REASONING));
        assertThat(textOf(message, "reasoning_content")).isEqualTo(joined(expected, REASONING));
        assertThat(message.get("tool_calls").elements().stream()
                        .map(AnswerChecks::call)
                        .toList())
                .isEqualTo(calls);

        assertThat(chunks.get(chunks.size() - 1).get("usage")).isEqualTo(whole.get("usage"));
        ChatClient client = new ChatClient();
        chunks.subList(0, chunks.size() - 1).forEach(client::accept);
        assertThat(client.content).hasToString(textOf(message, "content"));
        assertThat(client.reasoning).hasToString(textOf(message, "reasoning"));
        assertThat(client.calls).isEqualTo(message.get("tool_calls").elements());
        assertThat(client.finishReason).isEqualTo(choice.get("finish_reason").text());
        assertThat(client.logProbabilities)
                .isEqualTo(choice.get("logprobs").get("content").elements());
    }

    private static Part call(JsonValue call) {
        String type = call.get("type").text();
        JsonValue tool = call.get(type);
        String text = tool.get(type.equals("custom") ? "input" : "arguments").text();
        return new Part(type, tool.get("name").text(), text);
    }

    private static String textOf(JsonObject object, String name) {
        String text = object.get(name).textOrNull();
        return text == null ? "" : text;
    }

    /** Joins chunks as clients do. */
    private static final class ChatClient {
        private final StringBuilder content = new StringBuilder();
        private final StringBuilder reasoning = new StringBuilder();
        private final List<JsonObject> calls = new ArrayList<>();
        private final List<JsonValue> logProbabilities = new ArrayList<>();
        private boolean hasRole;
        private String finishReason = "";

        private void accept(JsonObject chunk) {
            assertThat(chunk.get("choices").elements()).hasSize(1);
            JsonValue choice = chunk.get("choices").elements().get(0);
            JsonObject delta = (JsonObject) choice.get("delta");
            assertThat(finishReason).as("nothing comes after the finish reason").isEmpty();
            assertThat(delta.has("role"))
                    .as("the role is in the first chunk alone")
                    .isNotEqualTo(hasRole);
            if (!hasRole) {
                hasRole = true;
                return;
            }
            logProbabilities.addAll(choice.get("logprobs").get("content").elements());
            if (delta.members().isEmpty()) {
                finishReason = choice.get("finish_reason").text();
                return;
            }
            assertThat(choice.get("finish_reason").isNull()).isTrue();
            assertThat(delta.members().keySet())
                    .isIn(
                            List.of(
                                            List.of("content"),
                                            List.of("reasoning", "reasoning_content"),
                                            List.of("tool_calls"))
                                    .stream()
                                    .map(LinkedHashSet::new)
                                    .toList());
            content.append(more(delta, "content"));
            reasoning.append(more(delta, "reasoning"));
            if (delta.has("tool_calls")) {
                assertThat(delta.get("tool_calls").elements()).hasSize(1);
                accept(delta.get("tool_calls").elements().get(0));
            }
        }

        private static String more(JsonObject delta, String name) {
            assertThat(delta.get(name)).isNotEqualTo(JsonValue.of(""));
            return textOf(delta, name);
        }

        private void accept(JsonValue piece) {
            int index = piece.get("index").intValue();
            JsonObject call = ((JsonObject) piece).without("index");
            if (call.has("id")) {
                assertThat(index).isEqualTo(calls.size());
                calls.add(call);
                return;
            }
            assertThat(index).as("calls do not interleave").isEqualTo(calls.size() - 1);
            JsonObject known = calls.get(index);
            String type = known.get("type").text();
            String field = type.equals("custom") ? "input" : "arguments";
            assertThat(call.members()).containsOnlyKeys(type);
            assertThat(call.get(type).members()).containsOnlyKeys(field);
            assertThat(call.get(type).get(field)).isNotEqualTo(JsonValue.of(""));
            JsonObject tool = (JsonObject) known.get(type);
            String joined = tool.get(field).text() + call.get(type).get(field).text();
            calls.set(
                    index,
                    known.toBuilder()
                            .put(type, tool.toBuilder().put(field, joined).build())
                            .build());
        }
    }

    private void checkResponse(List<Part> expected, List<JsonObject> events, JsonObject whole) {
        List<JsonValue> output = whole.get("output").elements();
        assertThat(output.stream().map(AnswerChecks::item).toList()).isEqualTo(expected);

        assertThat(EventOrderTest.words(events)).matches(EventOrderTest.GRAMMAR);
        ResponseClient client = new ResponseClient();
        events.forEach(client::accept);
        assertThat(client.items).isEqualTo(output);
        assertThat(events.get(events.size() - 1).get("response")).isEqualTo(whole);

        List<String> ids = new ArrayList<>(List.of(whole.get("id").text()));
        for (JsonValue item : output) {
            ids.add(item.get("id").text());
            if (!item.get("call_id").isNull()) {
                ids.add(item.get("call_id").text());
            }
        }
        assertThat(ids.stream().map(id -> id.replaceFirst(".*_", "")).toList()).doesNotHaveDuplicates();
    }

    private static Part item(JsonValue item) {
        String namespace = textOf((JsonObject) item, "namespace");
        String name = (namespace.isEmpty() ? "" : namespace + ".") + textOf((JsonObject) item, "name");
        return switch (item.get("type").text()) {
            case "reasoning" -> new Part(REASONING, "", partText(item));
            case "message" -> new Part(MESSAGE, "", partText(item));
            case "function_call" ->
                new Part("function", name, item.get("arguments").text());
            default -> new Part("custom", name, item.get("input").text());
        };
    }

    private static String partText(JsonValue item) {
        assertThat(item.get("content").elements()).hasSize(1);
        return item.get("content").elements().get(0).get("text").text();
    }

    /** Builds items from events as OpenAI's own clients do. */
    private static final class ResponseClient {
        private final List<JsonValue> items = new ArrayList<>();
        private JsonObject open = JsonObject.EMPTY;

        private void accept(JsonObject event) {
            String type = event.get("type").text();
            if (type.equals("response.output_item.added")) {
                open = (JsonObject) event.get("item");
            } else if (type.equals("response.content_part.added")) {
                open = withContent(event.get("part"));
            } else if (type.endsWith(".delta")) {
                assertThat(event.get("delta").text()).isNotEmpty();
                add(event);
            } else if (type.equals("response.content_part.done")) {
                assertThat(open.get("content").elements()).containsExactly(event.get("part"));
            } else if (type.equals("response.output_item.done")) {
                JsonValue status = event.get("item").get("status");
                assertThat(event.get("item"))
                        .isEqualTo(open.toBuilder().put("status", status).build());
                items.add(event.get("item"));
            } else if (type.endsWith(".done")) {
                checkDone(type, event);
            }
        }

        private JsonObject withContent(JsonValue part) {
            return open.toBuilder().put("content", JsonArray.of(List.of(part))).build();
        }

        private void add(JsonObject event) {
            String delta = event.get("delta").text();
            if (event.has("content_index")) {
                JsonObject part = (JsonObject) open.get("content").elements().get(0);
                JsonObject.Builder joined =
                        part.toBuilder().put("text", part.get("text").text() + delta);
                if (part.has("logprobs")) {
                    List<JsonValue> entries =
                            new ArrayList<>(part.get("logprobs").elements());
                    entries.addAll(event.get("logprobs").elements());
                    joined.put("logprobs", JsonArray.of(entries));
                }
                open = withContent(joined.build());
            } else {
                String field = open.has("arguments") ? "arguments" : "input";
                open = open.toBuilder()
                        .put(field, open.get(field).text() + delta)
                        .build();
            }
        }

        private void checkDone(String type, JsonObject event) {
            String field = type.contains("_text.") ? "text" : type.contains("arguments") ? "arguments" : "input";
            JsonValue text =
                    field.equals("text") ? open.get("content").elements().get(0).get(field) : open.get(field);
            assertThat(event.get(field)).isEqualTo(text);
            if (field.equals("arguments")) {
                assertThat(event.get("name")).isEqualTo(open.get("name"));
            }
        }
    }
}
