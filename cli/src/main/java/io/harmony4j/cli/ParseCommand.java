package io.harmony4j.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.harmony4j.Json;
import io.harmony4j.Message;
import io.harmony4j.parse.Diagnostic;
import io.harmony4j.parse.Header;
import io.harmony4j.parse.ParseEvent;
import io.harmony4j.parse.ParseOptions;
import io.harmony4j.parse.StreamParser;
import io.harmony4j.tokenizer.SpecialTokens;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code harmony parse}: a model's tokens, or their text, to messages. */
@Command(
        name = "parse",
        mixinStandardHelpOptions = true,
        description = "Parse what a model generated into messages, one line of JSON for each.",
        footer = {
            "",
            "What was mended is reported on standard error; with --strict nothing is, and the first error ends the run.",
            "",
            "Examples:",
            "  echo '<|channel|>final<|message|>Hi<|return|>' | harmony parse",
            "  echo '200005 17196 200008 12194 200002' | harmony parse --stream",
            "  harmony parse transcript.txt --role none --strict",
        })
final class ParseCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            defaultValue = "-",
            description = "Token ids, or text with special tokens; - (the default) for standard input.")
    private String file;

    @Option(
            names = "--from",
            defaultValue = "auto",
            description =
                    "What the input is: ${COMPLETION-CANDIDATES}; default auto: ids if it has nothing but numbers.")
    private Form form;

    @Option(
            names = "--role",
            defaultValue = "assistant",
            description = "The role that the prompt ended with, or none if the input has it; default assistant.")
    private String role;

    @Option(names = "--strict", description = "Fail at the first token that is not Harmony.")
    private boolean isStrict;

    @Option(names = "--stream", description = "Print each event as it comes instead of whole messages.")
    private boolean isStream;

    @Option(
            names = "--tools",
            split = ",",
            paramLabel = "NAME",
            description = "Names of the declared functions, to mend misspelled ones.")
    private List<String> tools = List.of();

    /** What the input is. */
    enum Form {
        auto,
        ids,
        text
    }

    @Override
    public Integer call() throws IOException {
        Tokenizer tokenizer = Tokenizer.o200kHarmony();
        StreamParser parser = StreamParser.create(tokenizer, options());
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        for (int token : tokens(tokenizer, new Input(file).text())) {
            parser.accept(token, event -> print(event, out, err));
        }
        parser.finish(event -> print(event, out, err));
        out.flush();
        return 0;
    }

    private ParseOptions options() {
        ParseOptions options = ParseOptions.DEFAULT.withTools(tools);
        if (!role.equals("none")) {
            options = options.withRole(new RoleConverter().convert(role));
        }
        return isStrict ? options.strict() : options;
    }

    private int[] tokens(Tokenizer tokenizer, String input) {
        boolean isIds = form == Form.ids || (form == Form.auto && Ids.looksLikeIds(input));
        // the line feed at the end of a text file is not the model's
        return isIds ? Ids.parse(input) : tokenizer.encode(withoutLineEnd(input), SpecialTokens.ALL);
    }

    private static String withoutLineEnd(String text) {
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    private void print(ParseEvent event, PrintWriter out, PrintWriter err) {
        if (event instanceof ParseEvent.Repaired repaired) {
            Diagnostic diagnostic = repaired.diagnostic();
            err.printf("harmony: token %d: %s%n", diagnostic.token(), diagnostic.message());
            err.flush();
        } else if (isStream) {
            out.println(Json.write(json(event)));
            out.flush();
        } else if (event instanceof ParseEvent.MessageEnded ended) {
            out.println(ended.message().toJson());
        }
    }

    static ObjectNode json(ParseEvent event) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        if (event instanceof ParseEvent.MessageStarted started) {
            Header head = started.header();
            Message empty = new Message(head.author(), head.recipient(), List.of(), head.channel(), head.contentType());
            object.put("event", "message_started");
            ObjectNode header = (ObjectNode) Json.parse(empty.toJson());
            header.remove("content");
            object.setAll(header);
        } else if (event instanceof ParseEvent.ContentDelta delta) {
            object.put("event", "content_delta").put("text", delta.text());
        } else if (event instanceof ParseEvent.MessageEnded ended) {
            object.put("event", "message_ended")
                    .put("ending", ended.ending().name().toLowerCase(Locale.ROOT))
                    .set("message", Json.parse(ended.message().toJson()));
        }
        return object;
    }
}
