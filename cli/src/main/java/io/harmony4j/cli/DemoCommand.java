package io.harmony4j.cli;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Conversation;
import io.harmony4j.Json;
import io.harmony4j.Role;
import io.harmony4j.parse.ParseEvent;
import io.harmony4j.parse.ParseOptions;
import io.harmony4j.parse.StreamParser;
import io.harmony4j.render.HarmonyRenderer;
import io.harmony4j.tokenizer.SpecialTokens;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code harmony demo}: the whole way from a conversation to tokens, and from a model's tokens back to messages. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Show the main job: a conversation becomes tokens, a model's tokens become messages.",
        footer = {"", "Example:", "  harmony demo"})
final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Tokenizer tokenizer = Tokenizer.o200kHarmony();

        Conversation conversation = Conversation.fromJson(resource("demo-conversation.json"));
        int[] prompt = new HarmonyRenderer(tokenizer).renderForCompletion(conversation, Role.ASSISTANT);
        out.println("== The prompt: " + prompt.length + " tokens");
        out.println(tokenizer.decode(prompt));

        int[] generated = tokenizer.encode(resource("demo-completion.txt").strip(), SpecialTokens.ALL);
        out.println();
        out.println("== What a model answers: " + generated.length + " tokens");
        Ids.print(out, generated, " ");
        out.println();

        out.println();
        out.println("== What the parser tells while they stream");
        StreamParser parser = StreamParser.create(tokenizer, ParseOptions.forRole(Role.ASSISTANT));
        for (int token : generated) {
            parser.accept(token, event -> print(event, out));
        }
        parser.finish(event -> print(event, out));

        out.println();
        out.println("== The messages");
        parser.messages().forEach(message -> out.println(message.toJson()));
        return 0;
    }

    private static void print(ParseEvent event, PrintWriter out) {
        out.println(Json.write(ParseCommand.json(event)));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = requireNonNull(DemoCommand.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
