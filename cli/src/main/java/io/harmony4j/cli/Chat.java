package io.harmony4j.cli;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.ReasoningEffort;
import io.harmony4j.ToolDescription;
import io.harmony4j.ToolNamespace;
import io.harmony4j.backends.BackendException;
import io.harmony4j.chat.HarmonyModel;
import io.harmony4j.chat.LoopEvent;
import io.harmony4j.chat.LoopResult;
import io.harmony4j.chat.TokenHistory;
import io.harmony4j.chat.ToolLoop;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.PromptTooLongException;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.grammar.GrammarOptions;
import io.harmony4j.grammar.GrammarTool;
import io.harmony4j.grammar.HarmonyGrammar;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.tiny.TinyTools;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** A conversation, line by line: what the user says is answered, and {@code /commands} are carried out. */
final class Chat {
    private static final String HELP = """
            /effort low|medium|high   how long the model thinks
            /tools                    the tools that it has; /tools off and /tools on
            /tokens                   the last prompt's tokens
            /reset                    forget the conversation
            /help                     this
            /quit                     end, as Ctrl-D does""";

    private final Tokenizer tokenizer = Tokenizer.o200kHarmony();
    private final HarmonyModel model;
    private final ToolLoop loop;
    private final PrintWriter out;
    private final boolean hasColor;

    private ReasoningEffort effort = ReasoningEffort.MEDIUM;
    private boolean hasTools = true;

    /** What was said, after system and developer messages, which come from the settings. */
    private TokenHistory history;

    /** The messages at the beginning of the history that come from the settings. */
    private List<Message> begins = List.of();

    private int[] lastPrompt = {};

    /**
     * @param hasGrammar whether a grammar binds the calls of the tools, for a generator that obeys one
     */
    Chat(
            TokenGenerator generator,
            boolean hasGrammar,
            AnalysisPolicy policy,
            GenerationOptions options,
            BooleanSupplier stopped,
            PrintWriter out,
            boolean hasColor) {
        this.model = new HarmonyModel(tokenizer, hasGrammar ? bound(generator) : generator)
                .withRenderOptions(RenderOptions.DEFAULT.withAnalysisPolicy(policy));
        this.history = model.history(Conversation.of());
        this.loop = new ToolLoop(model).withOptions(options).withCancelled(stopped);
        this.out = out;
        this.hasColor = hasColor;
    }

    /** Returns a generator that calls no tool but those that there are, with arguments that obey their schemas. */
    private TokenGenerator bound(TokenGenerator generator) {
        List<GrammarTool> tools = GrammarTool.of(ToolNamespace.functions(functions()), true);
        TokenGenerator calling =
                HarmonyGrammar.of(GrammarOptions.DEFAULT.withTools(tools)).bind(generator);
        return (prompt, options, tokens) -> (hasTools ? calling : generator).generate(prompt, options, tokens);
    }

    /** Takes what the user wrote; returns whether the chat goes on. */
    boolean take(String line) {
        String text = line.strip();
        if (text.equals("/quit")) {
            return false;
        }
        if (text.startsWith("/")) {
            obey(List.of(text.split("\\s+")));
        } else if (!text.isEmpty()) {
            answer(text);
        }
        out.flush();
        return true;
    }

    private void obey(List<String> words) {
        String argument = words.size() > 1 ? words.get(1) : "";
        switch (words.get(0)) {
            case "/effort" -> setEffort(argument);
            case "/tools" -> setTools(argument);
            case "/tokens" -> showTokens();
            case "/reset" -> {
                history = model.history(Conversation.of());
                begins = List.of();
                out.println("The conversation begins anew.");
            }
            case "/help" -> out.println(HELP);
            default -> out.println("expected a command but found " + words.get(0) + "; /help lists them");
        }
    }

    private void setEffort(String argument) {
        for (ReasoningEffort candidate : ReasoningEffort.values()) {
            if (candidate.name().equalsIgnoreCase(argument)) {
                effort = candidate;
            }
        }
        if (!argument.isEmpty() && !effort.name().equalsIgnoreCase(argument)) {
            out.println("expected low, medium or high but found " + argument);
        }
        out.println("Effort: " + effort.name().toLowerCase(Locale.ROOT));
    }

    private void setTools(String argument) {
        if (argument.equals("on") || argument.equals("off")) {
            hasTools = argument.equals("on");
        } else if (!argument.isEmpty()) {
            out.println("expected on or off but found " + argument);
        }
        if (hasTools) {
            TinyTools.functions().forEach(tool -> out.println(tool.name() + "  " + tool.description()));
        } else {
            out.println("No tools.");
        }
    }

    private void showTokens() {
        if (lastPrompt.length == 0) {
            out.println("There was no prompt yet.");
            return;
        }
        for (int i = 0; i < lastPrompt.length; i++) {
            String text = tokenizer.decode(new int[] {lastPrompt[i]});
            out.print(hasColor ? Terminal.token(text, i, tokenizer.isSpecial(lastPrompt[i])) : text);
        }
        out.println();
        out.println(lastPrompt.length + " tokens");
    }

    private void answer(String text) {
        TokenHistory asked = history().with(List.of(Message.user(text)));
        LoopTranscript transcript = new LoopTranscript(out, hasColor);
        try {
            LoopResult result = loop().run(asked, event -> {
                if (event instanceof LoopEvent.RoundStarted round) {
                    lastPrompt = round.prompt();
                }
                transcript.accept(event);
            });
            history = result.history();
            show(result);
            out.println(transcript.speed());
        } catch (PromptTooLongException e) {
            out.println(e.getMessage() + "; /reset forgets the conversation");
        } catch (BackendException e) {
            out.println();
            out.println(ErrorLine.of(e));
        }
        out.println();
    }

    /** Returns what was said, after the settings as they are now; where they have changed, all of it is rendered anew. */
    private TokenHistory history() {
        List<Message> settings = settings();
        if (!settings.equals(begins)) {
            List<Message> all = history.conversation().messages();
            history = model.history(new Conversation(settings).with(all.subList(begins.size(), all.size())));
            begins = settings;
        }
        return history;
    }

    private ToolLoop loop() {
        return hasTools
                ? loop.withTools(TinyToolbox.functions(
                        ToolNamespace.functions(functions()).recipients()))
                : loop;
    }

    /** Says what is not seen in the messages. */
    private void show(LoopResult result) {
        if (result.ending() != LoopResult.Ending.ANSWERED) {
            out.println("(ended by: "
                    + result.ending().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")");
        }
        for (Message invented : result.inventedMessages()) {
            out.println("(left out of the conversation: what the model wrote in the name of the "
                    + invented.author().role().wireName() + ")");
        }
    }

    private List<Message> settings() {
        List<Message> settings = new ArrayList<>();
        settings.add(Message.system(Content.System.DEFAULT.withReasoningEffort(effort)));
        if (hasTools) {
            settings.add(Message.developer(Content.developer("You are a helpful assistant.", functions())));
        }
        return settings;
    }

    private static ToolDescription[] functions() {
        return TinyTools.functions().toArray(ToolDescription[]::new);
    }
}
