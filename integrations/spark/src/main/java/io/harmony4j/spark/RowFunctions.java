package io.harmony4j.spark;

import io.harmony4j.Conversation;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.parser.HarmonyParser;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.ConversationLinter;
import io.harmony4j.renderer.Dialect;
import io.harmony4j.renderer.Finding;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the functions do, in terms of this library alone; {@link HarmonyFunctions} and {@link HarmonyUdfs} bring it to Spark. */
final class RowFunctions {
    static final RowFunction<int[], @Nullable String> DECODE = new RowFunction<>(
            "harmony_decode", List.of(), options -> tokens -> tokenizer().decode(tokens), e -> null);

    static final RowFunction<String, int @Nullable []> RENDER = new RowFunction<>(
            "harmony_render",
            List.of("mode", "dialect", "policy", "shape", "date", "think_tags"),
            RowFunctions::renderer,
            e -> null);

    static final RowFunction<int[], @Nullable String> PARSE =
            new RowFunction<>("harmony_parse", List.of("repair"), RowFunctions::parser, e -> null);

    static final RowFunction<String, List<LintRow>> LINT = new RowFunction<>(
            "harmony_lint",
            List.of("purpose", "policy", "shape", "date", "think_tags"),
            RowFunctions::linter,
            e -> List.of(LintRow.unreadable(e)));

    static final RowFunction<String, SampleRow> SAMPLE = new RowFunction<>(
            "harmony_training_sample",
            RowSampler.OPTIONS,
            options -> new RowSampler(options)::sample,
            SampleRow::failed);

    static final RowFunction<String, List<SampleRow>> SAMPLES = new RowFunction<>(
            "harmony_training_samples",
            RowSampler.OPTIONS,
            options -> new RowSampler(options)::samples,
            e -> List.of(SampleRow.failed(e)));

    private RowFunctions() {}

    /** What {@code harmony_render} renders for. */
    private enum Mode {
        COMPLETION,
        CONVERSATION,
        TRAINING;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What {@code harmony_lint} finds; the code and severity of a {@link Finding}, or those of a row that cannot be read. */
    record LintRow(String code, String severity, String pointer, String message, String suggestion) {
        private static LintRow of(Finding finding) {
            return new LintRow(
                    finding.code().name(),
                    finding.severity().wireName(),
                    finding.pointer(),
                    finding.message(),
                    finding.suggestion());
        }

        private static LintRow unreadable(RuntimeException e) {
            return new LintRow(
                    "NOT_A_CONVERSATION",
                    Finding.Severity.ERROR.wireName(),
                    "",
                    RowFunction.reason(e),
                    "give the JSON of a conversation, as in {\"messages\": [...]}");
        }
    }

    static Tokenizer tokenizer() {
        return Tokenizer.o200kHarmony();
    }

    private static Function<String, int @Nullable []> renderer(FunctionOptions options) {
        HarmonyRenderer renderer = new HarmonyRenderer(tokenizer(), renderOptions(options));
        RowReader reader = new RowReader(options);
        Function<Conversation, int[]> render = switch (options.constant("mode", Mode.COMPLETION, Mode::wireName)) {
            case COMPLETION -> conversation -> renderer.renderForCompletion(conversation, Role.ASSISTANT);
            case CONVERSATION -> renderer::render;
            case TRAINING -> renderer::renderForTraining;
        };
        return json -> render.apply(reader.conversation(json));
    }

    static RenderOptions renderOptions(FunctionOptions options) {
        RenderOptions rendering = RenderOptions.DEFAULT;
        Dialect dialect = options.constant("dialect", Dialect.class, Dialect::wireName);
        if (dialect != null) {
            rendering = rendering.withDialect(dialect);
        }
        AnalysisPolicy policy = policy(options);
        return policy == null ? rendering : rendering.withAnalysisPolicy(policy);
    }

    private static @Nullable AnalysisPolicy policy(FunctionOptions options) {
        return options.constant("policy", AnalysisPolicy.class, AnalysisPolicy::wireName);
    }

    /** Whole messages begin with a token of their own; what a model generates begins after the one that the prompt ended with. */
    private static Function<int[], @Nullable String> parser(FunctionOptions options) {
        ParseOptions whole = options.flag("repair", true) ? ParseOptions.DEFAULT : ParseOptions.DEFAULT.strict();
        ParseOptions generated = whole.withRole(Role.ASSISTANT);
        return tokens -> {
            requireTokens(tokens);
            boolean isWhole = tokens.length == 0 || tokens[0] == SpecialToken.START.id();
            return new Conversation(HarmonyParser.parse(tokens, isWhole ? whole : generated)
                            .messages())
                    .toJson();
        };
    }

    private static void requireTokens(int[] ids) {
        for (int i = 0; i < ids.length; i++) {
            if (!tokenizer().isToken(ids[i])) {
                throw new IllegalArgumentException("expected a token id but found " + ids[i] + " at index " + i);
            }
        }
    }

    private static Function<String, List<LintRow>> linter(FunctionOptions options) {
        ConversationLinter linter = ConversationLinter.DEFAULT.withPurpose(
                options.constant("purpose", ConversationLinter.Purpose.PROMPT, ConversationLinter.Purpose::wireName));
        AnalysisPolicy policy = policy(options);
        ConversationLinter chosen = policy == null ? linter : linter.withPolicy(policy);
        RowReader reader = new RowReader(options);
        // the text of a conversation has fields that a conversation has not
        Function<String, List<Finding>> lint =
                reader.isOfFormat() ? chosen::lint : json -> chosen.lint(reader.conversation(json));
        return json -> lint.apply(json).stream().map(LintRow::of).toList();
    }
}
