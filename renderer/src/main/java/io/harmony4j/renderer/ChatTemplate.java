package io.harmony4j.renderer;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Message;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import io.harmony4j.tokenizer.Tokenizer;
import java.time.LocalDate;
import java.util.Map;

/**
 * The chat template that gpt-oss has on Hugging Face: what transformers, SGLang, llama.cpp and others give the model for the messages of a
 * chat, and what trainers learn from. Its text, letter by letter, and its tokens, but for control tokens that a message spells out: those
 * stay text here, as in all renderings.
 *
 * <pre>{@code
 * String chat = """
 *         {"messages": [{"role": "system", "content": "Answer briefly."}, {"role": "user", "content": "Hello"}],
 *          "tools": [], "reasoning_effort": "high"}""";
 * ChatTemplate template = new ChatTemplate(Tokenizer.o200kHarmony(), LocalDate.of(2026, 1, 1));
 * int[] prompt = template.renderingForCompletion(chat).tokens();
 * }</pre>
 *
 * <p>A chat is a JSON object of what the template is given: {@code messages}, {@code tools}, {@code model_identity}, {@code reasoning_effort} and
 * {@code builtin_tools}, the last three also within {@code chat_template_kwargs}, where they win, as servers have it. So the body of a request to
 * Chat Completions is one. The template knows no other fields and no other shapes: a thought is {@code thinking}, content is a string, arguments
 * are an object (a string is encoded once more), and of several calls in a message only the first is written.
 *
 * <p>The indices in a rendering count all that the chat stands for: the system's message, the developer's if there is one, then what each
 * message of the chat becomes, a thought and a call for instance. {@link Rendering#dropped()} has those that the template leaves out: thoughts,
 * later instructions, further calls. Thread-safe.
 *
 * @see Dialect#HF
 */
public final class ChatTemplate {
    /** The member that holds variables in a request to a server. */
    static final String SETTINGS = "chat_template_kwargs";

    private final Tokenizer tokenizer;
    private final LocalDate date;
    private final WordCache words;
    private final ToolCache tools;

    /**
     * Creates a template.
     *
     * @param date the current date, which the system's message tells
     * @throws IllegalArgumentException if the tokenizer lacks the special tokens of Harmony, as {@code o200k_base} does
     */
    public ChatTemplate(Tokenizer tokenizer, LocalDate date) {
        this.tokenizer = HarmonyRenderer.requireHarmony(tokenizer);
        this.date = requireNonNull(date, "date");
        this.words = new WordCache(tokenizer);
        this.tools = new ToolCache(tokenizer, PromptText.HF::of);
    }

    /**
     * Returns the prompt for the assistant's next message, as with {@code add_generation_prompt}. Thoughts beside answers are left out, and those
     * beside calls if an answer comes after them.
     *
     * @throws IllegalArgumentException if the text is no JSON, or the template cannot write it; the text of the exception has the place and what
     *     to do
     */
    public Rendering renderingForCompletion(String chatJson) {
        return rendering(chatJson, true);
    }

    /**
     * Returns an example to train on, as without {@code add_generation_prompt}: if the last message is an answer, its thought is kept, and the last token is
     * {@code <|return|>}.
     *
     * @throws IllegalArgumentException as {@link #renderingForCompletion}
     * @see LossMask#TRL
     * @see UnslothMask
     */
    public Rendering renderingForTraining(String chatJson) {
        return rendering(chatJson, false);
    }

    private Rendering rendering(String chatJson, boolean isPrompt) {
        JsonValue variables = Json.parseAny(requireNonNull(chatJson, "chatJson"));
        if (!variables.isObject()) {
            throw variables.unexpected("an object with the messages of a chat", "$");
        }
        HfChat chat = new HfChat(variables, date, isPrompt);
        SpanRecorder spans = new SpanRecorder();
        TokenWriter out = new TokenWriter(tokenizer, words, tools);
        out.record(spans);
        MessageWriter writer = new MessageWriter(out, Dialect.HF, false);
        for (Map.Entry<Integer, Message> message : chat.messages().entrySet()) {
            writer.write(message.getValue(), message.getKey());
        }
        if (isPrompt) {
            out.message(chat.count());
            out.part(PromptPart.NEXT_MESSAGE);
            out.special(SpecialToken.START);
            out.word(Role.ASSISTANT.wireName());
        } else if (chat.endsWithAnswer()) {
            out.replaceLast(SpecialToken.RETURN);
        }
        return spans.finish(out.toArray(), chat.count(), null);
    }
}
