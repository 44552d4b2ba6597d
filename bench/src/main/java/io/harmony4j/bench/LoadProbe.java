package io.harmony4j.bench;

import com.sun.management.OperatingSystemMXBean;
import io.harmony4j.json.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A program that loads a library and prints what that took, as JSON: times in milliseconds, memory in megabytes. It runs in a
 * JVM of its own, where nothing is loaded yet.
 */
final class LoadProbe {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MEGABYTE = 1e6;
    private static final int COLLECTIONS = 3;

    /** Text with long pieces, so that what a library builds only on demand is built as well. */
    private static final String FIRST_TEXT = "The quick brown fox jumps over 13 lazy dogs.\n".repeat(20)
            + HostileText.CJK.text(1_000)
            + HostileText.RANDOM_LETTERS.text(1_000);

    private LoadProbe() {}

    public static void main(String[] args) throws IOException {
        Library library = Library.valueOf(args[0]);
        // what prints the result is loaded before anything is measured
        JsonObject.Builder result = JsonObject.builder().put("library", library.name());
        String unused = result.build().toString();
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        double emptyHeap = heap();
        long cpu = system.getProcessCpuTime();
        long wall = System.nanoTime();
        library.count("");
        long loadedWall = System.nanoTime();
        long loadedCpu = system.getProcessCpuTime();
        library.encode(FIRST_TEXT);
        long encodedWall = System.nanoTime();
        result.put("load_cpu_ms", (loadedCpu - cpu) / NANOS_PER_MILLI)
                .put("load_wall_ms", (loadedWall - wall) / NANOS_PER_MILLI)
                .put("first_encode_ms", (encodedWall - loadedWall) / NANOS_PER_MILLI)
                .put("heap_mb", heap() - emptyHeap)
                .put("peak_memory_mb", peakMemory());
        System.out.println(result.build());
    }

    /** Returns how much of the heap is used after a garbage collection. */
    private static double heap() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        for (int i = 0; i < COLLECTIONS; i++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed() / MEGABYTE;
    }

    /** Returns how much memory the process has had at most, or 0 if the system does not say. */
    private static double peakMemory() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        return Files.readAllLines(status, StandardCharsets.ISO_8859_1).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1024 / MEGABYTE)
                .findFirst()
                .orElse(0);
    }
}
