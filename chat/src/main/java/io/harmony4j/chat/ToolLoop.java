package io.harmony4j.chat;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Channel;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.parser.ParseEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
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
 * <p>The conversation says which tools the model knows; the loop has the functions that do their work. Immutable; a loop runs as
 * many conversations at a time as its model has turns.
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

    /** Returns a loop with more tools. */
    public ToolLoop withTools(Map<Recipient, ? extends ToolFunction> functions) {
        Map<Recipient, ToolFunction> more = new LinkedHashMap<>(tools);
        more.putAll(functions);
        return new ToolLoop(model, options, more, limits, cancelled);
    }

    /** Returns a loop that generates with other options. */
    public ToolLoop withOptions(GenerationOptions newOptions) {
        return new ToolLoop(model, newOptions, tools, limits, cancelled);
    }

    /** Returns a loop with other limits. */
    public ToolLoop withLimits(LoopLimits newLimits) {
        return new ToolLoop(model, options, tools, newLimits, cancelled);
    }

    /** Returns a loop that ends when the question is answered with true; it is asked before each round, token and call. */
    public ToolLoop withCancelled(BooleanSupplier newCancelled) {
        return new ToolLoop(model, options, tools, limits, newCancelled);
    }

    /**
     * Lets the model answer.
     *
     * @param conversation what was said; the model is to say what comes next
     * @param listener hears what happens, as it happens
     * @throws IllegalArgumentException if the conversation cannot be rendered, or is longer than the model's context
     */
    public LoopResult run(Conversation conversation, Consumer<LoopEvent> listener) {
        return new Run(conversation, listener).run();
    }

    /** One conversation on its way. */
    private final class Run implements TurnListener {
        private final Consumer<LoopEvent> listener;
        private Conversation conversation;
        private int rounds;
        private int generated;
        private @Nullable String answer;

        Run(Conversation conversation, Consumer<LoopEvent> listener) {
            this.conversation = requireNonNull(conversation, "conversation");
            this.listener = requireNonNull(listener, "listener");
        }

        LoopResult run() {
            while (rounds < limits.rounds()) {
                if (cancelled.getAsBoolean()) {
                    return result(LoopResult.Ending.CANCELLED);
                }
                rounds++;
                Answer turn = model.turn(conversation, limitedOptions(), delta -> {}, this);
                take(turn.messages());
                FinishReason reason = turn.generation().finishReason();
                if (reason != FinishReason.STOP) {
                    return result(
                            reason == FinishReason.LENGTH ? LoopResult.Ending.TOKENS : LoopResult.Ending.CANCELLED);
                }
                List<Message> calls =
                        turn.messages().stream().filter(Message::isToolCall).toList();
                if (calls.isEmpty()) {
                    return result(LoopResult.Ending.ANSWERED);
                }
                for (Message call : calls) {
                    if (cancelled.getAsBoolean()) {
                        return result(LoopResult.Ending.CANCELLED);
                    }
                    conversation = conversation.with(answer(call));
                }
                if (generated >= limits.tokens()) {
                    return result(LoopResult.Ending.TOKENS);
                }
            }
            return result(LoopResult.Ending.ROUNDS);
        }

        private GenerationOptions limitedOptions() {
            int left = limits.tokens() - generated;
            return options.withMaxTokens(Math.min(options.maxTokens(), left)).withCancelled(cancelled);
        }

        private void take(List<Message> messages) {
            conversation = conversation.with(messages);
            for (Message message : messages) {
                if (Channel.FINAL.equals(message.channel())) {
                    answer = message.text();
                }
            }
        }

        @Override
        public void asked(int[] prompt) {
            listener.accept(new LoopEvent.RoundStarted(rounds, prompt.length));
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

        private Message answer(Message call) {
            Recipient tool = requireNonNull(call.recipient());
            listener.accept(new LoopEvent.ToolCalled(tool, call.text()));
            String text;
            boolean failed = true;
            ToolFunction function = tools.get(tool);
            if (function == null) {
                TreeSet<String> names = new TreeSet<>();
                tools.keySet().forEach(known -> names.add(known.name()));
                text = "error: there is no tool " + tool + "; there are " + names;
            } else {
                try {
                    text = requireNonNull(function.call(call.text()), "the tool's result");
                    failed = false;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    text = "error: interrupted";
                } catch (Exception e) {
                    text = "error: " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
                }
            }
            listener.accept(new LoopEvent.ToolAnswered(tool, text, failed));
            // A tool answers where it was called: python is called on the analysis channel.
            return Message.tool(tool, text).withChannel(call.channel() == null ? Channel.COMMENTARY : call.channel());
        }

        private LoopResult result(LoopResult.Ending ending) {
            return new LoopResult(conversation, answer, ending, rounds, generated);
        }
    }
}
