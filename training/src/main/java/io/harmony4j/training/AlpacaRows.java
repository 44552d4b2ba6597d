package io.harmony4j.training;

import java.util.List;

/** Rows of an instruction, its input and the answer, after the questions and answers of {@code history}. */
final class AlpacaRows {
    private AlpacaRows() {}

    static ImportedRow read(RowField row, ImportOptions options) {
        RowConversation conversation = new RowConversation(row.object(), options);
        RowMessages messages = new RowMessages(conversation, true);
        conversation.instruct(row.get("system").optionalText());
        for (RowField pair : row.get("history").optionalElements()) {
            List<RowField> turns = pair.elements();
            if (turns.size() != 2) {
                throw pair.fault("expected a question and its answer but found " + turns.size() + " elements");
            }
            messages.addUser(turns.get(0).text());
            messages.addAssistant("", turns.get(1).text());
        }
        String instruction = row.get("instruction").text();
        String input = row.get("input").optionalText();
        messages.addUser(instruction.isEmpty() || input.isEmpty() ? instruction + input : instruction + "\n" + input);
        messages.addAssistant("", row.get("output").text());
        return conversation.build(RowShape.ALPACA);
    }
}
