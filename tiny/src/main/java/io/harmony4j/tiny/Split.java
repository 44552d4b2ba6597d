package io.harmony4j.tiny;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** The two halves of all questions, which share none: a tenth is kept for tests. */
enum Split {
    TRAIN,
    TEST;

    private static final int TEST_ONE_IN = 10;

    /** Returns the half to which a question belongs, by the hash of its text. */
    static Split of(String question) {
        CRC32 hash = new CRC32();
        hash.update(question.getBytes(StandardCharsets.UTF_8));
        return hash.getValue() % TEST_ONE_IN == 0 ? TEST : TRAIN;
    }
}
