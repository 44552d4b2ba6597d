package io.harmony4j.training;

/** Rows with messages of Chat Completions. */
final class ChatRows {
    private ChatRows() {}

    static ImportedRow read(RowField row, ImportOptions options) {
        RowConversation conversation = new RowConversation(row, options);
        RowMessages messages = new RowMessages(conversation, options.readsThinkTags());
        messages.addAll(row.value().isArray() ? row : row.object().get("messages"));
        return conversation.build(RowShape.CHAT);
    }
}
