package io.harmony4j.cli;

import io.harmony4j.backends.Backends;
import io.harmony4j.chat.HarmonyModel;
import io.harmony4j.engine.BatchGenerator;
import io.harmony4j.engine.Generator;
import io.harmony4j.engine.Model;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.renderer.AnalysisPolicy;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of commands that generate: with a model in this process, or with a runtime elsewhere. */
final class ModelOrBackend {
    private static final String OPTION = "--backend";
    private static final String VARIABLE = "HARMONY_BACKEND";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private LoadedModel loaded;

    @Option(
            names = OPTION,
            paramLabel = "NAME:URL",
            description = {
                "A runtime elsewhere that generates in place of a model here: llama-server, vllm, sglang, ollama or"
                        + " tensorrt-llm, as in llama-server:http://127.0.0.1:8080. Default: $" + VARIABLE
                        + " if it is set and no --model is given.",
            })
    private @Nullable String backend;

    /** What generates, as long as it is open. */
    record Opened(
            TokenGenerator generator,
            String description,
            @Nullable Model model) implements AutoCloseable {
        @Override
        public void close() {
            if (generator instanceof BatchGenerator batch) {
                batch.close();
            }
            if (model != null) {
                model.close();
            }
        }
    }

    /** Returns whether it is the tiny model, which comes with the command. */
    boolean isTiny() {
        return backend(System.getenv()) == null && loaded.isTiny();
    }

    /** Returns whether a runtime elsewhere generates. */
    boolean isElsewhere() {
        return backend(System.getenv()) != null;
    }

    /** Returns whether a grammar binds what is generated. */
    boolean obeysGrammars() {
        String description = backend(System.getenv());
        return description == null || Backends.obeysGrammars(description);
    }

    /** Returns a name for what generates: the model's file or folder, tiny, or the runtime's. */
    String modelName() {
        String description = backend(System.getenv());
        if (description != null) {
            return description.substring(0, description.indexOf(':'));
        }
        return loaded.isTiny() ? "tiny" : Path.of(loaded.name()).getFileName().toString();
    }

    /** Returns which analysis its prompts leave out: the tiny model's as in its training, others' as {@link HarmonyModel} does. */
    AnalysisPolicy analysisPolicy() {
        return isTiny() ? AnalysisPolicy.REFERENCE : AnalysisPolicy.SINCE_LAST_FINAL;
    }

    /** Loads the model, or makes a client of the runtime, for one generation at a time. */
    Opened open() {
        return open(System.getenv(), Generator::new);
    }

    /** As {@link #open()}, for so many generations at a time. */
    Opened open(int parallel) {
        return open(
                System.getenv(),
                model ->
                        new BatchGenerator(model, parallel, Runtime.getRuntime().maxMemory() / 4));
    }

    Opened open(Map<String, String> environment, Function<Model, TokenGenerator> generators) {
        String description = backend(environment);
        if (description == null) {
            Model model = loaded.load();
            return new Opened(
                    generators.apply(model),
                    "kernels: " + model.kernels() + ", " + model.threads() + " threads",
                    model);
        }
        try {
            return new Opened(Backends.of(description), "backend: " + description, null);
        } catch (IllegalArgumentException e) {
            String source = backend != null ? OPTION : VARIABLE;
            throw new ParameterException(spec.commandLine(), source + ": " + e.getMessage(), e);
        }
    }

    private @Nullable String backend(Map<String, String> environment) {
        if (backend != null) {
            if (loaded.isGiven()) {
                throw new ParameterException(
                        spec.commandLine(), "expected --model or " + OPTION + " but found both; one of them generates");
            }
            return backend;
        }
        String variable = environment.get(VARIABLE);
        return variable == null || variable.isBlank() || loaded.isGiven() ? null : variable.strip();
    }
}
