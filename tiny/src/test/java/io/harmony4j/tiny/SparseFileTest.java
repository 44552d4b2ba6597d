package io.harmony4j.tiny;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparseFileTest {
    @TempDir
    Path directory;

    @Test
    void comesBackAsItWas() throws IOException {
        for (int size : new int[] {0, 1, 63, 64, 65, 200_000, 1 << 20}) {
            for (int zerosInARow : new int[] {1, 64, 5_000, 1 << 21}) {
                byte[] content = content(size, zerosInARow);
                Path file = directory.resolve(size + "-" + zerosInARow);

                SparseFile.unpack(new ByteArrayInputStream(pack(content)), file);

                assertThat(file).hasBinaryContent(content);
            }
        }
    }

    @Test
    void zerosAreLeftOut() throws IOException {
        byte[] content = new byte[10_000_000];
        content[5_000_000] = 1;

        assertThat(pack(content)).hasSize(Long.BYTES + Long.BYTES + Integer.BYTES + 1);
    }

    @Test
    void aFormThatIsCutOffIsAnError() throws IOException {
        byte[] packed = pack(content(10_000, 100));

        byte[] cut = Arrays.copyOf(packed, packed.length - 1);
        assertThatThrownBy(() -> SparseFile.unpack(new ByteArrayInputStream(cut), directory.resolve("cut")))
                .isInstanceOf(EOFException.class);
    }

    @Test
    void aStretchOutsideOfTheFileIsAnError() throws IOException {
        byte[] packed = pack(new byte[] {1});
        packed[Long.BYTES - 1] = 0; // the file's length

        assertThatThrownBy(() -> SparseFile.unpack(new ByteArrayInputStream(packed), directory.resolve("outside")))
                .isInstanceOf(IOException.class)
                .hasMessage("expected a stretch between 0 and 0 but found 1 bytes at 0");
    }

    @Test
    void doesNotOverwrite() throws IOException {
        Path file = Files.createFile(directory.resolve("there"));

        assertThatThrownBy(() -> SparseFile.unpack(new ByteArrayInputStream(pack(new byte[1])), file))
                .isInstanceOf(IOException.class);
    }

    private static byte[] pack(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        SparseFile.pack(content, packed);
        return packed.toByteArray();
    }

    /** Random bytes with stretches of zeros between them. */
    private static byte[] content(int size, int zerosInARow) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        for (int at = 0; at < size; at += 2 * zerosInARow) {
            Arrays.fill(content, at, Math.min(size, at + zerosInARow), (byte) 0);
        }
        return content;
    }
}
