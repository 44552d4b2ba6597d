package io.harmony4j.tiny;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingDataTest {

    /** Pinned: the shipped model was trained on what this seed draws, and is tested by these questions. */
    @Test
    void theDataAreThoseThatTheModelWasTrainedOn(@TempDir Path directory) throws IOException, NoSuchAlgorithmException {
        TrainingData.main(new String[] {directory.toString(), "500", "1"});

        assertThat(sha256(directory.resolve("train.i32")))
                .isEqualTo("3cf5ab9aa8c4f8c6948ce0e29ebec8626e44e99723f462442a2ea37095878bec");
        assertThat(sha256(directory.resolve("test.i32")))
                .isEqualTo("a082ad79032b2cb3c25703059a41f74ad7fb4566a25f3d8674c28c309d86313a");
        assertThat(sha256(directory.resolve("skills.txt")))
                .isEqualTo("09aa8fd83ad85d1cb3c35ef6a8caef2ca290c33624bc7dafa24614c637b165d4");
    }

    private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        return HexFormat.of().formatHex(hash);
    }
}
