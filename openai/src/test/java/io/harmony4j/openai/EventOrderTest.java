package io.harmony4j.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.harmony4j.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventOrderTest {
    /** The grammar a second time, over the words of a stream. */
    static final Pattern GRAMMAR = Pattern.compile(("created in_progress ("
                    + "added reasoning content_part.added (reasoning_text.delta )*reasoning_text.done content_part.done output_item.done "
                    + "|added message content_part.added (output_text.delta )*output_text.done content_part.done output_item.done "
                    + "|added function_call (function_call_arguments.delta )*function_call_arguments.done output_item.done "
                    + "|added custom_tool_call (custom_tool_call_input.delta )*custom_tool_call_input.done output_item.done "
                    + "|added web_search_call web_search_call.in_progress web_search_call.searching web_search_call.completed "
                    + "output_item.done "
                    + "|added code_interpreter_call code_interpreter_call.in_progress (code_interpreter_call_code.delta )*"
                    + "code_interpreter_call_code.done code_interpreter_call.interpreting code_interpreter_call.completed "
                    + "output_item.done )*(completed|incomplete|failed) ")
            .replace(".", "\\."));

    private static final List<String> WORDS = List.of(
            "created",
            "in_progress",
            "added reasoning",
            "added message",
            "added function_call",
            "added custom_tool_call",
            "added web_search_call",
            "added code_interpreter_call",
            "added file_search_call",
            "content_part.added",
            "reasoning_text.delta",
            "reasoning_text.done",
            "output_text.delta",
            "output_text.done",
            "content_part.done",
            "function_call_arguments.delta",
            "function_call_arguments.done",
            "custom_tool_call_input.delta",
            "custom_tool_call_input.done",
            "web_search_call.in_progress",
            "web_search_call.searching",
            "web_search_call.completed",
            "code_interpreter_call.in_progress",
            "code_interpreter_call_code.delta",
            "code_interpreter_call_code.done",
            "code_interpreter_call.interpreting",
            "code_interpreter_call.completed",
            "output_item.done",
            "completed",
            "incomplete",
            "failed",
            "reasoning_part.added");

    /** Returns the words of a stream: the types of its events, and of the items that are added. */
    static String words(List<JsonObject> events) {
        return events.stream().map(EventOrderTest::word).collect(Collectors.joining());
    }

    private static String word(JsonObject event) {
        String type = event.get("type").text().replaceFirst("response\\.", "");
        return type.equals("output_item.added")
                ? "added " + event.get("item").get("type").text() + " "
                : type + " ";
    }

    /** Returns events that are as they should be, apart from their order. */
    private static List<JsonObject> events(List<String> words) {
        List<JsonObject> events = new ArrayList<>();
        int index = 0;
        for (String word : words) {
            boolean isAdded = word.startsWith("added ");
            events.add(event(
                    isAdded ? "output_item.added" : word,
                    events.size(),
                    index,
                    "id" + index,
                    word.replace("added ", "")));
            index += word.equals("output_item.done") ? 1 : 0;
        }
        return events;
    }

    private static JsonObject event(String type, int number, int index, String id, String itemType) {
        return JsonObject.builder()
                .put("type", "response." + type)
                .put("sequence_number", number)
                .put("output_index", index)
                .put("item_id", id)
                .put(
                        "item",
                        JsonObject.builder().put("id", id).put("type", itemType).build())
                .build();
    }

    private static boolean isTaken(List<String> words) {
        EventOrder order = new EventOrder();
        try {
            events(words).forEach(order::accept);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static boolean isInGrammar(List<String> words) {
        Matcher matcher = GRAMMAR.matcher(words.stream().map(word -> word + " ").collect(Collectors.joining()));
        return matcher.matches() || matcher.hitEnd();
    }

    /** Wherever a good stream has got to, the automaton takes what the grammar takes, and nothing else. */
    @Property(tries = 30)
    void theAutomatonIsTheGrammar(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> soFar = List.of();
        while (soFar.size() < 25) {
            List<List<String>> good = new ArrayList<>();
            for (String word : WORDS) {
                List<String> next = new ArrayList<>(soFar);
                next.add(word);
                assertThat(isTaken(next)).as("%s", next).isEqualTo(isInGrammar(next));
                if (isTaken(next)) {
                    good.add(next);
                }
            }
            if (good.isEmpty()) {
                assertThat(soFar.get(soFar.size() - 1)).isIn("completed", "incomplete", "failed");
                return;
            }
            soFar = good.get(random.nextInt(good.size()));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1; 0; a; message; sequence_number 2",
                "2; 1; a; message; output_index 0",
                "2; 0; a; picture; an item of a known type"
            })
    void anItemIsAddedInItsPlace(int number, int index, String id, String type, String expected) {
        EventOrder order = new EventOrder();
        events(List.of("created", "in_progress")).forEach(order::accept);
        JsonObject event = event("output_item.added", number, index, id, type);

        assertThatIllegalStateException()
                .isThrownBy(() -> order.accept(event))
                .withMessage("expected " + expected + " but found the event " + event);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "content_part.added; 1; id0; output_index 0",
                "content_part.added; 0; id1; the item id0",
                "output_text.done; 0; id0; response.content_part.added"
            })
    void anItemsEventsNameIt(String type, int index, String id, String expected) {
        EventOrder order = new EventOrder();
        events(List.of("created", "in_progress", "added message")).forEach(order::accept);
        JsonObject event = event(type, 3, index, id, "message");

        assertThatIllegalStateException()
                .isThrownBy(() -> order.accept(event))
                .withMessageStartingWith("expected " + expected + " but found the event ");
    }

    @Test
    void whatIsDoneIsWhatWasAdded() {
        EventOrder order = new EventOrder();
        events(List.of("created", "in_progress", "added function_call", "function_call_arguments.done"))
                .forEach(order::accept);

        assertThatIllegalStateException()
                .isThrownBy(() -> order.accept(event("output_item.done", 4, 0, "other", "function_call")))
                .withMessageStartingWith("expected the item id0 but found the event ");
        assertThatIllegalStateException()
                .isThrownBy(() -> order.accept(event("output_item.done", 5, 1, "id0", "function_call")))
                .withMessageStartingWith("expected output_index 0 but found the event ");
    }

    @Test
    void afterTheEndComesNothing() {
        EventOrder order = new EventOrder();
        events(List.of("created", "in_progress", "failed")).forEach(order::accept);

        assertThatIllegalStateException()
                .isThrownBy(() -> order.accept(event("completed", 3, 0, "", "")))
                .withMessageStartingWith("expected no more events but found the event ");
    }
}
