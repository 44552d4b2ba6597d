package io.harmony4j.cli;

import io.harmony4j.engine.Model;
import io.harmony4j.engine.ModelOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names a model. */
final class ModelPath {
    /** The name of the model that comes with the command. A folder of this name is {@code ./tiny}. */
    private static final String TINY = "tiny";

    @Option(
            names = "--model",
            paramLabel = "PATH",
            description = "A GGUF file, or a folder with config.json and safetensors files; or, as by default, tiny:"
                    + " the tiny model that comes with the command.")
    private @Nullable Path path;

    /** Returns whether the option was given. */
    boolean isGiven() {
        return path != null;
    }

    /** Returns whether it is the tiny model. */
    boolean isTiny() {
        return path == null || path.toString().equals(TINY);
    }

    /** Returns the absolute path of the model, or the word tiny. */
    String name() {
        return path == null || isTiny() ? TINY : path.toAbsolutePath().toString();
    }

    Model load(ModelOptions options) {
        return path == null || isTiny() ? Model.tiny(options) : Model.load(path, options);
    }
}
