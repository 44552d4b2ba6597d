package io.harmony4j.openai;

import io.harmony4j.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The order in which the events of a response come, as clients check it. An automaton over their types:
 *
 * <pre>
 * created in_progress ITEM* (completed | incomplete | failed)
 * ITEM = output_item.added, the events of the item's kind, output_item.done
 * </pre>
 *
 * <p>It also checks what holds a stream together: sequence numbers without gaps, an item's place and id in all of its events.
 * Belongs to one stream.
 */
final class EventOrder {
    private static final String PREFIX = "response.";
    private static final Set<String> ENDS = Set.of("response.completed", "response.incomplete", "response.failed");

    private State state = State.NEW;
    private long sequenceNumber;
    private int outputIndex;

    /** The item that is open; null between items. */
    private @Nullable Kind item;

    private String itemId = "";

    /** The index of the step of the open item that comes next. */
    private int step;

    private enum State {
        NEW,
        CREATED,
        RUNNING,
        OVER
    }

    /** The events of an item between its first and its last, by its type; those with a star come any number of times. */
    private enum Kind {
        REASONING(
                "reasoning", "content_part.added", "reasoning_text.delta*", "reasoning_text.done", "content_part.done"),
        MESSAGE("message", "content_part.added", "output_text.delta*", "output_text.done", "content_part.done"),
        FUNCTION("function_call", "function_call_arguments.delta*", "function_call_arguments.done"),
        CUSTOM("custom_tool_call", "custom_tool_call_input.delta*", "custom_tool_call_input.done"),
        WEB("web_search_call", "web_search_call.in_progress", "web_search_call.searching", "web_search_call.completed"),
        PYTHON(
                "code_interpreter_call",
                "code_interpreter_call.in_progress",
                "code_interpreter_call_code.delta*",
                "code_interpreter_call_code.done",
                "code_interpreter_call.interpreting",
                "code_interpreter_call.completed");

        private final String type;

        @SuppressWarnings("ImmutableEnumChecker") // it is made here, and does not change
        private final List<String> steps;

        Kind(String type, String... steps) {
            this.type = type;
            this.steps = Arrays.stream(steps).map(step -> PREFIX + step).toList();
        }
    }

    /**
     * Takes the next event.
     *
     * @throws IllegalStateException if it may not come here
     */
    void accept(JsonObject event) {
        String type = event.get("type").text();
        require(event.get("sequence_number").longValue() == sequenceNumber, "sequence_number " + sequenceNumber, event);
        sequenceNumber++;
        state = switch (state) {
            case NEW -> {
                require(type.equals("response.created"), "response.created", event);
                yield State.CREATED;
            }
            case CREATED -> {
                require(type.equals("response.in_progress"), "response.in_progress", event);
                yield State.RUNNING;
            }
            case RUNNING -> item == null ? betweenItems(type, event) : inItem(item, type, event);
            case OVER -> {
                require(false, "no more events", event);
                yield State.OVER;
            }
        };
    }

    private State betweenItems(String type, JsonObject event) {
        if (ENDS.contains(type)) {
            return State.OVER;
        }
        require(type.equals("response.output_item.added"), "response.output_item.added, or the end", event);
        requireIndex(event);
        String itemType = event.get("item").get("type").text();
        item = Arrays.stream(Kind.values())
                .filter(kind -> kind.type.equals(itemType))
                .findFirst()
                .orElse(null);
        require(item != null, "an item of a known type", event);
        itemId = event.get("item").get("id").text();
        step = 0;
        return State.RUNNING;
    }

    private State inItem(Kind kind, String type, JsonObject event) {
        requireIndex(event);
        if (step == kind.steps.size()) {
            require(type.equals("response.output_item.done"), "response.output_item.done", event);
            require(event.get("item").get("id").text().equals(itemId), "the item " + itemId, event);
            item = null;
            outputIndex++;
            return State.RUNNING;
        }
        require(event.get("item_id").text().equals(itemId), "the item " + itemId, event);
        String expected = kind.steps.get(step);
        boolean isRepeated = expected.endsWith("*");
        if (isRepeated && expected.equals(type + '*')) {
            return State.RUNNING;
        }
        step += isRepeated ? 1 : 0;
        require(kind.steps.get(step).equals(type), kind.steps.get(step), event);
        step++;
        return State.RUNNING;
    }

    private void requireIndex(JsonObject event) {
        require(event.get("output_index").intValue() == outputIndex, "output_index " + outputIndex, event);
    }

    private static void require(boolean isSo, String expected, JsonObject event) {
        if (!isSo) {
            throw new IllegalStateException("expected " + expected + " but found the event " + event);
        }
    }
}
