package io.harmony4j.training;

import io.harmony4j.json.JsonValue;
import java.util.List;
import java.util.Set;

/** Rows of ShareGPT and of what grew from it: speakers under many names, in {@code from} and {@code value} or {@code role} and {@code content}. */
final class ShareGptRows {
    private static final Set<String> CALLERS = Set.of("function_call", "tool_call");

    private ShareGptRows() {}

    static ImportedRow read(RowField row, ImportOptions options) {
        RowConversation conversation = new RowConversation(row.object(), options);
        RowMessages messages = new RowMessages(conversation, true);
        conversation.instruct(row.get("system").optionalText());
        List<RowField> turns = row.either("conversations", "conversation").someElements();
        for (int i = 0; i < turns.size(); i++) {
            boolean comesBeforeCall =
                    i + 1 < turns.size() && isCall(turns.get(i + 1).value());
            add(turns.get(i), comesBeforeCall, conversation, messages);
        }
        return conversation.build(RowShape.SHAREGPT);
    }

    private static boolean isCall(JsonValue turn) {
        String speaker = turn.get(turn.get("from").isNull() ? "role" : "from").textOrNull();
        return speaker != null && CALLERS.contains(speaker);
    }

    private static void add(
            RowField turn, boolean comesBeforeCall, RowConversation conversation, RowMessages messages) {
        RowField speaker = turn.object().either("from", "role");
        boolean isChat = turn.value().get("from").isNull() && !speaker.isAbsent();
        RowField said = isChat ? turn.either("content", "value") : turn.either("value", "content");
        switch (speaker.text()) {
            case "system", "developer" -> conversation.instruct(RowContent.text(said));
            case "human", "user" -> messages.addUser(turn, said);
            case "gpt", "assistant", "chatgpt", "bing", "bard", "model" ->
                messages.addAssistant(turn, said, comesBeforeCall);
            case "tool", "observation", "function_response" -> messages.addResult(turn, said, turn);
            case "function_call", "tool_call" -> messages.addCalls(turn, said);
            default ->
                throw speaker.wrong(
                        "a speaker (human, user, gpt, assistant, chatgpt, bing, bard, model, system, developer,"
                                + " tool, observation, function_response, function_call, tool_call)");
        }
    }
}
