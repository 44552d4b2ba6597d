package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.harmony4j.Channel;
import io.harmony4j.ContentType;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.engine.AttentionKind;
import io.harmony4j.engine.BatchGenerator;
import io.harmony4j.engine.Generator;
import io.harmony4j.engine.GgufExport;
import io.harmony4j.engine.GgufVocabulary;
import io.harmony4j.engine.LogitsSink;
import io.harmony4j.engine.Model;
import io.harmony4j.engine.ModelConfig;
import io.harmony4j.engine.ModelOptions;
import io.harmony4j.engine.RopeConfig;
import io.harmony4j.engine.Sequence;
import io.harmony4j.engine.synthetic.PublishedShape;
import io.harmony4j.engine.synthetic.SyntheticCheckpoint;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.LogitsProcessor;
import io.harmony4j.generation.Sampling;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import io.harmony4j.parser.Diagnostic;
import io.harmony4j.parser.HarmonyParser;
import io.harmony4j.parser.Header;
import io.harmony4j.parser.MessageParser;
import io.harmony4j.parser.ParseEvent;
import io.harmony4j.parser.ParseLimits;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.parser.ParseResult;
import io.harmony4j.parser.TextParser;
import io.harmony4j.renderer.ConversationLinter;
import io.harmony4j.renderer.Finding;
import io.harmony4j.renderer.LossMask;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.testkit.ScriptedModel;
import io.harmony4j.testkit.ScriptedTurn;
import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.IncrementalEncoder;
import io.harmony4j.tokenizer.StreamingDecoder;
import io.harmony4j.tokenizer.TokenBuffer;
import io.harmony4j.tokenizer.Tokenizer;
import io.harmony4j.training.DatasetBuilder;
import io.harmony4j.training.DatasetOptions;
import io.harmony4j.training.DatasetScanner;
import io.harmony4j.training.ImportOptions;
import io.harmony4j.training.ImportedRow;
import io.harmony4j.training.Layout;
import io.harmony4j.training.RowImporter;
import io.harmony4j.training.RowShape;
import io.harmony4j.training.RowSource;
import io.harmony4j.training.SampleBuilder;
import io.harmony4j.training.SampleOptions;
import java.io.IOException;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every public method and constructor refuses a null that it does not announce, and says which argument it is. Interfaces are left out:
 * what they do is for those who implement them.
 */
class NullArgumentsTest {
    private static final List<String> PACKAGES = List.of(
            "io.harmony4j.backends",
            "io.harmony4j.parser",
            "io.harmony4j.engine",
            "io.harmony4j.engine.synthetic",
            "io.harmony4j.generation",
            "io.harmony4j.testkit",
            "io.harmony4j.tokenizer",
            "io.harmony4j.training");

    /** What stands for the arguments that are not null, and what methods are called on. */
    private static final Map<Class<?>, Object> SAMPLES = new HashMap<>();

    @TempDir
    private static Path folder;

    @BeforeAll
    static void makeSamples() throws IOException {
        RopeConfig rope = PublishedShape.GPT_OSS_20B.config().rope();
        ModelConfig shape = new ModelConfig(
                1, 32, 32, 201_088, 1, 1, 32, 1, 1, AttentionKind.alternating(1), 8, rope, 100, 7f, 1.702f, 1e-5f);
        SyntheticCheckpoint checkpoint = new SyntheticCheckpoint(shape, SyntheticCheckpoint.Format.GGUF, 1);
        Path file = folder.resolve("any.gguf");
        checkpoint.write(file, bytes -> {});
        Model model = Model.load(file, ModelOptions.DEFAULT.withThreads(1));
        Tokenizer tokenizer = Tokenizer.o200kHarmony();

        sample(ModelConfig.class, shape);
        sample(RopeConfig.class, rope);
        sample(SyntheticCheckpoint.class, checkpoint);
        sample(SyntheticCheckpoint.Format.class, SyntheticCheckpoint.Format.GGUF);
        sample(Path.class, file);
        sample(Model.class, model);
        sample(GgufVocabulary.class, new HarmonyVocabulary());
        sample(GgufExport.class, new GgufExport(model, new HarmonyVocabulary()));
        sample(ModelOptions.class, ModelOptions.DEFAULT);
        sample(Sequence.class, model.newSequence());
        sample(Generator.class, new Generator(model));
        sample(BatchGenerator.class, new BatchGenerator(model));
        sample(LogitsSink.class, (LogitsSink) (index, logits) -> {});
        sample(Generation.class, Generation.of(new int[] {1}, FinishReason.STOP, 1));
        sample(GenerationOptions.class, GenerationOptions.DEFAULT);
        sample(GeneratedToken.class, GeneratedToken.of(1, 1));
        sample(FinishReason.class, FinishReason.STOP);
        sample(Sampling.class, Sampling.DEFAULT);
        sample(Tokenizer.class, tokenizer);
        sample(AllowedSpecial.class, AllowedSpecial.NONE);
        sample(TokenBuffer.class, new TokenBuffer());
        sample(IncrementalEncoder.class, new IncrementalEncoder(tokenizer));
        sample(StreamingDecoder.class, new StreamingDecoder(tokenizer));
        sample(ParseOptions.class, ParseOptions.DEFAULT);
        sample(ParseLimits.class, ParseLimits.DEFAULT);
        sample(MessageParser.class, new TextParser(ParseOptions.DEFAULT, event -> {}));
        sample(TextParser.class, new TextParser(ParseOptions.DEFAULT, event -> {}));
        sample(Header.class, Header.of(Message.answer("a")));
        sample(Diagnostic.Code.class, Diagnostic.Code.STRAY_TOKEN);
        sample(ParseEvent.Ending.class, ParseEvent.Ending.END);
        sample(ParseEvent.class, new ParseEvent.ContentDelta("a"));
        sample(ParseResult.class, HarmonyParser.parse("", ParseOptions.DEFAULT));
        sample(Channel.class, Channel.FINAL);
        sample(ContentType.class, ContentType.JSON);
        sample(Role.class, Role.USER);
        sample(Recipient.class, Recipient.USER);
        sample(Message.class, Message.answer("a"));
        sample(Conversation.class, Conversation.of(Message.user("a")));
        ImportOptions importing = ImportOptions.of(LocalDate.EPOCH);
        DatasetOptions dataset = DatasetOptions.of(importing);
        sample(LocalDate.class, LocalDate.EPOCH);
        sample(ImportOptions.class, importing);
        sample(RowShape.class, RowShape.CHAT);
        sample(RowImporter.class, new RowImporter(importing));
        sample(JsonValue.class, Json.parse("{\"text\":\"a\"}"));
        sample(ImportedRow.class, new RowImporter(importing).read(Json.parse("{\"text\":\"a\"}")));
        sample(RowSource.class, RowSource.of(file));
        sample(SampleOptions.class, SampleOptions.DEFAULT);
        sample(SampleOptions.TurnChoice.class, SampleOptions.TurnChoice.AUTO);
        sample(SampleOptions.TooLong.class, SampleOptions.TooLong.DROP);
        sample(SampleOptions.Trainer.class, SampleOptions.Trainer.TRL);
        sample(SampleBuilder.class, new SampleBuilder(tokenizer, SampleOptions.DEFAULT));
        sample(LossMask.class, LossMask.DEFAULT);
        sample(RenderOptions.class, RenderOptions.DEFAULT);
        sample(Map.class, Map.of());
        sample(Layout.class, Layout.JSONL);
        sample(DatasetOptions.class, dataset);
        sample(DatasetBuilder.class, new DatasetBuilder(tokenizer, dataset));
        sample(ConversationLinter.class, ConversationLinter.DEFAULT);
        sample(DatasetScanner.class, new DatasetScanner(tokenizer, dataset));
        sample(Finding.class, new Finding(Finding.Code.EMPTY_MESSAGE, "", "", ""));
        sample(Supplier.class, (Supplier<LogitsProcessor>) () -> LogitsProcessor.NONE);
        sample(ScriptedTurn.class, ScriptedTurn.answer("a"));
        sample(ScriptedTurn[].class, new ScriptedTurn[0]);
        sample(ScriptedModel.class, new ScriptedModel());
        sample(Message[].class, new Message[] {Message.answer("a")});
        sample(RuntimeException.class, new IllegalStateException());
        sample(Function.class, (Function<Object, Object>) any -> any);
        sample(BooleanSupplier.class, (BooleanSupplier) () -> false);
        sample(Consumer.class, (Consumer<Object>) any -> {});
        sample(LongConsumer.class, (LongConsumer) any -> {});
        sample(Duration.class, Duration.ZERO);
        sample(List.class, List.of());
        sample(Collection.class, List.of());
        sample(CharSequence.class, "a");
        sample(String.class, "a");
        sample(String[].class, new String[] {"a"});
        sample(ByteBuffer.class, ByteBuffer.wrap(new byte[] {'a'}));
        sample(byte[].class, new byte[1024]);
        sample(int[].class, new int[] {1});
        sample(int.class, 1);
        sample(long.class, 1L);
        sample(float.class, 1f);
        sample(double.class, 1.0);
        sample(boolean.class, true);
    }

    private static void sample(Class<?> type, Object value) {
        SAMPLES.put(type, value);
    }

    @AfterAll
    static void close() {
        ((Model) sample(Model.class)).close();
    }

    private static Object sample(Class<?> type) {
        return Objects.requireNonNull(SAMPLES.get(type), () -> "add a sample of " + type + " to this test");
    }

    @TestFactory
    Stream<DynamicTest> aNullArgumentIsRefusedByName() {
        return publicCode().flatMap(code -> {
            AnnotatedType[] types = code.getAnnotatedParameterTypes();
            List<DynamicTest> tests = new ArrayList<>();
            for (int i = 0; i < types.length; i++) {
                int argument = i;
                if (!code.getParameterTypes()[i].isPrimitive() && !isNullable(types[i])) {
                    tests.add(DynamicTest.dynamicTest(
                            code.toGenericString() + ", argument " + i, () -> assertRefuses(code, argument)));
                }
            }
            return tests.stream();
        });
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static void assertRefuses(Executable code, int argument) throws ReflectiveOperationException {
        @Nullable Object[] arguments = new Object[code.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = i == argument ? null : sample(code.getParameterTypes()[i]);
        }
        Throwable thrown = null;
        try {
            if (code instanceof Constructor<?> constructor) {
                constructor.newInstance(arguments);
            } else if (code instanceof Method method) {
                boolean isStatic = Modifier.isStatic(method.getModifiers());
                method.invoke(isStatic ? null : sample(method.getDeclaringClass()), arguments);
            }
        } catch (InvocationTargetException e) {
            thrown = e.getCause();
        }
        assertThat(thrown).isInstanceOf(NullPointerException.class).message().matches("[a-z][A-Za-z0-9]*");
    }

    private static Stream<Executable> publicCode() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(PACKAGES).stream()
                        .filter(type -> PACKAGES.contains(type.getPackageName()))
                        .map(JavaClass::reflect)
                        .filter(type -> isPublic(type) && !type.isInterface())
                        .sorted(Comparator.comparing(Class::getName))
                        .flatMap(type -> Stream.concat(
                                Arrays.stream(type.getConstructors()),
                                Arrays.stream(type.getMethods()).filter(method -> isOwn(method, type))));
    }

    private static boolean isPublic(Class<?> type) {
        Class<?> outer = type.getDeclaringClass();
        return Modifier.isPublic(type.getModifiers()) && (outer == null || isPublic(outer));
    }

    private static boolean isOwn(Method method, Class<?> type) {
        return method.getDeclaringClass() == type
                && !method.getName().equals("equals")
                && !(type.isEnum() && method.getName().equals("valueOf"));
    }
}
