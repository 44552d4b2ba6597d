package io.harmony4j.cli;

import io.harmony4j.engine.GgufExport;
import io.harmony4j.engine.Model;
import io.harmony4j.engine.ModelOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code harmony model export}: a model in a form that other runtimes read. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Write a model as a GGUF with the vocabulary of gpt-oss, which llama.cpp's llama-server runs.",
            "No weight is rounded: matrices stay in their formats, the rest becomes F32.",
        },
        footer = {
            "",
            "Examples:",
            "  harmony model export --model tiny --format gguf --out tiny.gguf",
            "  harmony model export --model gpt-oss-20b --out gpt-oss-20b.gguf",
        })
final class ModelExportCommand implements Callable<Integer> {
    @Mixin
    private ModelPath model;

    @Mixin
    private NewCheckpoint checkpoint;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "gguf",
            description = "How it is stored: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private Format format;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
    private Path out;

    /** How a model is stored. */
    enum Format {
        GGUF
    }

    @Override
    public Integer call() throws IOException {
        try (Model loaded = model.load(ModelOptions.DEFAULT)) {
            switch (format) {
                case GGUF -> {
                    GgufExport export = new GgufExport(loaded, new HarmonyVocabulary());
                    checkpoint.write(out, out, export.bytes(), progress -> export.write(out, progress));
                }
            }
        }
        return 0;
    }
}
