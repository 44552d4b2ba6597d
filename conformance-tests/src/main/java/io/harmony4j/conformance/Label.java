package io.harmony4j.conformance;

import io.harmony4j.conformance.TestVector.Level;
import java.util.Set;

/** What an implementation may call itself if it has passed all vectors that the label asks for. */
public enum Label {
    /** It reads text and tokens as the format says. */
    CORE("Core", Level.MUST),
    /** It renders conversations to the tokens that the model knows. */
    RENDERER("Renderer", Level.MUST),
    /** It loses nothing and shows no control token, whatever the model writes. */
    ROBUST("Robust", Level.SHOULD),
    /** It speaks OpenAI's two APIs as their clients read them. */
    SERVER_API("Server-API", Level.MUST);

    private final String text;
    private final Level level;

    Label(String text, Level level) {
        this.text = text;
        this.level = level;
    }

    private Set<String> categories() {
        return switch (this) {
            case CORE ->
                Set.of("tokenizer", "code-points", "special-tokens", "decoding", "stop-tokens", "parse-canonical");
            case RENDERER ->
                Set.of(
                        "render-system",
                        "render-developer",
                        "render-tools",
                        "render-history",
                        "render-drop-analysis",
                        "render-training",
                        "schema");
            case ROBUST ->
                Set.of(
                        "parse-canonical",
                        "parse-variant",
                        "parse-malformed",
                        "truncation",
                        "chunks",
                        "injection",
                        "chat");
            case SERVER_API ->
                Set.of(
                        "chat-request",
                        "chat-answer",
                        "chat-stream",
                        "responses-request",
                        "responses-answer",
                        "responses-stream");
        };
    }

    /** Returns whether the label asks for vectors of this category and level. */
    boolean asksFor(String category, Level of) {
        return of.compareTo(level) <= 0 && categories().contains(category);
    }

    /** Returns the label as reports have it, as in {@code Core}. */
    @Override
    public String toString() {
        return text;
    }
}
