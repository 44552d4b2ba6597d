package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code harmony} at the top of the project. */
@DisabledOnOs(OS.WINDOWS)
class LauncherIT {
    private static final String SCRIPT =
            Path.of("..", "harmony").toAbsolutePath().normalize().toString();

    @TempDir
    private Path folder;

    private Program launcher;

    @BeforeEach
    void prepare() {
        launcher = launcher(SCRIPT);
    }

    private Program launcher(String script) {
        return Program.of(folder, "/bin/sh", script).with("JAVA_HOME", System.getProperty("java.home"));
    }

    @Test
    void runsTheCommand() throws IOException, InterruptedException {
        assertThat(launcher.run("tokenize", "--text", "Hello world").done()).isEqualTo("13225 2375\n");
        assertThat(launcher.runWithInput("Hello world", "count").done()).isEqualTo("2\n");
    }

    @Test
    void passesTheExitCodeOn() throws IOException, InterruptedException {
        assertThat(launcher.run("decode", "999999").badInput())
                .isEqualTo("expected a token id from 0 to 201088 but found 999999 at index 0");
        assertThat(launcher.run("render").exitCode()).isEqualTo(Run.WRONG_USAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8", ""})
    void argumentsMayBeAnyTextInAnyLocale(String locale) throws IOException, InterruptedException {
        String text = " Größe  日本 😀 * $HOME `x` \\n '\" ";
        launcher.with("LC_ALL", locale).with("LC_CTYPE", "").with("LANG", "");

        assertThat(launcher.run("tokenize", "--to", "json", "--text", text).done())
                .isEqualTo(Run.of("tokenize", "--to", "json", "--text", text).done());
    }

    @Test
    void anArgumentMayBeEmpty() throws IOException, InterruptedException {
        assertThat(launcher.run("tokenize", "--text", "").done()).isEqualTo("\n");
    }

    @Test
    void filesMayHaveAnyName() throws IOException, InterruptedException {
        String file = Files.writeString(folder.resolve("zwei Wörter 日本.txt"), "Hello world")
                .toString();

        assertThat(launcher.run("count", file).done()).isEqualTo("2\t" + file + "\n");
    }

    @Test
    void runsThroughALinkFromAnywhere() throws IOException, InterruptedException {
        Path link = Files.createSymbolicLink(folder.resolve("a link"), Path.of(SCRIPT));

        assertThat(launcher(link.toString()).run("tokenize", "--text", "Hello").done())
                .isEqualTo("13225\n");
        Files.delete(link);
    }

    @Test
    void classesComeFromTheArchive() throws IOException, InterruptedException {
        Path log = folder.resolve("classes");
        launcher.with("JAVA_HOME", System.getProperty("archive.java.home"))
                .with("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + log);

        assertThat(launcher.run("tokenize", "--text", "Hello").out()).isEqualTo("13225\n");
        assertThat(log)
                .content()
                .contains("io.harmony4j.cli.HarmonyCommand source: shared objects file (top)")
                .contains("picocli.CommandLine source: shared objects file (top)");
    }

    @Test
    void archiveOfOtherJarsIsPassedOverInSilence() throws IOException, InterruptedException {
        Path script = Files.copy(Path.of(SCRIPT), folder.resolve("harmony"));
        Path target = Files.createDirectories(folder.resolve("cli/target"));
        Files.copy(Path.of("target/harmony.jar"), target.resolve("harmony.jar"));
        Files.createSymbolicLink(target.resolve("lib"), Path.of("target/lib").toAbsolutePath());
        Files.copy(Path.of("target/harmony.jsa"), target.resolve("harmony.jsa"));

        assertThat(launcher(script.toString())
                        .run("tokenize", "--text", "Hello")
                        .done())
                .isEqualTo("13225\n");
    }

    @Test
    void aFileIsNoTerminal() throws IOException, InterruptedException {
        assertThat(launcher.run("tokenize", "--text", "Hello").done()).doesNotContain("\u001B");
    }
}
