package io.harmony4j.bench;

import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Rows of chats: the user's message, a thought and an answer, each of them a text that was not there before. */
final class ChatRows {
    private static final int SEED = 1;
    private static final int SHORTEST = 200; // UTF-16 code units
    private static final int LONGEST = 2_200;

    private final Random random = new Random(SEED);
    private final List<FreshText> texts = new ArrayList<>();

    private ChatRows(List<Corpus> corpora) {
        corpora.forEach(corpus -> texts.add(new FreshText(corpus, SEED)));
    }

    /**
     * Writes rows to a file, the same for the same texts.
     *
     * @param corpora where the words come from
     * @param bytes how long the file becomes at least
     */
    static void write(Path file, List<Corpus> corpora, long bytes) throws IOException {
        ChatRows rows = new ChatRows(corpora);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (long written = 0; written < bytes; ) {
                String row = rows.next().toString();
                out.write(row);
                out.write('\n');
                written += Corpus.utf8Length(row) + 1;
            }
        }
    }

    private JsonObject next() {
        return JsonObject.of(
                "messages",
                JsonArray.of(List.of(
                        JsonObject.builder()
                                .put("role", "user")
                                .put("content", text())
                                .build(),
                        JsonObject.builder()
                                .put("role", "assistant")
                                .put("content", text())
                                .put("reasoning_content", text())
                                .build())));
    }

    private String text() {
        return texts.get(random.nextInt(texts.size())).next(SHORTEST + random.nextInt(LONGEST - SHORTEST));
    }
}
