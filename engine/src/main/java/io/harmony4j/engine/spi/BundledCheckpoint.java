package io.harmony4j.engine.spi;

import java.io.IOException;
import java.nio.file.Path;

/** Offers the checkpoint that a jar carries, for {@link io.harmony4j.engine.Model#tiny()}. */
public interface BundledCheckpoint {

    /**
     * Returns where the checkpoint is. It is written there first if necessary, because the engine maps files into memory.
     *
     * @throws IOException if it cannot be written
     */
    Path path() throws IOException;
}
