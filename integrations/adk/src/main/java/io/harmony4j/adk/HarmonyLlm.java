package io.harmony4j.adk;

import static java.util.Objects.requireNonNull;

import com.google.adk.agents.CallbackContext;
import com.google.adk.models.BaseLlm;
import com.google.adk.models.BaseLlmConnection;
import com.google.adk.models.LlmRegistry;
import com.google.adk.models.LlmRequest;
import com.google.adk.models.LlmResponse;
import com.google.genai.types.FinishReason;
import io.harmony4j.Content;
import io.harmony4j.ReasoningEffort;
import io.harmony4j.chat.HarmonyModel;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.tokenizer.Tokenizer;
import io.reactivex.rxjava3.core.BackpressureStrategy;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.FlowableEmitter;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A gpt-oss model for agents of Google's ADK, over any backend.
 *
 * <pre>{@code
 * BaseLlm llm = new HarmonyLlm("gpt-oss-20b", Backends.of("llama-server:http://127.0.0.1:8080"));
 * LlmAgent agent = LlmAgent.builder()
 *         .name("weather")
 *         .model(llm)
 *         .instruction("You are a helpful assistant.")
 *         .tools(FunctionTool.create(Weather.class, "getWeather"))
 *         .build();
 * }</pre>
 *
 * <p>The chain of thought comes as a response of its own, before what it led to, because that is what ADK's pages mark as a thought. If it
 * led to calls, the first call keeps it in its {@code thoughtSignature}, so that the model still knows it when the results are there; once
 * the turn has its answer, it is in no later prompt. Only the last response of a turn has finish reason and usage.
 *
 * <p>What a backend throws is the error of the {@code Flowable}, unchanged; so is an {@link UnsupportedOperationException} for a request
 * that gpt-oss cannot take, with pictures for instance. A turn that ends without anything that ADK can use ends with a response that has
 * an {@code errorCode} and an {@code errorMessage}.
 *
 * <p>Disposing of the responses ends the generation. ADK's runner does not do that when its events are disposed of, because it caches each
 * step: a program that wants to stop runs gives the model a question, {@code
 * withGeneration(GenerationOptions.DEFAULT.withCancelled(isStopped::get))}; the run then ends with an event that is {@code interrupted}.
 *
 * <p>Immutable; answers as many requests at a time as its backend has generations.
 */
public final class HarmonyLlm extends BaseLlm {
    private final TokenGenerator backend;
    private final HarmonyModel model;
    private final ReasoningEffort effort;
    private final Clock clock;
    private final GenerationOptions generation;

    /**
     * Makes a model of medium effort with {@link GenerationOptions#DEFAULT}, whose prompts have the system's date.
     *
     * @param name the model's name, which agents show and responses have as their version, as in {@code gpt-oss-20b}
     * @param backend what generates: an engine, or a runtime elsewhere
     */
    public HarmonyLlm(String name, TokenGenerator backend) {
        this(name, backend, ReasoningEffort.MEDIUM, Clock.system(ZoneId.systemDefault()), GenerationOptions.DEFAULT);
    }

    private HarmonyLlm(
            String name, TokenGenerator backend, ReasoningEffort effort, Clock clock, GenerationOptions generation) {
        super(requireNonNull(name, "name"));
        this.backend = requireNonNull(backend, "backend");
        this.model = new HarmonyModel(Tokenizer.o200kHarmony(), backend);
        this.effort = requireNonNull(effort, "effort");
        this.clock = requireNonNull(clock, "clock");
        this.generation = requireNonNull(generation, "generation");
    }

    /** Returns a copy that thinks this long, unless a request has a {@code thinkingLevel}. */
    public HarmonyLlm withReasoningEffort(ReasoningEffort newEffort) {
        return new HarmonyLlm(model(), backend, newEffort, clock, generation);
    }

    /** Returns a copy whose prompts have the date of another clock. */
    public HarmonyLlm withClock(Clock newClock) {
        return new HarmonyLlm(model(), backend, effort, newClock, generation);
    }

    /** Returns a copy that generates so where a request does not say otherwise; the seed is the request's, or another each time. */
    public HarmonyLlm withGeneration(GenerationOptions options) {
        return new HarmonyLlm(model(), backend, effort, clock, options);
    }

    /**
     * Makes this the model of agents that name one: {@code LlmAgent.builder().model("gpt-oss-20b")}. ADK keeps the model of a name from the
     * first time on that an agent uses it.
     *
     * @param namePattern a regular expression for the names, as in {@code gpt-oss.*}
     */
    public void registerAs(String namePattern) {
        LlmRegistry.registerLlm(
                requireNonNull(namePattern, "namePattern"),
                name -> new HarmonyLlm(name, backend, effort, clock, generation));
    }

    /**
     * Answers a request when it is subscribed to, on a thread for input and output.
     *
     * @param stream whether pieces come as soon as they are there, as partial responses before the whole
     */
    @Override
    public Flowable<LlmResponse> generateContent(LlmRequest request, boolean stream) {
        requireNonNull(request, "request");
        return Flowable.<LlmResponse>create(emitter -> answer(request, stream, emitter), BackpressureStrategy.BUFFER)
                .subscribeOn(Schedulers.io());
    }

    private void answer(LlmRequest request, boolean stream, FlowableEmitter<LlmResponse> emitter) {
        try {
            Content.System system =
                    Content.System.DEFAULT.withReasoningEffort(effort).withConversationStartDate(LocalDate.now(clock));
            Request asked = Request.of(request, system, generation.withCancelled(emitter::isCancelled));
            Responses responses = new Responses(model(), asked, stream, emitter::onNext);
            responses.end(model.answer(asked.conversation(), asked.options(), responses));
            emitter.onComplete();
        } catch (Throwable e) {
            // also a LinkageError and its like, which RxJava would throw on this thread, where nobody hears of it
            emitter.tryOnError(e); // nobody is there to hear of it after cancellation
        }
    }

    /**
     * Shows what a model threw, where an agent has this as its {@code onModelErrorCallback(HarmonyLlm::errorResponse)}: as a response with
     * an {@code errorCode}, which ends the turn. Without it, ADK's own page shows nothing of an error.
     *
     * @param context not needed
     * @param request not needed
     * @param error what was thrown
     */
    public static Maybe<LlmResponse> errorResponse(CallbackContext context, LlmRequest request, Exception error) {
        return Maybe.just(LlmResponse.builder()
                .partial(false)
                .errorCode(new FinishReason(FinishReason.Known.OTHER))
                .errorMessage(error.toString())
                .build());
    }

    /**
     * Refuses.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public BaseLlmConnection connect(LlmRequest request) {
        throw new UnsupportedOperationException(
                "gpt-oss has no live mode; run the agent with the streaming mode SSE or NONE");
    }
}
