package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.openai.ApiException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import org.junit.jupiter.api.Test;

class ErrorLineTest {
    @Test
    void controlCharactersAreShownOnTheLine() {
        assertThat(ErrorLine.of(new IllegalArgumentException("found \"a\nb\r\u001B[31m\"")))
                .isEqualTo("found \"a\\nb␍␛[31m\"");
    }

    @Test
    void nothingChangesTheOrderOfTheLine() {
        assertThat(ErrorLine.shown("a\u202Eb\u2066c\u2028d\u0085e")).isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe");
        assertThat(ErrorLine.shown("שלום 👩‍🚀")).isEqualTo("שלום 👩‍🚀");
    }

    @Test
    void aLongMessageKeepsItsStartAndItsEnd() {
        String line = ErrorLine.of(new IllegalArgumentException("found \"" + "x".repeat(100_000) + "\" at line 7"));

        assertThat(line)
                .hasSizeLessThan(1_000)
                .startsWith("found \"xxx")
                .contains(" ... ")
                .endsWith("x\" at line 7");
    }

    @Test
    void whatTheFileSystemRefusesIsSaid() {
        assertThat(ErrorLine.of(new AccessDeniedException("secret")))
                .isEqualTo("expected a readable file but may not read secret");
        assertThat(ErrorLine.of(new IOException("Input/output error"))).isEqualTo("Input/output error");
    }

    @Test
    void tooLittleMemorySaysWhatToDo() {
        assertThat(ErrorLine.of(new OutOfMemoryError()))
                .matches("expected input that fits into a heap of \\d+ MB but found more; .*-Xmx.*");
    }

    @Test
    void aRefusalOfAnApiHasItsParamAndCode() {
        ApiException refused = new ApiException(400, "messages[0].role", "invalid_value", "Invalid value: 'x\n'.");

        assertThat(ErrorLine.of(refused))
                .isEqualTo("Invalid value: 'x\\n'. (param messages[0].role, code invalid_value)");
        assertThat(ErrorLine.of(new ApiException(404, null, "model_not_found", "No.")))
                .isEqualTo("No. (code model_not_found)");
        assertThat(ErrorLine.of(new ApiException(400, null, null, "No."))).isEqualTo("No.");
    }

    @Test
    void aDefectIsOwnedUp() {
        IllegalStateException defect = new IllegalStateException("oops");

        assertThat(ErrorLine.isDefect(defect)).isTrue();
        assertThat(ErrorLine.of(defect)).contains("this is a defect of harmony", "oops");
        assertThat(ErrorLine.isDefect(new IOException("x"))).isFalse();
        assertThat(ErrorLine.isDefect(new IllegalArgumentException("x"))).isFalse();
    }
}
