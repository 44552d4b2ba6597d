package io.harmony4j.tiny;

import io.harmony4j.engine.BundledCheckpoint;
import java.io.IOException;
import java.nio.file.Path;

/** How an engine finds the checkpoint of this jar: {@code Model.tiny()}. */
public final class TinyBundle implements BundledCheckpoint {

    /** For the service loader. */
    public TinyBundle() {}

    @Override
    public Path path() throws IOException {
        return TinyCheckpoint.path();
    }
}
