package io.harmony4j.conformance;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The order of the events of a streamed response, as an automaton. For one stream. */
final class ResponseEventOrder {
    /** In each line: a state, the event that is read in it (of an item that is added, also its type), and the next state. */
    private static final String TRANSITIONS = """
            start           created                                    created
            created         in_progress                                items
            items           completed                                  end
            items           incomplete                                 end
            items           failed                                     end

            items           output_item.added/reasoning                reasoning
            reasoning       reasoning_summary_part.added               summary
            summary         reasoning_summary_text.delta               summary
            summary         reasoning_summary_text.done                summary-done
            summary-done    reasoning_summary_part.done                reasoning
            reasoning       content_part.added                         thought
            thought         reasoning_text.delta                       thought
            thought         reasoning_text.done                        part-done

            items           output_item.added/message                  message
            message         content_part.added                         text
            text            output_text.delta                          text
            text            output_text.done                           part-done
            part-done       content_part.done                          item-done

            items           output_item.added/function_call            arguments
            arguments       function_call_arguments.delta              arguments
            arguments       function_call_arguments.done               item-done

            items           output_item.added/custom_tool_call         input
            input           custom_tool_call_input.delta               input
            input           custom_tool_call_input.done                item-done

            items           output_item.added/web_search_call          search
            search          web_search_call.in_progress                searching
            searching       web_search_call.searching                  searched
            searched        web_search_call.completed                  item-done

            items           output_item.added/code_interpreter_call    python
            python          code_interpreter_call.in_progress          code
            code            code_interpreter_call_code.delta           code
            code            code_interpreter_call_code.done            interpret
            interpret       code_interpreter_call.interpreting         interpreting
            interpreting    code_interpreter_call.completed            item-done

            item-done       output_item.done                           items
            """;

    private static final String PREFIX = "response.";
    private static final String ADDED = "output_item.added";
    private static final Set<String> ENDS = Set.of("completed", "incomplete", "failed");

    private static final Map<String, Map<String, String>> STATES = states();

    private String state = "start";

    private static Map<String, Map<String, String>> states() {
        Map<String, Map<String, String>> states = new HashMap<>();
        TRANSITIONS
                .lines()
                .filter(line -> !line.isEmpty())
                .map(line -> line.split(" +"))
                .forEach(words -> states.computeIfAbsent(words[0], first -> new LinkedHashMap<>())
                        .put(words[1], words[2]));
        return states;
    }

    /**
     * Reads an event.
     *
     * @param item the type of the item in it, if it has one
     * @return the rule that it breaks, in a sentence that begins with the rule's name, or null
     */
    @Nullable
    String unmet(String type, String item) {
        String event = type.startsWith(PREFIX) ? type.substring(PREFIX.length()) : type;
        String symbol = event.equals(ADDED) ? event + "/" + item : event;
        Map<String, String> expected = STATES.getOrDefault(state, Map.of());
        String next = expected.get(symbol);
        if (next == null || !type.startsWith(PREFIX)) {
            return rule(event, symbol) + ": expected " + inWords(expected) + " but found " + type
                    + (event.equals(ADDED) ? " of a " + item : "");
        }
        state = next;
        return null;
    }

    private static String inWords(Map<String, String> expected) {
        return expected.isEmpty()
                ? "nothing more"
                : expected.keySet().stream().map(name -> PREFIX + name).collect(Collectors.joining(" or "));
    }

    /** Returns the name of the rule that an event breaks that does not belong here. */
    private String rule(String event, String symbol) {
        boolean isKnown = STATES.values().stream().anyMatch(events -> events.containsKey(symbol));
        if (!isKnown) {
            return state.equals("start") ? "S1" : "S7";
        }
        return switch (state) {
            case "start", "created" -> "S1";
            case "end" -> "S12";
            case "items" -> "S5"; // something of an item that was not added
            default -> {
                if (event.equals(ADDED)) {
                    yield "S2";
                }
                if (ENDS.contains(event)) {
                    yield "S11";
                }
                if (event.contains("summary") || state.startsWith("summary")) {
                    yield "S10";
                }
                yield state.equals("reasoning") || state.equals("message") ? "S6" : "S";
            }
        };
    }

    /** Returns the rule that is broken if the stream ends here, or null. */
    @Nullable
    String unmetAtEnd() {
        return switch (state) {
            case "end" -> null;
            case "start" -> "S1: expected response.created but found no event";
            case "created", "items" ->
                "S12: expected response.completed, response.incomplete or response.failed but found the end of the stream";
            default -> "S11: expected the open item to be done but found the end of the stream";
        };
    }
}
