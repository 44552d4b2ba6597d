package io.harmony4j.bench;

import io.harmony4j.json.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where a run is made: what a reader must know to place its figures.
 *
 * @param processor its model, as the system names it
 * @param load how many threads wanted to run in the last minute, or -1 if the system does not say
 */
record Machine(LocalDate date, String processor, int processors, String system, String java, double load) {
    private static final Path LINUX_PROCESSORS = Path.of("/proc/cpuinfo");
    private static final String MODEL = "model name";

    static Machine here() {
        return new Machine(
                LocalDate.now(ZoneOffset.UTC),
                processorModel(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vendor") + " " + Runtime.version(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String processorModel() {
        if (Files.isReadable(LINUX_PROCESSORS)) {
            try (Stream<String> lines = Files.lines(LINUX_PROCESSORS)) {
                return lines.filter(line -> line.startsWith(MODEL))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElseGet(() -> System.getProperty("os.arch"));
            } catch (IOException e) {
                return System.getProperty("os.arch");
            }
        }
        return System.getProperty("os.arch");
    }

    /** Returns a builder of an object with these figures, to which a run adds its own. */
    JsonObject.Builder toJson() {
        return JsonObject.builder()
                .put("date", date.toString())
                .put("processor", processor)
                .put("processors", processors)
                .put("system", system)
                .put("java", java)
                .put("load", load);
    }

    @Override
    public String toString() {
        String busy = load < 0 ? "" : String.format(Locale.ROOT, ", load %.1f", load);
        return date + ", " + processor + ", " + processors + " processors" + busy + ", " + system + ", Java " + java;
    }
}
