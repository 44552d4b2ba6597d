package consumer;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.backends.BackendException;
import io.harmony4j.backends.Backends;
import io.harmony4j.bench.MarkdownTable;
import io.harmony4j.chat.HarmonyModel;
import io.harmony4j.chat.LoopResult;
import io.harmony4j.chat.ToolLoop;
import io.harmony4j.conformance.Suite;
import io.harmony4j.engine.Generator;
import io.harmony4j.engine.Model;
import io.harmony4j.engine.ModelOptions;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.Sampling;
import io.harmony4j.json.Json;
import io.harmony4j.parser.HarmonyParser;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.testkit.ScriptedModel;
import io.harmony4j.testkit.ScriptedTurn;
import io.harmony4j.tiny.TinyTools;
import io.harmony4j.tokenizer.Tokenizer;
import io.harmony4j.training.ImportOptions;
import io.harmony4j.training.ImportedRow;
import io.harmony4j.training.RowImporter;
import io.harmony4j.training.SampleBuilder;
import io.harmony4j.training.SampleOptions;
import java.time.LocalDate;
import java.util.List;

/** Uses each artifact of Harmony4J, and fails if one does not do what it is there for. */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        expect("{\"a\":100.0}", Json.write(Json.parse("{\"a\": 1e2}")));

        Conversation conversation = Conversation.fromJson(Conversation.of(Message.user("Hello")).toJson());
        expect("Hello", conversation.messages().get(0).text());

        Tokenizer tokenizer = Tokenizer.o200kHarmony();
        int[] prompt = new HarmonyRenderer(tokenizer).renderForCompletion(conversation, Role.ASSISTANT);
        expect("<|start|>user<|message|>Hello<|end|><|start|>assistant", tokenizer.decode(prompt));

        int[] answer = {SpecialToken.CHANNEL.id(), 17196, SpecialToken.MESSAGE.id(), 12194, SpecialToken.RETURN.id()};
        expect("Hi", HarmonyParser.parse(answer, ParseOptions.forRole(Role.ASSISTANT)).messages().get(0).text());

        String kernels;
        ModelOptions options = Runtime.version().feature() < 25
                ? ModelOptions.DEFAULT
                : ModelOptions.DEFAULT.withKernels(ModelOptions.KernelChoice.VECTOR);
        try (Model model = Model.tiny(options)) {
            kernels = model.kernels();
            Recipient calculate = Recipient.function(TinyTools.CALCULATE.name());
            LoopResult result = new ToolLoop(new HarmonyModel(tokenizer, new Generator(model)))
                    .withOptions(GenerationOptions.DEFAULT.withSampling(Sampling.GREEDY))
                    .withTool(calculate, arguments -> TinyTools.call(calculate, arguments))
                    .run(question("What is 17 * 23?"), event -> {});
            expect("ANSWERED", result.ending().name());
        }

        try {
            Backends.of("llama-server:http://127.0.0.1:1?retries=0").generate(prompt, GenerationOptions.DEFAULT, token -> {});
        } catch (BackendException e) {
            expect("UNREACHABLE", e.kind().name());
        }

        expect("Hi", new HarmonyModel(tokenizer, new ScriptedModel(ScriptedTurn.answer("Hi")))
                .answer(conversation, GenerationOptions.DEFAULT, delta -> {})
                .content());

        ImportedRow row = new RowImporter(ImportOptions.of(LocalDate.of(2026, 1, 31)))
                .read(Json.parse("{\"instruction\": \"Hello\", \"output\": \"Hi\"}"));
        expect("5", Integer.toString(
                new SampleBuilder(tokenizer, SampleOptions.DEFAULT).build(row).samples().get(0).labelCount()));

        expect("true", Boolean.toString(Suite.load().vectors().size() > 1000));
        expect("true", Boolean.toString(new MarkdownTable(List.of("heading")).toString().contains("heading")));

        System.out.println("Harmony4J works "
                + (Tokenizer.class.getModule().isNamed() ? "as modules" : "on a class path")
                + ", with Jackson "
                + Class.forName("com.fasterxml.jackson.core.json.PackageVersion").getField("VERSION").get(null)
                + ", on Java " + Runtime.version().feature() + ", kernels: " + kernels);
    }

    private static Conversation question(String text) {
        return Conversation.of(
                Message.system(Content.System.DEFAULT),
                Message.developer(Content.developer("You are a helpful assistant.", TinyTools.CALCULATE)),
                Message.user(text));
    }

    private static void expect(String expected, String found) {
        if (!expected.equals(found)) {
            throw new AssertionError("expected " + expected + " but found " + found);
        }
    }
}
