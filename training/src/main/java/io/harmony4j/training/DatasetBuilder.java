package io.harmony4j.training;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes data sets: a folder of shards with samples, a manifest, and the rows that could not be read.
 *
 * <pre>{@code
 * ImportOptions importing = ImportOptions.of(LocalDate.of(2026, 1, 1));
 * DatasetBuilder builder = new DatasetBuilder(Tokenizer.o200kHarmony(), DatasetOptions.of(importing));
 * DatasetManifest manifest = builder.build(List.of(RowSource.of(Path.of("chat.jsonl.zst"))), Path.of("dataset"));
 * }</pre>
 *
 * <p>What is written depends on the options and the rows alone: neither on the number of threads, nor on whether the making was stopped and resumed. A
 * shard is there as a whole or not at all.
 */
public final class DatasetBuilder {
    private final Tokenizer tokenizer;
    private final DatasetOptions options;

    /** Creates a builder. */
    public DatasetBuilder(Tokenizer tokenizer, DatasetOptions options) {
        this.tokenizer = requireNonNull(tokenizer, "tokenizer");
        this.options = requireNonNull(options, "options");
    }

    /**
     * Makes a data set.
     *
     * @param folder where; it is made if it is not there
     * @return what is in it, as it is in the folder
     * @throws IllegalArgumentException if there is a data set already, or one that was begun, or if more rows cannot be read than may be
     */
    public DatasetManifest build(List<RowSource> sources, Path folder) throws IOException {
        if (Journal.isIn(requireNonNull(folder, "folder"))) {
            throw new IllegalArgumentException("expected a folder without a data set but found one in " + folder
                    + "; resume its making, or name another folder");
        }
        return run(sources, folder, false);
    }

    /**
     * Goes on with a data set whose making was stopped, at the first shard that is not whole; makes it if it was not begun.
     *
     * @return what is in it, as it is in the folder
     * @throws IllegalArgumentException if it was begun with other options, or from other sources; if a source cannot be read again; or if more rows
     *     cannot be read than may be
     */
    public DatasetManifest resume(List<RowSource> sources, Path folder) throws IOException {
        for (RowSource source : requireNonNull(sources, "sources")) {
            if (!source.isRepeatable()) {
                throw new IllegalArgumentException("expected sources that can be read again, such as files, but found "
                        + source.name() + "; make the data set from its start, or from a file");
            }
        }
        return run(sources, requireNonNull(folder, "folder"), true);
    }

    private DatasetManifest run(List<RowSource> sources, Path folder, boolean resumes) throws IOException {
        JsonObject header = header(List.copyOf(requireNonNull(sources, "sources")));
        Optional<DatasetManifest> whole = resumes ? Journal.whole(folder, header) : Optional.empty();
        if (whole.isPresent()) {
            return whole.get();
        }
        Journal journal = resumes ? Journal.resume(folder, header) : Journal.begin(folder, header);
        try (Workers workers = new Workers(options.threads())) {
            return new DatasetWriter(tokenizer, options, workers, folder, header, journal).run(sources);
        }
    }

    private JsonObject header(List<RowSource> sources) throws IOException {
        List<JsonValue> inputs = new ArrayList<>();
        for (RowSource source : sources) {
            JsonObject.Builder input = JsonObject.builder().put("name", source.name());
            if (source.isRepeatable()) {
                input.put("sha256", Sha256.of(source.open()));
            }
            inputs.add(input.build());
        }
        return JsonObject.builder()
                .put("version", DatasetBuilder.class.getPackage().getImplementationVersion())
                .put("options", options.toJson())
                .put("inputs", JsonArray.of(inputs))
                .build();
    }
}
