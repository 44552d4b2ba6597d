package io.harmony4j.bench;

import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Rows of chats, made of the documents of texts: the user's message, a thought and an answer are a document each. */
final class ChatRows {
    private static final int SEED = 1;

    private ChatRows() {}

    /**
     * Writes rows to a file, the same for the same texts.
     *
     * @param bytes how long the file becomes at least
     */
    static void write(Path file, List<Corpus> texts, long bytes) throws IOException {
        Random random = new Random(SEED);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (long written = 0; written < bytes; ) {
                String row = JsonObject.of(
                                "messages",
                                JsonArray.of(List.of(
                                        JsonObject.builder()
                                                .put("role", "user")
                                                .put("content", document(texts, random))
                                                .build(),
                                        JsonObject.builder()
                                                .put("role", "assistant")
                                                .put("content", document(texts, random))
                                                .put("reasoning_content", document(texts, random))
                                                .build())))
                        .toString();
                out.write(row);
                out.write('\n');
                written += Corpus.utf8Length(row) + 1;
            }
        }
    }

    private static JsonValue document(List<Corpus> texts, Random random) {
        List<String> documents = texts.get(random.nextInt(texts.size())).documents();
        return JsonValue.of(documents.get(random.nextInt(documents.size())));
    }
}
