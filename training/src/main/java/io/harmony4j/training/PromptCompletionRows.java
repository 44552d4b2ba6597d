package io.harmony4j.training;

/** Rows with a prompt and what is to be learnt after it; each is a list of messages, or the text of one. */
final class PromptCompletionRows {
    private PromptCompletionRows() {}

    static ImportedRow read(RowField row, ImportOptions options) {
        RowConversation conversation = new RowConversation(row.object(), options);
        RowMessages messages = new RowMessages(conversation, options.readsThinkTags());
        RowField prompt = row.get("prompt");
        RowField completion = row.get("completion");
        conversation.weighAssistant(0);
        if (prompt.value().isString()) {
            messages.addUser(prompt.text());
        } else {
            messages.addAll(prompt);
        }
        conversation.weighAssistant(1);
        if (completion.value().isString()) {
            messages.addAssistant("", completion.text());
        } else {
            messages.addAll(completion);
        }
        return conversation.build(RowShape.PROMPT_COMPLETION);
    }
}
