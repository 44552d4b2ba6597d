package io.harmony4j.cli;

import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.chat.ChatStream;
import io.harmony4j.chat.ChatView;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.parser.Diagnostic;
import io.harmony4j.parser.HarmonyFormatException;
import io.harmony4j.parser.ParseEvent;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.parser.StreamParser;
import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code harmony parse}: a model's tokens, or their text, to messages. */
@Command(
        name = "parse",
        mixinStandardHelpOptions = true,
        description = "Parse what a model generated into messages.",
        footer = {
            "",
            "What had to be repaired is reported on standard error. With --strict nothing is",
            "repaired, and the first error ends the run.",
            "",
            "Examples:",
            "  echo '<|channel|>final<|message|>Hi<|return|>' | harmony parse",
            "  echo '200005 17196 200008 12194 200002' | harmony parse --stream",
            "  harmony parse transcript.txt --role none --strict",
            "  harmony parse answer.txt --to chat --tools get_weather,get_time",
        })
final class ParseCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "Token ids, or text with special tokens; - (the default) for standard input.")
    private @Nullable String file;

    @Option(
            names = "--from",
            paramLabel = "FORM",
            defaultValue = "auto",
            description = {
                "What the input is: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.",
                "auto: ids if the input, or the first 64 KB of a long one, has nothing but numbers.",
                "ids: as they come; the others read a part of the input first.",
            })
    private Form form;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            defaultValue = "assistant",
            description = "The role that the prompt ended with, or none if the input has it; default ${DEFAULT-VALUE}.")
    private String role;

    @Option(
            names = "--prefill",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "What the prompt ended with after the role, as in <|channel|>analysis<|message|>.")
    private String prefill;

    @Option(names = "--strict", description = "Fail at the first token that is not Harmony.")
    private boolean isStrict;

    @Option(names = "--stripped", description = "The special tokens were taken out of the text.")
    private boolean isStripped;

    @Option(names = "--stream", description = "The same as --to events.")
    private boolean isStream;

    @Option(
            names = "--to",
            paramLabel = "FORM",
            description = {
                "What to print: ${COMPLETION-CANDIDATES}; default transcript on a terminal, messages elsewhere.",
                "messages: a line of JSON for each. events: a line of JSON for each, as it comes.",
                "transcript: human-readable, as it comes, in the colours of the channels.",
                "chat: what a chat client gets, as one line of JSON.",
            })
    private @Nullable Output output;

    @Option(
            names = "--tools",
            split = ",",
            paramLabel = "NAME",
            description = "Names of the declared functions, to repair misspelled ones.")
    private List<String> tools = List.of();

    /** What to print. */
    enum Output {
        messages,
        events,
        transcript,
        chat
    }

    /** What the input is. */
    enum Form {
        auto,
        ids,
        text
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Tokenizer tokenizer = Tokenizer.o200kHarmony();
        ParseOptions options = options();
        Input input = Input.of(file);
        AtomicInteger calls = new AtomicInteger();
        ChatStream chat = new ChatStream(delta -> {}, () -> "call_" + calls.getAndIncrement());
        try (Progress progress = Progress.besideOutput(spec.commandLine().getErr());
                InputStream in = progress.watch(input)) {
            Consumer<ParseEvent> printer = printer(out, chat);
            StreamParser parser = new StreamParser(tokenizer, options, event -> {
                report(event, progress);
                printer.accept(event);
            });
            read(in, tokenizer, parser::accept);
            parser.finish();
            if (output() == Output.chat) {
                out.println(json(chat.view(parser.result())));
            }
        } catch (IllegalArgumentException | HarmonyFormatException e) {
            throw input.error(e);
        }
        return 0;
    }

    private Output output() {
        if (isStream) {
            return Output.events;
        }
        return output != null ? output : Terminal.isOutput() ? Output.transcript : Output.messages;
    }

    private ParseOptions options() {
        ParseOptions options = ParseOptions.DEFAULT
                .withTools(tools.stream().map(Recipient::function).toList())
                .withPrefill(prefill);
        if (!role.equals("none")) {
            options = options.withRole(givenRole());
        }
        if (isStripped && isStrict) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--strict and --stripped exclude each other: without special tokens all is guessed");
        }
        if (isStripped) {
            options = options.stripped();
        }
        return isStrict ? options.strict() : options;
    }

    private Role givenRole() {
        try {
            return Role.of(role);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "Invalid value for option '--role': " + e.getMessage() + "; or none", e);
        }
    }

    private void read(InputStream in, Tokenizer tokenizer, IntConsumer tokens) throws IOException {
        IdScanner ids = new IdScanner(tokens);
        if (form == Form.ids) {
            ids.scan(in);
            return;
        }
        TextReader reader = new TextReader(in);
        String block = reader.block();
        boolean isIds = form == Form.auto && block != null && IdScanner.looksLikeIds(block);
        for (; block != null; block = reader.block()) {
            if (isIds) {
                ids.scan(block);
            } else {
                // the line feed at the end of a text file is not the model's
                String text = reader.hasNoMoreBlocks() ? withoutLineEnd(block) : block;
                Arrays.stream(tokenizer.encode(text, AllowedSpecial.ALL)).forEach(tokens);
            }
        }
        ids.end();
    }

    private static String withoutLineEnd(String text) {
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    private static void report(ParseEvent event, Progress progress) {
        if (event instanceof ParseEvent.Repaired repaired) {
            Diagnostic diagnostic = repaired.diagnostic();
            progress.println("harmony: token " + diagnostic.position() + ": " + ErrorLine.shown(diagnostic.message()));
        }
    }

    private Consumer<ParseEvent> printer(PrintWriter out, ChatStream chat) {
        return switch (output()) {
            case transcript -> new Transcript(out, Terminal.hasColor(System.getenv()))::accept;
            case chat -> chat;
            case events -> EventLines.ofEvents(out);
            case messages -> EventLines.ofMessages(out);
        };
    }

    private static JsonObject json(ChatView view) {
        List<JsonObject> calls = view.toolCalls().stream()
                .map(call -> JsonObject.builder()
                        .put("id", call.id())
                        .put("name", call.name())
                        .put("arguments", call.arguments())
                        .build())
                .toList();
        return JsonObject.builder()
                .put("reasoning", view.reasoning())
                .put("content", view.content())
                .put("tool_calls", JsonArray.of(calls))
                .put("finish_reason", view.finishReason().wireName())
                .build();
    }
}
