package io.harmony4j.chat;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Channel;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.PromptTooLongException;
import io.harmony4j.parser.Header;
import io.harmony4j.parser.ParseEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lets a model answer, with tools: one turn after the other, with the results of the calls of each, until there is an answer.
 *
 * <pre>{@code
 * Conversation conversation = Conversation.of(
 *         Message.system(Content.System.DEFAULT),
 *         Message.developer(Content.developer("You are a helpful assistant.", weather)),
 *         Message.user("What is the weather in Tokyo?"));
 * ToolLoop loop = new ToolLoop(new HarmonyModel(tokenizer, new Generator(model)))
 *         .withTool(Recipient.function("get_weather"), arguments -> "sunny");
 * LoopResult result = loop.run(conversation, event -> {});
 * }</pre>
 *
 * <p>The conversation says which tools the model knows; the loop has the functions that do their work. A call whose name is not quite
 * that of a tool is a call of the tool that it means ({@link Recipient#among}), and its message has that tool's name. Only the assistant
 * speaks in a model's turn: what the model says for others is in {@link LoopResult#inventedMessages()}, and not in the conversation.
 *
 * <p>What the model writes keeps its tokens ({@link TokenHistory}): each prompt is the last one, what was generated after it, and the results,
 * so that a runtime reads only what is new.
 *
 * <p>Immutable; a loop runs as many conversations at a time as its model has turns.
 */
public final class ToolLoop {
    private final HarmonyModel model;
    private final GenerationOptions options;
    private final Map<Recipient, ToolFunction> tools;
    private final LoopLimits limits;
    private final BooleanSupplier cancelled;

    /** Makes a loop without tools, with {@link GenerationOptions#DEFAULT} and {@link LoopLimits#DEFAULT}. */
    public ToolLoop(HarmonyModel model) {
        this(model, GenerationOptions.DEFAULT, Map.of(), LoopLimits.DEFAULT, () -> false);
    }

    private ToolLoop(
            HarmonyModel model,
            GenerationOptions options,
            Map<Recipient, ToolFunction> tools,
            LoopLimits limits,
            BooleanSupplier cancelled) {
        this.model = requireNonNull(model, "model");
        this.options = requireNonNull(options, "options");
        this.tools = tools;
        this.limits = requireNonNull(limits, "limits");
        this.cancelled = requireNonNull(cancelled, "cancelled");
    }

    /**
     * Returns a loop with one more tool.
     *
     * @param tool the tool as the model addresses it, as in {@code Recipient.function("get_weather")}
     */
    public ToolLoop withTool(Recipient tool, ToolFunction function) {
        Map<Recipient, ToolFunction> more = new LinkedHashMap<>(tools);
        more.put(requireNonNull(tool, "tool"), requireNonNull(function, "function"));
        return new ToolLoop(model, options, more, limits, cancelled);
    }

    /** Returns a loop with more tools, as {@link #withTool} adds one. */
    public ToolLoop withTools(Map<Recipient, ? extends ToolFunction> functions) {
        ToolLoop more = this;
        for (Map.Entry<Recipient, ? extends ToolFunction> entry :
                requireNonNull(functions, "functions").entrySet()) {
            more = more.withTool(entry.getKey(), entry.getValue());
        }
        return more;
    }

    /** Returns a loop that generates with other options. */
    public ToolLoop withOptions(GenerationOptions newOptions) {
        return new ToolLoop(model, newOptions, tools, limits, cancelled);
    }

    /** Returns a loop with other limits. */
    public ToolLoop withLimits(LoopLimits newLimits) {
        return new ToolLoop(model, options, tools, newLimits, cancelled);
    }

    /**
     * Returns a loop that ends when the question is answered with true; it is asked before each round, token and call. A loop whose thread
     * is interrupted ends in the same way.
     */
    public ToolLoop withCancelled(BooleanSupplier newCancelled) {
        return new ToolLoop(model, options, tools, limits, newCancelled);
    }

    /**
     * Lets the model answer.
     *
     * @param conversation what was said; the model is to say what comes next
     * @param listener hears what happens, as it happens
     * @throws PromptTooLongException if the conversation is longer than the model's context; where it becomes so by what the model and the
     *     tools say, the loop ends with {@link LoopResult.Ending#TOKENS}
     * @throws IllegalArgumentException if the conversation cannot be rendered
     */
    public LoopResult run(Conversation conversation, Consumer<LoopEvent> listener) {
        return run(model.history(conversation), listener);
    }

    /**
     * Lets the model answer, as {@link #run(Conversation, Consumer)}, and goes on from a history: the result of the last run, with what the
     * user says next, for instance.
     *
     * <pre>{@code
     * LoopResult first = loop.run(conversation, listener);
     * LoopResult next = loop.run(first.history().with(List.of(Message.user("And tomorrow?"))), listener);
     * }</pre>
     */
    public LoopResult run(TokenHistory history, Consumer<LoopEvent> listener) {
        return new Run(history, listener).run();
    }

    /** One conversation on its way. */
    private final class Run implements TurnListener {
        private final Consumer<LoopEvent> listener;

        /** Those that the conversation declares, and those that the loop has. */
        private final Set<Recipient> knownTools;

        private TokenHistory history;
        private int rounds;
        private int generated;
        private @Nullable String answer;
        private final List<Message> invented = new ArrayList<>();

        Run(TokenHistory history, Consumer<LoopEvent> listener) {
            this.history = requireNonNull(history, "history");
            this.listener = requireNonNull(listener, "listener");
            this.knownTools = new LinkedHashSet<>(history.conversation().declaredTools());
            this.knownTools.addAll(tools.keySet());
        }

        LoopResult run() {
            while (rounds < limits.rounds()) {
                if (isCancelled()) {
                    return result(LoopResult.Ending.CANCELLED);
                }
                rounds++;
                Answer turn;
                try {
                    turn = model.turn(history.prompt(), knownTools, limitedOptions(), delta -> {}, this);
                } catch (PromptTooLongException e) {
                    if (rounds == 1) {
                        throw e;
                    }
                    return result(LoopResult.Ending.TOKENS);
                }
                List<Message> messages =
                        turn.messages().stream().map(this::withKnownTool).toList();
                List<Message> calls =
                        messages.stream().filter(Message::isToolCall).toList();
                history = history.withGenerated(turn.generation().tokens(), messages);
                invented.addAll(turn.inventedMessages());
                answer = answerOf(messages, !calls.isEmpty());
                switch (turn.generation().finishReason()) {
                    case LENGTH -> {
                        return result(LoopResult.Ending.TOKENS);
                    }
                    case CANCELLED -> {
                        return result(LoopResult.Ending.CANCELLED);
                    }
                    case STOP, TOOL_CALLS -> {}
                }
                if (calls.isEmpty()) {
                    return result(answer == null ? LoopResult.Ending.NO_ANSWER : LoopResult.Ending.ANSWERED);
                }
                for (Message call : calls) {
                    if (isCancelled()) {
                        return result(LoopResult.Ending.CANCELLED);
                    }
                    history = history.with(List.of(toolMessage(call)));
                }
                if (isCancelled()) {
                    return result(LoopResult.Ending.CANCELLED);
                }
                if (generated >= limits.tokens()) {
                    return result(LoopResult.Ending.TOKENS);
                }
            }
            return result(LoopResult.Ending.ROUNDS);
        }

        private boolean isCancelled() {
            return Thread.currentThread().isInterrupted() || cancelled.getAsBoolean();
        }

        private TurnOptions limitedOptions() {
            int left = limits.tokens() - generated;
            return TurnOptions.DEFAULT.withGeneration(
                    options.withMaxTokens(Math.min(options.maxTokens(), left)).withCancelled(cancelled));
        }

        /** Returns a call with the name of the tool that it means; other messages as they are. */
        private Message withKnownTool(Message message) {
            return message.isToolCall()
                    ? requireNonNull(message.recipient())
                            .among(knownTools)
                            .map(message::withRecipient)
                            .orElse(message)
                    : message;
        }

        /** Returns what the messages of a turn say to the user as their answer; null if that is nothing. */
        private static @Nullable String answerOf(List<Message> messages, boolean hasCalls) {
            List<Message> shown = messages.stream()
                    .filter(message -> !message.isToolCall()
                            && !Header.of(message).isReasoning()
                            && !message.text().isBlank())
                    .toList();
            List<Message> answers = shown.stream()
                    .filter(message -> !Channel.COMMENTARY.equals(message.channel()))
                    .toList();
            // commentary announces a call; where none follows, it may be all that the user gets
            List<Message> said = answers.isEmpty() && !hasCalls ? shown : answers;
            return said.isEmpty()
                    ? null
                    : said.stream().map(Message::text).collect(Collectors.joining(ChatStream.BETWEEN_MESSAGES));
        }

        @Override
        public void asked(int[] prompt) {
            listener.accept(new LoopEvent.RoundStarted(rounds, prompt));
        }

        @Override
        public void generated(GeneratedToken token) {
            generated++;
            listener.accept(new LoopEvent.Generated(token.id()));
        }

        @Override
        public void parsed(ParseEvent event) {
            listener.accept(new LoopEvent.Parsed(event));
        }

        /** Calls a tool, and returns the message with its result. */
        private Message toolMessage(Message call) {
            Recipient tool = requireNonNull(call.recipient());
            listener.accept(new LoopEvent.ToolCalled(tool, call.text()));
            LoopEvent.ToolAnswered answered = answered(tool, call.text());
            listener.accept(answered);
            // A tool answers where it was called: python is called on the analysis channel.
            return Message.tool(tool, answered.text())
                    .withChannel(call.channel() == null ? Channel.COMMENTARY : call.channel());
        }

        private LoopEvent.ToolAnswered answered(Recipient tool, String arguments) {
            ToolFunction function = tools.get(tool);
            if (function == null) {
                List<String> names =
                        tools.keySet().stream().map(Recipient::name).sorted().toList();
                return failed(tool, "there is no tool " + tool + "; there are " + names);
            }
            try {
                String result = function.call(arguments);
                return result == null
                        ? failed(tool, "expected a text from the tool but found null")
                        : new LoopEvent.ToolAnswered(tool, result, false);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // which ends the loop
                return failed(tool, "interrupted");
            } catch (Exception e) {
                return failed(tool, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
            }
        }

        private static LoopEvent.ToolAnswered failed(Recipient tool, String why) {
            return new LoopEvent.ToolAnswered(tool, "error: " + why, true);
        }

        private LoopResult result(LoopResult.Ending ending) {
            return new LoopResult(history, answer, ending, rounds, generated, invented);
        }
    }
}
