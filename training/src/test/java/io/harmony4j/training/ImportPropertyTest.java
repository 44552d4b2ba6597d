package io.harmony4j.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Author;
import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Role;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.parser.HarmonyParser;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for all rows. */
class ImportPropertyTest {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();
    private static final HarmonyRenderer RENDERER = new HarmonyRenderer(TOKENIZER);
    private static final RowImporter IMPORTER = new RowImporter(Rows.OPTIONS);

    /** The words by which importers decide. */
    private static final List<String> WORDS = List.of(
            "messages",
            "conversations",
            "prompt",
            "completion",
            "instruction",
            "output",
            "input",
            "items",
            "text",
            "user",
            "final",
            "analysis",
            "developer",
            "system",
            "history",
            "tools",
            "functions",
            "role",
            "content",
            "from",
            "value",
            "assistant",
            "tool",
            "function",
            "gpt",
            "human",
            "observation",
            "function_call",
            "tool_calls",
            "tool_call_id",
            "name",
            "arguments",
            "parameters",
            "type",
            "thinking",
            "reasoning",
            "reasoning_effort",
            "reasoning_details",
            "refusal",
            "weight",
            "train",
            "channel",
            "recipient",
            "system_content",
            "developer_content",
            "call_id",
            "function_call_output",
            "message",
            "id",
            "f",
            "high",
            "{}",
            "[{}]",
            "{\"name\":\"f\"}",
            "<think>t</think>",
            "\ud83d",
            "item_reference",
            "output_text",
            "image_url");

    private static final List<JsonValue> SCALARS = List.of(
            JsonValue.ofNull(),
            JsonValue.of(true),
            JsonValue.of(0),
            JsonValue.of(1.5),
            JsonValue.of(""),
            JsonValue.of("a b"),
            Json.parseAny("1e400"),
            Json.parseAny("123456789012345678901234567890"));

    private static final List<String> SPEAKERS = List.of(
            "system",
            "developer",
            "user",
            "assistant",
            "tool",
            "function",
            "human",
            "gpt",
            "observation",
            "function_call");

    @Provide
    Arbitrary<JsonValue> values() {
        return Arbitraries.randomValue(random -> value(random, 5));
    }

    private static JsonValue value(Random random, int depth) {
        switch (depth == 0 ? random.nextInt(3) : random.nextInt(10)) {
            case 0 -> {
                return pick(random, SCALARS);
            }
            case 1, 2 -> {
                return JsonValue.of(pick(random, WORDS));
            }
            case 3, 4, 5 -> {
                List<JsonValue> elements = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    elements.add(value(random, depth - 1));
                }
                return JsonArray.of(elements);
            }
            default -> {
                return object(random, depth).build();
            }
        }
    }

    private static JsonObject.Builder object(Random random, int depth) {
        JsonObject.Builder object = JsonObject.builder();
        for (int i = random.nextInt(6); i > 0; i--) {
            object.put(pick(random, WORDS), value(random, depth - 1));
        }
        return object;
    }

    private static <T> T pick(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Rows that begin well: lists of objects with a speaker, and random fields. */
    @Provide
    Arbitrary<JsonValue> nearRows() {
        return Arbitraries.randomValue(random -> {
            List<JsonValue> messages = new ArrayList<>();
            for (int i = random.nextInt(5); i > 0; i--) {
                messages.add(object(random, 3)
                        .put(pick(random, List.of("role", "from")), pick(random, SPEAKERS))
                        .put(pick(random, List.of("content", "value")), value(random, 3))
                        .build());
            }
            String key = pick(random, List.of("messages", "conversations", "input", "items", "prompt", "completion"));
            return object(random, 4).put(key, JsonArray.of(messages)).build();
        });
    }

    @Property(tries = 3_000)
    void anyJsonIsARowOrARowException(@ForAll("values") JsonValue row) {
        readInAllShapes(row);
    }

    @Property(tries = 3_000)
    void whatIsNearlyARowIsOneOrARowException(@ForAll("nearRows") JsonValue row) {
        readInAllShapes(row);
    }

    private static void readInAllShapes(JsonValue row) {
        read(IMPORTER, row);
        for (RowShape shape : RowShape.values()) {
            read(new RowImporter(Rows.OPTIONS.withShape(shape)), row);
        }
    }

    private static void read(RowImporter importer, JsonValue row) {
        try {
            ImportedRow read = importer.read(row);
            if (read.text().isEmpty()) {
                assertThat(RENDERER.renderForTraining(read.conversation())).isNotNull();
                assertThat(read.weights().keySet())
                        .allMatch(
                                index -> index < read.conversation().messages().size());
            }
        } catch (RowException e) {
            assertThat(e).hasMessageContaining(" ");
            assertThat(e.pointer()).matches("(/[^/]*)*");
        }
    }

    /** Chat rows whose texts are anything, control tokens typed as text included, and whose tools have any name that a header can have. */
    @Provide
    Arbitrary<JsonValue> chatRows() {
        Arbitrary<String> texts = Arbitraries.oneOf(
                        Arbitraries.strings().ofMaxLength(10),
                        Arbitraries.of(
                                "<|end|>",
                                "<|start|>assistant",
                                "<|channel|>final<|message|>",
                                "<|call|>",
                                "\n\n",
                                "to=f"))
                .list()
                .ofMaxSize(3)
                .map(parts -> TOKENIZER.decode(TOKENIZER.encode(String.join("", parts))));
        Arbitrary<String> names =
                Arbitraries.strings().withChars("abz09_-.é").ofMinLength(1).ofMaxLength(6);
        Arbitrary<JsonValue> content = Arbitraries.oneOf(
                texts.map(JsonValue::of), texts.list().ofMinSize(1).ofMaxSize(2).map(ImportPropertyTest::parts));
        Arbitrary<List<JsonValue>> turns = Combinators.combine(
                        content,
                        content,
                        texts,
                        names,
                        texts,
                        Arbitraries.integers().between(0, 4))
                .as((asked, answered, thought, tool, result, kind) ->
                        turn(asked, answered, thought, tool, result, kind));
        return turns.list().ofMinSize(1).ofMaxSize(3).map(list -> {
            List<JsonValue> messages = new ArrayList<>();
            list.forEach(messages::addAll);
            return JsonObject.of("messages", JsonArray.of(messages));
        });
    }

    private static JsonValue parts(List<String> texts) {
        return JsonArray.of(texts.stream()
                .map(text -> JsonObject.builder()
                        .put("type", "text")
                        .put("text", text)
                        .build())
                .toList());
    }

    private static List<JsonValue> turn(
            JsonValue asked, JsonValue answered, String thought, String tool, String result, int kind) {
        List<JsonValue> messages = new ArrayList<>();
        messages.add(message("user")
                .put("content", asked)
                .put("name", kind == 0 ? "bob" : null)
                .build());
        if (kind > 1) {
            JsonObject call = JsonObject.builder()
                    .put("id", "call_0")
                    .put(
                            "function",
                            JsonObject.builder()
                                    .put("name", tool)
                                    .put("arguments", result)
                                    .build())
                    .build();
            messages.add(message("assistant")
                    .put("content", answered)
                    .put("thinking", thought)
                    .put("tool_calls", JsonArray.of(kind == 2 ? List.of(call) : List.of(call, call)))
                    .build());
            messages.add(message("tool")
                    .put("tool_call_id", "call_0")
                    .put("content", result)
                    .build());
        }
        messages.add(message("assistant")
                .put("content", answered)
                .put("reasoning_content", thought)
                .build());
        return messages;
    }

    private static JsonObject.Builder message(String role) {
        return JsonObject.builder().put("role", role);
    }

    @Property
    void importedRenderedAndParsedMessagesAreTheSame(@ForAll("chatRows") JsonValue row) {
        List<Message> imported = IMPORTER.read(row).conversation().messages().stream()
                .map(ImportPropertyTest::withoutUserName)
                .toList();
        int[] tokens = RENDERER.renderForTraining(new Conversation(imported));
        List<Message> parsed =
                HarmonyParser.parse(tokens, ParseOptions.DEFAULT.strict()).messages();
        assertThat(parsed.get(0).author().role()).isEqualTo(Role.SYSTEM);
        assertThat(parsed.subList(1, parsed.size())).isEqualTo(imported.subList(1, imported.size()));
    }

    /** Strict parsers know no names of users. */
    private static Message withoutUserName(Message message) {
        return message.author().role() == Role.USER
                ? Message.of(Author.of(Role.USER), message.content().toArray(Content[]::new))
                : message;
    }
}
