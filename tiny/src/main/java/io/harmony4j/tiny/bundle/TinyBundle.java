package io.harmony4j.tiny.bundle;

import io.harmony4j.engine.spi.BundledCheckpoint;
import io.harmony4j.tiny.TinyCheckpoint;
import java.io.IOException;
import java.nio.file.Path;

/** How the engine finds the checkpoint of this jar, for {@code Model.tiny()}. */
public final class TinyBundle implements BundledCheckpoint {

    /** For {@link java.util.ServiceLoader}. */
    public TinyBundle() {}

    @Override
    public Path path() throws IOException {
        return TinyCheckpoint.path();
    }
}
