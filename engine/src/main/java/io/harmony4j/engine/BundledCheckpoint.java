package io.harmony4j.engine;

import java.io.IOException;
import java.nio.file.Path;

/** Offers the checkpoint that a jar carries; found by {@link java.util.ServiceLoader}, for {@link Model#tiny()}. */
public interface BundledCheckpoint {

    /**
     * Returns where the checkpoint is; writes it there first if need be, because an engine maps files into memory.
     *
     * @throws IOException if it cannot be written
     */
    Path path() throws IOException;
}
