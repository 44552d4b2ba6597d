package io.harmony4j.openai;

import static java.util.Objects.requireNonNull;

import io.harmony4j.ToolNamespace;
import io.harmony4j.renderer.AnalysisPolicy;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the mapping of OpenAI's APIs depends on besides a request: the time, ids, and how a server is set up. Immutable.
 *
 * <pre>{@code
 * ApiOptions.DEFAULT.withModels("gpt-oss-20b").withAnalysisPolicy(AnalysisPolicy.KEEP_ALL)
 * }</pre>
 */
public final class ApiOptions {
    private static final int DEFAULT_MAX_LENGTH = 10_000_000;

    /**
     * The clock of this machine, unguessable ids, any model, no tools of the server's own, reasoning under both names, the analysis
     * since the last final message, requests of at most 10 million characters.
     */
    public static final ApiOptions DEFAULT = new ApiOptions(
            Clock.systemUTC(),
            null,
            Ids::randomPart,
            AnalysisPolicy.SINCE_LAST_FINAL,
            List.of(),
            List.of(),
            ReasoningFields.BOTH,
            DEFAULT_MAX_LENGTH);

    private final Clock clock;
    private final @Nullable LocalDate date;
    private final Supplier<String> ids;
    private final AnalysisPolicy analysisPolicy;
    private final List<String> models;
    private final List<ToolNamespace> builtInTools;
    private final ReasoningFields reasoningFields;
    private final int maxLength;

    private ApiOptions(
            Clock clock,
            @Nullable LocalDate date,
            Supplier<String> ids,
            AnalysisPolicy analysisPolicy,
            List<String> models,
            List<ToolNamespace> builtInTools,
            ReasoningFields reasoningFields,
            int maxLength) {
        this.clock = requireNonNull(clock, "clock");
        this.date = date;
        this.ids = requireNonNull(ids, "ids");
        this.analysisPolicy = requireNonNull(analysisPolicy, "analysisPolicy");
        this.models = List.copyOf(models);
        this.builtInTools = List.copyOf(builtInTools);
        this.reasoningFields = requireNonNull(reasoningFields, "reasoningFields");
        this.maxLength = maxLength;
    }

    /** Under which names an answer has the reasoning: clients know one or the other. */
    public enum ReasoningFields {
        /** As {@code reasoning} and {@code reasoning_content}. */
        BOTH,
        /** As {@code reasoning}, as OpenRouter and vLLM have it. */
        REASONING,
        /** As {@code reasoning_content}, as DeepSeek, llama.cpp and SGLang have it. */
        REASONING_CONTENT,
        /** Not at all. */
        NONE;

        List<String> names() {
            return switch (this) {
                case BOTH -> List.of("reasoning", "reasoning_content");
                case REASONING -> List.of("reasoning");
                case REASONING_CONTENT -> List.of("reasoning_content");
                case NONE -> List.of();
            };
        }
    }

    /** Returns a copy with another clock. */
    public ApiOptions withClock(Clock newClock) {
        return new ApiOptions(newClock, date, ids, analysisPolicy, models, builtInTools, reasoningFields, maxLength);
    }

    /** Returns a copy whose prompts have the given date, so that they stay the same at midnight; null for the clock's, in UTC. */
    public ApiOptions withDate(@Nullable LocalDate newDate) {
        return new ApiOptions(clock, newDate, ids, analysisPolicy, models, builtInTools, reasoningFields, maxLength);
    }

    /** Returns a copy with another source of what follows {@code call_}, {@code resp_} and the like: no text comes twice. */
    public ApiOptions withIds(Supplier<String> newIds) {
        return new ApiOptions(clock, date, newIds, analysisPolicy, models, builtInTools, reasoningFields, maxLength);
    }

    /** Returns a copy that leaves other chains of thought out of prompts. */
    public ApiOptions withAnalysisPolicy(AnalysisPolicy policy) {
        return new ApiOptions(clock, date, ids, policy, models, builtInTools, reasoningFields, maxLength);
    }

    /** Returns a copy that knows these models, of which the first answers requests that name none; without any, all are known. */
    public ApiOptions withModels(String... names) {
        List<String> known = Arrays.asList(requireNonNull(names, "names"));
        return new ApiOptions(clock, date, ids, analysisPolicy, known, builtInTools, reasoningFields, maxLength);
    }

    /** Returns a copy whose server runs these tools itself: {@link ToolNamespace#browser()} or {@link ToolNamespace#python()}. */
    public ApiOptions withBuiltInTools(ToolNamespace... tools) {
        List<ToolNamespace> own = Arrays.asList(requireNonNull(tools, "tools"));
        return new ApiOptions(clock, date, ids, analysisPolicy, models, own, reasoningFields, maxLength);
    }

    /** Returns a copy whose answers have the reasoning under other names. */
    public ApiOptions withReasoningFields(ReasoningFields fields) {
        return new ApiOptions(clock, date, ids, analysisPolicy, models, builtInTools, fields, maxLength);
    }

    /** Returns a copy that takes requests of at most so many characters (UTF-16 code units). */
    public ApiOptions withMaxLength(int characters) {
        return new ApiOptions(clock, date, ids, analysisPolicy, models, builtInTools, reasoningFields, characters);
    }

    Instant now() {
        return clock.instant();
    }

    /** Returns the date that prompts have. */
    LocalDate date() {
        return date == null ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) : date;
    }

    Clock clock() {
        return clock;
    }

    Ids ids() {
        return new Ids(ids);
    }

    AnalysisPolicy analysisPolicy() {
        return analysisPolicy;
    }

    List<String> models() {
        return models;
    }

    List<ToolNamespace> builtInTools() {
        return builtInTools;
    }

    ReasoningFields reasoningFields() {
        return reasoningFields;
    }

    int maxLength() {
        return maxLength;
    }
}
