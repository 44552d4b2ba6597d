package io.harmony4j.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A process and whatever it has started, which may outlive it. Descendants are found while the process lives, by looking now and
 * then, and on Linux at any time: by a variable of their environment, which they have inherited. For several threads.
 */
final class ProcessTree {
    private static final String VARIABLE = "HARMONY_DRIVER_";
    private static final Path LINUX_PROCESSES = Path.of("/proc");

    /** How often to look for what is started while the others are ended. */
    private static final int MAX_ROUNDS = 10;

    private final Process root;
    private final String mark; // as it stands in an environment
    private final Set<ProcessHandle> seen = ConcurrentHashMap.newKeySet();

    private ProcessTree(Process root, String mark) {
        this.root = root;
        this.mark = mark;
    }

    /**
     * Starts a process.
     *
     * @throws IOException if there is no such program
     */
    static ProcessTree start(List<String> command) throws IOException {
        // a name of its own, so that a driver within a driver bears both marks
        String name = VARIABLE + UUID.randomUUID().toString().replace('-', '_');
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put(name, "1");
        return new ProcessTree(builder.start(), name + "=1");
    }

    /** Returns the process that was started first. */
    Process root() {
        return root;
    }

    /** Remembers the descendants: when the process has ended, it is not known any more whose they are. */
    void look() {
        root.descendants().forEach(seen::add);
    }

    /** Ends all that is known of. */
    void kill() {
        look();
        root.destroyForcibly();
        seen.forEach(ProcessHandle::destroyForcibly);
        if (Files.isDirectory(LINUX_PROCESSES)) {
            boolean isEmpty = false;
            for (int round = 0; round < MAX_ROUNDS && !isEmpty; round++) {
                List<ProcessHandle> marked =
                        ProcessHandle.allProcesses().filter(this::isMarked).toList();
                marked.forEach(ProcessHandle::destroyForcibly);
                isEmpty = marked.isEmpty();
            }
        }
    }

    private boolean isMarked(ProcessHandle process) {
        try {
            byte[] environment = Files.readAllBytes(
                    LINUX_PROCESSES.resolve(String.valueOf(process.pid())).resolve("environ"));
            return new String(environment, StandardCharsets.ISO_8859_1).contains(mark);
        } catch (IOException e) {
            return false; // it has ended, or is somebody else's
        }
    }
}
