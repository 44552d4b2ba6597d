package io.harmony4j.training;

/**
 * Rows of HuggingFaceH4/Multilingual-Thinking, whose messages have {@code thinking}. Its columns say the same again, and are read where there
 * are no messages; what {@code reasoning_language} says is in the developer's text, too.
 */
final class ThinkingRows {
    private ThinkingRows() {}

    static ImportedRow read(RowField row, ImportOptions options) {
        RowConversation conversation = new RowConversation(row.object(), options);
        RowMessages messages = new RowMessages(conversation, options.readsThinkTags());
        row.ignore("reasoning_language", "developer", "user", "analysis", "final");
        if (row.get("messages").isAbsent()) {
            conversation.instruct(row.get("developer").optionalText());
            messages.addUser(row.get("user").text());
            messages.addAssistant(
                    row.get("analysis").optionalText(), row.get("final").text());
        } else {
            messages.addAll(row.get("messages"));
        }
        return conversation.build(RowShape.HF_THINKING);
    }
}
