package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {
    private static final int LONGER_THAN_THE_INTERVAL = 150;

    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    @Test
    void showsHowMuchHasBeenReadAndTakesItAway() throws IOException, InterruptedException {
        assertThat(read(true))
                .startsWith("\r\u001B[K")
                .contains("long.txt: 0.1 MB, 50 %")
                .endsWith("\r\u001B[K");
    }

    @Test
    void aBarShowsTheShare() throws InterruptedException {
        try (Progress progress = new Progress(new PrintWriter(err), true)) {
            Thread.sleep(LONGER_THAN_THE_INTERVAL);
            progress.show("encode zh", 0.5);
            progress.show("not yet again", 0.6);
        }

        assertThat(err.toString()).isEqualTo("\r\u001B[K[###############...............] encode zh\r\u001B[K");
    }

    @Test
    void showsNothingElsewhere() throws IOException, InterruptedException {
        assertThat(read(false)).isEmpty();
    }

    private String read(boolean isShown) throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("long.txt"), new byte[200_000]);
        try (Progress progress = new Progress(new PrintWriter(err), isShown);
                InputStream in = progress.watch(new Input(file.toString()))) {
            Thread.sleep(LONGER_THAN_THE_INTERVAL);
            assertThat(in.read(new byte[100_000])).isEqualTo(100_000);
        }
        return err.toString();
    }
}
