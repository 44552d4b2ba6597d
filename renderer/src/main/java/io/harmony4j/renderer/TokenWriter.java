package io.harmony4j.renderer;

import io.harmony4j.Message;
import io.harmony4j.SpecialToken;
import io.harmony4j.ToolNamespace;
import io.harmony4j.tokenizer.EncodedText;
import io.harmony4j.tokenizer.TokenBuffer;
import io.harmony4j.tokenizer.Tokenizer;
import org.jspecify.annotations.Nullable;

/**
 * Where a rendering goes: special tokens and, between them, texts. Every text is tokenised on its own, so the same letters in
 * two texts or in one can be different tokens. Belongs to one rendering at a time.
 */
final class TokenWriter {
    private final Tokenizer tokenizer;
    private final WordCache words;
    private final ToolCache tools;
    private final TokenBuffer tokens = new TokenBuffer();

    /** Takes what the tokens are there for; null if nobody wants to know. */
    private @Nullable SpanRecorder spans;

    TokenWriter(Tokenizer tokenizer, WordCache words, ToolCache tools) {
        this.tokenizer = tokenizer;
        this.words = words;
        this.tools = tools;
    }

    /** Has it recorded what the tokens are there for, until {@link #clear}. */
    void record(SpanRecorder recorder) {
        spans = recorder;
    }

    /** Says that another message begins. */
    void message(int index) {
        if (spans != null) {
            spans.message(index, tokens.size());
        }
    }

    /** Says that the message ends with the token that comes next. */
    void messageEnds(Message message, int start, int content) {
        if (spans != null) {
            spans.messageEnded(message, start, content, tokens.size());
        }
    }

    /** Says what is written from here on. */
    void part(PromptPart part) {
        if (spans != null) {
            spans.part(part, tokens.size());
        }
    }

    /** Says what is written from the given place of the text that comes next, in UTF-16 code units. */
    void partInText(PromptPart part, int offset) {
        if (spans != null) {
            spans.partInText(part, offset);
        }
    }

    /** Writes a special token. */
    void special(SpecialToken token) {
        tokens.add(token.id());
    }

    /** Writes text, which never yields a special token whatever it says. */
    void text(String text) {
        if (spans == null || !spans.hasPartsInText()) {
            tokenizer.encode(text, tokens);
            return;
        }
        EncodedText encoded = tokenizer.encodeWithOffsets(text);
        spans.text(encoded, tokens.size());
        tokens.addAll(encoded.tokens());
    }

    /** Writes a word of a header. */
    void word(String name) {
        word("", name);
    }

    /** Writes a word of a header, and the mark before it, as one text. */
    void word(String mark, String name) {
        tokens.addAll(words.tokens(mark, name));
    }

    /** Writes a namespace of tools, and a blank line or nothing to end it, as one text. */
    void tools(ToolNamespace namespace, String end) {
        tokens.addAll(tools.tokens(namespace, end));
    }

    /** Writes tokens that have been written before. */
    void again(int[] earlier, int from, int to) {
        for (int i = from; i < to; i++) {
            tokens.add(earlier[i]);
        }
    }

    /** Says that the message that has just been written is taken over from an earlier rendering. */
    void messageTakenOver() {
        if (spans != null) {
            spans.takenOver();
        }
    }

    /** Puts a special token in the place of the last token. */
    void replaceLast(SpecialToken token) {
        tokens.set(tokens.size() - 1, token.id());
    }

    int size() {
        return tokens.size();
    }

    int[] toArray() {
        return tokens.toArray();
    }

    /** Begins anew, with the space there is. */
    void clear() {
        tokens.clear();
        spans = null;
    }
}
