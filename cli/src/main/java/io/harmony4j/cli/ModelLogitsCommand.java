package io.harmony4j.cli;

import io.harmony4j.engine.Model;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code harmony model logits}: what a model computes, to compare it with another engine. */
@Command(
        name = "logits",
        mixinStandardHelpOptions = true,
        description = "Write the logits that follow each of some tokens.",
        footer = {
            "",
            "The output has a row for each token, of as many floats (32 bits, little-endian)",
            "as the vocabulary has tokens.",
            "",
            "Example:",
            "  harmony model logits --model gpt-oss-20b --tokens ids.json --out logits.f32 --last 1",
        })
final class ModelLogitsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private LoadedModel loaded;

    @Option(
            names = "--tokens",
            required = true,
            paramLabel = "FILE",
            description = "The token ids: a JSON array, or an object that has one as \"tokens\"; - for standard input.")
    private String tokens;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to write the logits.")
    private Path out;

    @Option(names = "--last", paramLabel = "N", description = "Only the rows of the last N tokens.")
    private @Nullable Integer last;

    @Override
    public Integer call() throws IOException {
        int[] ids = ids(new Input(tokens));
        int wanted = last == null ? ids.length : last;
        if (wanted < 1 || wanted > ids.length) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected --last from 1 to " + ids.length + ", the number of tokens, but found " + wanted);
        }
        try (Model model = loaded.load();
                Progress progress = new Progress(spec.commandLine().getErr(), Terminal.isError());
                OutputStream file = new BufferedOutputStream(Files.newOutputStream(out), 1 << 16)) {
            progress.println("kernels: " + model.kernels());
            ByteBuffer row =
                    ByteBuffer.allocate(4 * model.config().vocabularySize()).order(ByteOrder.LITTLE_ENDIAN);
            model.append(model.newSequence(), ids, wanted, (index, logits) -> {
                row.clear().asFloatBuffer().put(logits);
                try {
                    file.write(row.array());
                } catch (IOException e) {
                    throw new UncheckedIOException(out + ": cannot be written: " + e.getMessage(), e);
                }
                progress.show("token " + (index + 1) + " of " + ids.length, (index + 1.0) / ids.length);
            });
        }
        return 0;
    }

    private static int[] ids(Input input) throws IOException {
        try {
            JsonValue root = Json.parse(input.text());
            List<JsonValue> values = (root.isObject() ? root.get("tokens") : root).elements();
            if (values.isEmpty()) {
                throw new IllegalArgumentException("expected a JSON array of token ids");
            }
            int[] ids = new int[values.size()];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = id(values.get(i), i);
            }
            return ids;
        } catch (IllegalArgumentException e) {
            throw input.error(e);
        }
    }

    private static int id(JsonValue value, int index) {
        try {
            return value.intValue();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("expected token ids but found " + value + " at index " + index, e);
        }
    }
}
