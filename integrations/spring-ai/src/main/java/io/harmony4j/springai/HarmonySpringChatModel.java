package io.harmony4j.springai;

import static java.util.Objects.requireNonNull;

import io.harmony4j.chat.Answer;
import io.harmony4j.chat.ChatDelta;
import io.harmony4j.chat.HarmonyModel;
import io.harmony4j.chat.TurnOptions;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.tokenizer.Tokenizer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.MessageAggregator;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.observation.ChatModelObservationConvention;
import org.springframework.ai.chat.observation.ChatModelObservationDocumentation;
import org.springframework.ai.chat.observation.DefaultChatModelObservationConvention;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.retry.NonTransientAiException;
import org.springframework.ai.retry.TransientAiException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.scheduler.Schedulers;

/**
 * A gpt-oss model as a chat model of Spring AI, on any {@link TokenGenerator}.
 *
 * <pre>{@code
 * ChatModel model = new HarmonySpringChatModel(Backends.of("llama-server:http://127.0.0.1:8080"), observationRegistry);
 * String answer = ChatClient.create(model)
 *         .prompt()
 *         .user("What is the weather in Tokyo?")
 *         .tools(new WeatherTools())
 *         .call()
 *         .content();
 * }</pre>
 *
 * <p>The chain of thought is in the message's metadata: in a stream piece by piece as {@link #REASONING_CONTENT}, and whole, with the last
 * piece, as {@link #ANALYSIS}. A message that comes back with it, as in a loop that calls tools, gives the model its thoughts again;
 * those of turns that have their answer are left out of the prompt. As all models of Spring AI since 2.0, this one runs no tools: it
 * returns calls, but none that a limit of tokens cut off.
 *
 * <p>A prompt without options is answered with the model's own ({@link #withOptions}); {@link HarmonyChatOptions} of a prompt count
 * as they are; and where options of another class say nothing, the model's own do. Pictures, sounds and files are refused with an
 * {@link IllegalArgumentException}, and so are options that cannot be.
 *
 * <p>What goes wrong in a backend is a {@link TransientAiException} if it may be right the next time, as when there is no connection, and
 * else a {@link NonTransientAiException}, as for a prompt that is too long. Immutable; answers as many prompts at a time as the
 * generator has generations.
 */
public final class HarmonySpringChatModel implements ChatModel {
    /** The key of a message's metadata with the whole chain of thought, for the next prompt. */
    public static final String ANALYSIS = "harmony.analysis";

    /** The key of a message's metadata with the chain of thought; in a stream, with a piece of it. */
    public static final String REASONING_CONTENT = "reasoningContent";

    static final ChatModelObservationConvention DEFAULT_CONVENTION = new DefaultChatModelObservationConvention();
    static final Clock SYSTEM_CLOCK = Clock.system(ZoneId.systemDefault());

    private static final String PROVIDER = "harmony4j";
    private static final String MODEL_NAME = "gpt-oss";

    private final HarmonyModel model;
    private final ObservationRegistry observations;
    private final ChatModelObservationConvention convention;
    private final HarmonyChatOptions options;
    private final Clock clock;

    /**
     * Makes a model with the name {@code gpt-oss} and no other options.
     *
     * @param generator the engine, or what {@code Backends.of} returns
     * @param observations where each answer is observed; {@link ObservationRegistry#NOOP} for nowhere
     */
    public HarmonySpringChatModel(TokenGenerator generator, ObservationRegistry observations) {
        this(
                new HarmonyModel(Tokenizer.o200kHarmony(), generator),
                observations,
                DEFAULT_CONVENTION,
                HarmonyChatOptions.builder().model(MODEL_NAME).build(),
                SYSTEM_CLOCK);
    }

    private HarmonySpringChatModel(
            HarmonyModel model,
            ObservationRegistry observations,
            ChatModelObservationConvention convention,
            HarmonyChatOptions options,
            Clock clock) {
        this.model = model;
        this.observations = requireNonNull(observations, "observations");
        this.convention = requireNonNull(convention, "convention");
        this.options = requireNonNull(options, "options");
        this.clock = requireNonNull(clock, "clock");
    }

    /** Returns a copy with other options for prompts that have none. */
    public HarmonySpringChatModel withOptions(HarmonyChatOptions newOptions) {
        return new HarmonySpringChatModel(model, observations, convention, newOptions, clock);
    }

    /** Returns a copy whose system message has the date of another clock than the system's. */
    public HarmonySpringChatModel withClock(Clock newClock) {
        return new HarmonySpringChatModel(model, observations, convention, options, newClock);
    }

    /** Returns a copy whose observations are named by another convention. */
    public HarmonySpringChatModel withObservationConvention(ChatModelObservationConvention newConvention) {
        return new HarmonySpringChatModel(model, observations, newConvention, options, clock);
    }

    /** Returns the options of prompts that have none. */
    @Override
    public HarmonyChatOptions getOptions() {
        return options;
    }

    /**
     * Answers a prompt. An interrupt of the calling thread ends it.
     *
     * @throws CancellationException if it was interrupted
     */
    @Override
    public ChatResponse call(Prompt prompt) {
        Prompt asked = withOptions(prompt);
        ChatModelObservationContext context = observed(asked, false);
        return requireNonNull(observation(context).observe(() -> {
            Answer answer = answer(asked, () -> false, delta -> {});
            ChatResponse response = responses(asked).whole(answer);
            context.setResponse(response);
            return response;
        }));
    }

    /**
     * Answers a prompt piece by piece, in a thread of {@link Schedulers#boundedElastic()}; who cancels it ends the generation. An {@link
     * Error} comes as the cause of a {@link NonTransientAiException}, since Reactor itself signals only some.
     */
    @Override
    public Flux<ChatResponse> stream(Prompt prompt) {
        Prompt asked = withOptions(prompt);
        return Flux.deferContextual(view -> {
            ChatModelObservationContext context = observed(asked, true);
            Observation observation = observation(context);
            view.<Observation>getOrEmpty(ObservationThreadLocalAccessor.KEY).ifPresent(observation::parentObservation);
            observation.start();
            Flux<ChatResponse> pieces =
                    Flux.<ChatResponse>create(sink -> answer(asked, sink)).subscribeOn(Schedulers.boundedElastic());
            return new MessageAggregator()
                    .aggregate(pieces, context::setResponse)
                    .doOnError(observation::error)
                    // before whoever listens hears of the end: the observation has the whole response then
                    .doOnTerminate(observation::stop)
                    .doOnCancel(observation::stop)
                    .contextWrite(written -> written.put(ObservationThreadLocalAccessor.KEY, observation));
        });
    }

    private void answer(Prompt prompt, FluxSink<ChatResponse> sink) {
        Responses responses = responses(prompt);
        try {
            Answer answer = answer(
                    prompt, sink::isCancelled, delta -> responses.piece(delta).ifPresent(sink::next));
            sink.next(responses.last(answer));
            sink.complete();
        } catch (Throwable e) {
            if (!sink.isCancelled()) {
                sink.error(Failures.signal(e));
            }
        }
    }

    /** Returns the model's answer, or throws one of Spring AI's exceptions. */
    private Answer answer(Prompt prompt, BooleanSupplier cancelled, Consumer<ChatDelta> deltas) {
        TurnOptions turn = PromptReader.turn(optionsOf(prompt));
        Answer answer;
        try {
            answer = model.answer(
                    PromptReader.conversation(prompt.getInstructions(), optionsOf(prompt), LocalDate.now(clock)),
                    turn.withGeneration(turn.generation().withCancelled(cancelled)),
                    deltas);
        } catch (RuntimeException e) {
            throw Failures.of(e);
        }
        if (answer.finishReason() == FinishReason.CANCELLED) {
            throw new CancellationException(
                    "the generation was cancelled after " + answer.generation().tokens().length
                            + " tokens, because its thread was interrupted or its stream cancelled");
        }
        return answer;
    }

    /**
     * Returns how many tokens the model reads of a prompt, with its tools and options: as many as the answer's usage says.
     *
     * @throws IllegalArgumentException if there is something in it that the model cannot read
     */
    public int countTokens(Prompt prompt) {
        Prompt asked = withOptions(prompt);
        return model.countPrompt(
                PromptReader.conversation(asked.getInstructions(), optionsOf(asked), LocalDate.now(clock)));
    }

    /** Returns the prompt with options of this model's class. */
    private Prompt withOptions(Prompt prompt) {
        ChatOptions given = requireNonNull(prompt, "prompt").getOptions();
        return given instanceof HarmonyChatOptions
                ? prompt
                : new Prompt(
                        prompt.getInstructions(),
                        given == null
                                ? options
                                : options.mutate()
                                        .combineWith(HarmonyChatOptions.of(given))
                                        .build());
    }

    private static HarmonyChatOptions optionsOf(Prompt prompt) {
        return (HarmonyChatOptions) requireNonNull(prompt.getOptions());
    }

    private Responses responses(Prompt prompt) {
        return new Responses(Objects.requireNonNullElse(optionsOf(prompt).getModel(), MODEL_NAME));
    }

    private static ChatModelObservationContext observed(Prompt prompt, boolean isStream) {
        return ChatModelObservationContext.builder()
                .prompt(prompt)
                .provider(PROVIDER)
                .streaming(isStream)
                .build();
    }

    private Observation observation(ChatModelObservationContext context) {
        return ChatModelObservationDocumentation.CHAT_MODEL_OPERATION.observation(
                convention, DEFAULT_CONVENTION, () -> context, observations);
    }
}
