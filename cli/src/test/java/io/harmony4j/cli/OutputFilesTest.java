package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFilesTest {
    @TempDir
    private Path folder;

    private Path file(String name) {
        return folder.resolve(name);
    }

    @Test
    void whatCanBeWrittenIsLeftAsItIs() throws IOException {
        Path old = Files.writeString(file("old"), "as it was");

        OutputFiles.check(null, file("new"), old);

        assertThat(old).hasContent("as it was");
        assertThat(file("new")).doesNotExist();
        assertThatCode(() -> OutputFiles.check(Path.of("no-folder-is-named"))).doesNotThrowAnyException();
    }

    @Test
    void whatCannotBeWrittenIsSaidWithItsReason() throws IOException {
        Path text = Files.writeString(file("text"), "");

        assertThatThrownBy(() -> OutputFiles.check(folder))
                .hasMessage("expected a file to write but found a folder at " + folder);
        assertThatThrownBy(() -> OutputFiles.check(file("none/a.json")))
                .hasMessage("expected a folder to write a.json into but found none at " + file("none"));
        assertThatThrownBy(() -> OutputFiles.check(text.resolve("a.json")))
                .hasMessage("expected a folder to write a.json into but found none at " + text);
        assertThatThrownBy(() -> OutputFiles.check(file("x".repeat(300))))
                .hasMessageStartingWith("expected a file that can be written but found " + file("xxx"));
        assertThatThrownBy(() -> OutputFiles.check(file("a"), file("b"), file("./a")))
                .hasMessage("expected a file for each output but found " + file("./a") + " twice");
        assertThatThrownBy(() -> OutputFiles.makeFolder(text.resolve("deeper")))
                .hasMessageStartingWith("expected a folder that can be written but found " + text);
        assertThat(file("a")).doesNotExist();
    }

    @Test
    void permissionIsTried() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "a place where not even root may write");

        assertThatThrownBy(() -> OutputFiles.check(Path.of("/proc/a.json")))
                .hasMessageStartingWith("expected a file that can be written but found /proc/a.json: ");
        assertThatThrownBy(() -> OutputFiles.makeFolder(Path.of("/proc/folder")))
                .hasMessageStartingWith("expected a folder that can be written but found /proc/folder: ");
    }

    /** A link whose target is still missing is not taken away. */
    @Test
    void linkIsLeftAsItIs() throws IOException {
        Path link = Files.createSymbolicLink(file("link"), file("target"));

        OutputFiles.check(link);

        assertThat(Files.isSymbolicLink(link)).isTrue();
    }

    @Test
    void folderIsMade() throws IOException {
        OutputFiles.makeFolder(file("a/b"));

        try (Stream<Path> files = Files.list(file("a/b"))) {
            assertThat(files).isEmpty();
        }
    }
}
