package io.harmony4j.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What Linux says of a mapping that was to have huge pages. */
@EnabledOnOs(OS.LINUX)
class HugePagesTest {
    private static final Path MAPPINGS = Path.of("/proc/self/smaps");
    private static final int SIZE = 4 << 20;

    @Test
    @EnabledIf("kernelHasHugePages")
    void theKernelTakesTheHint(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("weights"), new byte[SIZE]);
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer mapped = channel.map(MapMode.READ_ONLY, 0, SIZE);
            assertThat(flags(mapped)).doesNotContain(" hg ");
            HugePages.want(mapped);
            assertThat(flags(mapped)).contains(" hg ");
        }
    }

    static boolean kernelHasHugePages() {
        return Files.exists(Path.of("/sys/kernel/mm/transparent_hugepage")) && Files.isReadable(MAPPINGS);
    }

    /** Returns the flags that the kernel shows of the mapping that begins where the buffer begins. */
    private static String flags(ByteBuffer mapped) throws IOException {
        String start =
                String.format(Locale.ROOT, "%x-", MemorySegment.ofBuffer(mapped).address());
        String flags = "";
        boolean found = false;
        for (String line : Files.readAllLines(MAPPINGS)) {
            if (line.startsWith(start)) {
                found = true;
            } else if (found && line.startsWith("VmFlags:")) {
                flags = line + " ";
                break;
            }
        }
        return flags;
    }
}
