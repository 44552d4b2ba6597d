package io.harmony4j.cli;

import io.harmony4j.grammar.GrammarOptions;
import io.harmony4j.grammar.HarmonyGrammar;
import io.harmony4j.grammar.SchemaOptions;
import io.harmony4j.json.Json;
import io.harmony4j.openai.ApiException;
import io.harmony4j.openai.ApiOptions;
import io.harmony4j.openai.ApiRequest;
import io.harmony4j.openai.ResponseStore;
import io.harmony4j.openai.Shape;
import io.harmony4j.openai.Source;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What a model may write: by a JSON Schema, by a request, or by options that say what a request would. */
final class GrammarOption {
    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--schema",
            paramLabel = "FILE",
            description = "A JSON Schema: the grammar is of one value that obeys it, and of nothing around that.")
    private @Nullable String schema;

    @Option(
            names = "--request",
            paramLabel = "FILE",
            description = "A request of Chat Completions or Responses: the grammar is of the turn that answers it.")
    private @Nullable String request;

    @Mixin
    private TurnOptions turn;

    @Option(
            names = "--lenient",
            paramLabel = "KEYWORD",
            split = ",",
            description = "Keywords of schemas that are left unchecked where they cannot be enforced.")
    private List<String> lenient = List.of();

    @Option(
            names = "--white-space",
            paramLabel = "CHOICE",
            defaultValue = "flexible",
            description = "White space in JSON: compact (none), spaced (one after a comma and a colon) or flexible;"
                    + " default ${DEFAULT-VALUE}.")
    private SchemaOptions.WhiteSpace whiteSpace;

    /** Returns the grammar, and prints on standard error what it leaves unchecked. */
    HarmonyGrammar grammar() throws IOException {
        int sources = (schema == null ? 0 : 1) + (request == null ? 0 : 1) + (turn.isGiven() ? 1 : 0);
        if (sources > 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected one of --schema, --request and --tools with --response-format and --tool-choice but found several");
        }
        HarmonyGrammar grammar = make(SchemaOptions.DEFAULT.withLenient(lenient).withWhiteSpace(whiteSpace));
        note(grammar.notes());
        return grammar;
    }

    void note(List<String> notes) {
        notes.forEach(note -> spec.commandLine().getErr().println("harmony: note: " + ErrorLine.shown(note)));
    }

    private HarmonyGrammar make(SchemaOptions schemas) throws IOException {
        if (schema != null) {
            Input input = new Input(schema);
            try {
                return HarmonyGrammar.ofValue(Json.parseAny(input.text()), schemas);
            } catch (IllegalArgumentException e) {
                throw input.error(e);
            }
        }
        GrammarOptions options = request == null
                ? turn.request().grammarOptions()
                : ofRequest(request).grammarOptions();
        return HarmonyGrammar.of(options.withSchemas(schemas));
    }

    private static ApiRequest ofRequest(String file) throws IOException {
        Input input = new Input(file);
        String json = input.text();
        try {
            Shape shape = Shape.of(json);
            ApiRequest read = shape.isRequest()
                    ? Source.read(json, shape, ApiOptions.DEFAULT.withMaxLength(Integer.MAX_VALUE), ResponseStore.NONE)
                            .request()
                    : null;
            if (read == null) {
                throw new IllegalArgumentException("expected a request but found " + shape.phrase());
            }
            return read;
        } catch (ApiException e) {
            throw input.error(new IllegalArgumentException(ErrorLine.describe(e), e));
        } catch (IllegalArgumentException e) {
            throw input.error(e);
        }
    }
}
