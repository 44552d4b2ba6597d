package io.harmony4j.loop;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Channel;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.parse.ParseEvent;
import io.harmony4j.parse.ParseOptions;
import io.harmony4j.parse.StreamParser;
import io.harmony4j.render.HarmonyRenderer;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Lets a model answer, with tools: renders the conversation, generates, parses, calls, and begins again with the tools' results.
 *
 * <pre>{@code
 * Conversation conversation = Conversation.of(
 *         Message.system(Content.System.DEFAULT),
 *         Message.developer(Content.Developer.EMPTY.withTools(ToolNamespace.functions(weather))),
 *         Message.user("What is the weather in Tokyo?"));
 * ToolLoop loop = new ToolLoop(tokenizer, TokenGenerator.of(new Generator(model), GenerationOptions.DEFAULT))
 *         .withTool("functions.get_weather", arguments -> "sunny");
 * LoopResult result = loop.run(conversation, event -> {});
 * }</pre>
 *
 * <p>The conversation says which tools the model knows; the loop has the functions behind them. Parsing is in RECOVER mode: whatever the
 * model generates, nothing of it is lost. Immutable; a loop runs as many conversations, one after the other, as its generator does.
 */
public final class ToolLoop {
    private final Tokenizer tokenizer;
    private final HarmonyRenderer renderer;
    private final TokenGenerator generator;
    private final Map<String, ToolFunction> tools; // by full name
    private final LoopLimits limits;
    private final BooleanSupplier cancelled;

    /** Makes a loop without tools, with {@link LoopLimits#DEFAULT}. */
    public ToolLoop(Tokenizer tokenizer, TokenGenerator generator) {
        this(tokenizer, generator, Map.of(), LoopLimits.DEFAULT, () -> false);
    }

    private ToolLoop(
            Tokenizer tokenizer,
            TokenGenerator generator,
            Map<String, ToolFunction> tools,
            LoopLimits limits,
            BooleanSupplier cancelled) {
        this.tokenizer = requireNonNull(tokenizer, "tokenizer");
        this.renderer = new HarmonyRenderer(tokenizer);
        this.generator = requireNonNull(generator, "generator");
        this.tools = tools;
        this.limits = requireNonNull(limits, "limits");
        this.cancelled = requireNonNull(cancelled, "cancelled");
    }

    /**
     * Returns a loop with one more tool.
     *
     * @param name the full name, as in {@code functions.get_weather} or {@code python}
     */
    public ToolLoop withTool(String name, ToolFunction function) {
        Map<String, ToolFunction> more = new TreeMap<>(tools);
        more.put(requireNonNull(name, "name"), requireNonNull(function, "function"));
        return new ToolLoop(tokenizer, generator, more, limits, cancelled);
    }

    /** Returns a loop with other limits. */
    public ToolLoop withLimits(LoopLimits newLimits) {
        return new ToolLoop(tokenizer, generator, tools, newLimits, cancelled);
    }

    /** Returns a loop that ends when the question is answered with true; it is asked before each round, token and call. */
    public ToolLoop withCancelled(BooleanSupplier newCancelled) {
        return new ToolLoop(tokenizer, generator, tools, limits, newCancelled);
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
    private final class Run {
        private final Consumer<LoopEvent> listener;
        private Conversation conversation;
        private int rounds;
        private int generated;
        private Optional<String> answer = Optional.empty();

        Run(Conversation conversation, Consumer<LoopEvent> listener) {
            this.conversation = conversation;
            this.listener = listener;
        }

        LoopResult run() {
            while (rounds < limits.rounds()) {
                if (cancelled.getAsBoolean()) {
                    return result(LoopResult.Ending.CANCELLED);
                }
                rounds++;
                StreamParser parser = StreamParser.create(tokenizer, options());
                TokenGenerator.Ending ending = generate(parser);
                List<Message> messages = parser.messages();
                conversation = conversation.with(messages);
                messages.stream()
                        .filter(message -> Channel.FINAL.equals(message.channel()))
                        .forEach(message -> answer = Optional.of(message.text()));
                if (ending != TokenGenerator.Ending.STOP) {
                    return result(
                            ending == TokenGenerator.Ending.LENGTH
                                    ? LoopResult.Ending.TOKENS
                                    : LoopResult.Ending.CANCELLED);
                }
                List<Message> calls = messages.stream().filter(ToolLoop::isCall).toList();
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

        private TokenGenerator.Ending generate(StreamParser parser) {
            int[] prompt = renderer.renderForCompletion(conversation, Role.ASSISTANT);
            listener.accept(new LoopEvent.RoundStarted(rounds, prompt.length));
            Consumer<ParseEvent> parsed = event -> listener.accept(new LoopEvent.Parsed(event));
            TokenGenerator.Ending ending = generator.generate(prompt, limits.tokens() - generated, cancelled, token -> {
                generated++;
                listener.accept(new LoopEvent.Generated(token));
                parser.accept(token, parsed);
            });
            parser.finish(parsed);
            return ending;
        }

        private Message answer(Message call) {
            String tool = requireNonNull(call.recipient()).name();
            listener.accept(new LoopEvent.ToolCalled(tool, call.text()));
            String text;
            boolean failed = true;
            ToolFunction function = tools.get(tool);
            if (function == null) {
                text = "error: there is no tool " + tool + "; there are " + new TreeSet<>(tools.keySet());
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

    private ParseOptions options() {
        return ParseOptions.forRole(Role.ASSISTANT)
                .withTools(tools.keySet().stream()
                        .map(name -> Recipient.of(name).toolName())
                        .collect(Collectors.toCollection(ArrayList::new)));
    }

    private static boolean isCall(Message message) {
        return message.author().role() == Role.ASSISTANT
                && message.recipient() != null
                && message.recipient().isTool();
    }
}
