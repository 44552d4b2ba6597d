package io.harmony4j.cli;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.training.ImportedRow;
import io.harmony4j.training.RowException;
import io.harmony4j.training.RowImporter;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code harmony import}: rows of training data to conversations. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Read rows of training data and print the conversations that they are.",
        footer = {
            "",
            "Each line of the input is a row; a file whose name ends in .json is one row, or a",
            "list of them. Each line of the output is a conversation, whose messages have a",
            "weight where the row gives them one. docs/training-data.md has the shapes.",
            "",
            "A row that cannot be read is named on standard error with its line, a JSON pointer",
            "and the reason, and the others are read all the same; the exit code is 1.",
            "",
            "Examples:",
            "  harmony import --date 2026-01-31 chats.jsonl > conversations.jsonl",
            "  harmony import --date 2026-01-31 alpaca_data.json",
            "  cat rows.jsonl | harmony import --date 2026-01-31 --shape sharegpt --strict",
        })
final class ImportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "Rows in JSON; - or nothing for standard input.")
    private List<String> files = List.of("-");

    @Mixin
    private ImportOption option;

    @Option(
            names = "--strict",
            description = "Refuse rows with fields that are in no message; else they are named at the end.")
    private boolean isStrict;

    private boolean hasFailed;

    @Override
    public Integer call() {
        RowImporter importer = new RowImporter(option.options());
        PrintWriter out = spec.commandLine().getOut();
        for (String name : files) {
            Input input = new Input(name);
            Unused unused = new Unused();
            try {
                if (name.endsWith(".json")) {
                    readWhole(input, importer, unused, out);
                } else {
                    readLines(input, importer, unused, out);
                }
            } catch (IOException | IllegalArgumentException e) {
                fail(e instanceof IllegalArgumentException wrong ? input.error(wrong) : e);
            }
            out.flush(); // the next file may take long
            unused.lines(input).forEach(spec.commandLine().getErr()::println);
        }
        return hasFailed ? 1 : 0;
    }

    private void readLines(Input input, RowImporter importer, Unused unused, PrintWriter out) throws IOException {
        try (Progress progress = Progress.besideOutput(spec.commandLine().getErr());
                InputStream in = progress.watch(input)) {
            TextReader reader = new TextReader(in);
            long number = 1;
            for (String line = reader.line(); line != null; line = reader.line()) {
                if (!line.isBlank()) {
                    String place = input + ":" + number;
                    try {
                        read(Json.parseAny(line), place, "", importer, unused, out);
                    } catch (IllegalArgumentException e) {
                        fail(new IllegalArgumentException(place + ": " + e.getMessage(), e));
                    }
                }
                number++;
            }
        }
    }

    private void readWhole(Input input, RowImporter importer, Unused unused, PrintWriter out) throws IOException {
        JsonValue all = Json.parseAny(input.text());
        if (!isListOfRows(all)) {
            read(all, input.toString(), "", importer, unused, out);
            return;
        }
        int index = 0;
        for (JsonValue row : all.elements()) {
            read(row, input.toString(), "/" + index, importer, unused, out);
            index++;
        }
    }

    /** Returns whether a list has rows; it may also be one row, a list of messages. */
    private static boolean isListOfRows(JsonValue all) {
        return all.elements().stream()
                .anyMatch(element -> element.isArray()
                        || (element.isObject() && element.get("role").isNull()));
    }

    /**
     * Reads a row.
     *
     * @param place the name of the input, and the line if there is one
     * @param pointer where in the input's JSON the row is
     */
    private void read(
            JsonValue row, String place, String pointer, RowImporter importer, Unused unused, PrintWriter out) {
        try {
            ImportedRow read = importer.read(row);
            if (isStrict) {
                read.requireAllUsed();
            }
            unused.add(read, place + (pointer.isEmpty() ? "" : ": " + pointer));
            out.println(json(read));
        } catch (RowException e) {
            String at = pointer + e.pointer();
            fail(new IllegalArgumentException(place + ": " + (at.isEmpty() ? "" : at + ": ") + e.getMessage(), e));
        }
    }

    private void fail(Exception failure) {
        HarmonyCommand.fail(spec.commandLine(), failure);
        hasFailed = true;
    }

    private static JsonObject json(ImportedRow row) {
        if (row.text().isPresent()) {
            return JsonObject.of("text", JsonValue.of(row.text().get()));
        }
        List<JsonValue> messages = new ArrayList<>();
        for (JsonValue message :
                row.conversation().toJsonObject().get("messages").elements()) {
            Double weight = row.weights().get(messages.size());
            messages.add(
                    weight == null
                            ? message
                            : ((JsonObject) message)
                                    .toBuilder().put("weight", weight).build());
        }
        return JsonObject.of("messages", JsonArray.of(messages));
    }

    /** The fields of an input that are in no message: in how many rows, and in which first. */
    private static final class Unused {
        /** How many fields are named: rows may have fields of any names. */
        private static final int MAX_NAMED = 100;

        private final Map<String, Field> fields = new LinkedHashMap<>();

        private static final class Field {
            final String first;
            long rows;

            Field(String first) {
                this.first = first;
            }
        }

        void add(ImportedRow row, String place) {
            for (String name : row.unusedFields()) {
                if (fields.size() < MAX_NAMED || fields.containsKey(name)) {
                    fields.computeIfAbsent(name, key -> new Field(place)).rows++;
                }
            }
        }

        List<String> lines(Input input) {
            List<String> lines = new ArrayList<>();
            fields.forEach((name, field) -> lines.add("harmony: note: "
                    + ErrorLine.shown(input + ": the field " + name + " is in no message; rows with it: " + field.rows
                            + ", first " + field.first)));
            if (fields.size() == MAX_NAMED) {
                lines.add("harmony: note: there may be more such fields; the first " + MAX_NAMED + " are named");
            }
            return lines;
        }
    }
}
