package io.harmony4j.openai;

import io.harmony4j.SpecialToken;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.tokenizer.AllowedSpecial;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Outputs of a model that may write anything: whole messages, parts of headers, words that look like them, bytes. */
final class RandomOutputs {
    private static final String START = "<|start|>assistant";
    private static final List<String> WHOLE = List.of(
            "<|channel|>analysis<|message|>Let me see.<|end|>" + START,
            "<|channel|>commentary<|message|>One moment.<|end|>" + START,
            "<|channel|>commentary to=assistant<|message|>Note.<|end|>" + START,
            "<|channel|>commentary to=functions.get_weather <|constrain|>json<|message|>{\"city\":\"Oslo\"}<|call|>"
                    + START,
            " to=functions.get_weather<|channel|>commentary json<|message|>{\"city\":\"Rome\"}<|end|>" + START,
            "<|channel|>analysis to=python code<|message|>print(1)<|call|>",
            "<|channel|>commentary to=functions.shell<|message|>{\"input\":\"ls \\\"x\\\"\"}<|call|>",
            "<|channel|>commentary to=crm.find<|message|>{}<|end|>" + START,
            "<|channel|>final<|message|>Seven \ud83e\udd84 na\u00efve STOP now.<|return|>",
            "<|start|>functions.get_weather to=assistant<|channel|>commentary<|message|>7<|end|>",
            "<|start|>user<|message|>And now?<|end|>");
    private static final List<String> PARTS = List.of(
            "assistant",
            "analysis",
            "final",
            "commentary",
            " to=functions.get_weather",
            " to=functions.shell",
            " to=crm.find",
            " to=python",
            " json",
            " code",
            "user",
            " ",
            "\n",
            "{",
            "}",
            "{\"input\":\"",
            "\"}",
            "ST",
            "OP",
            "STOP",
            "\u00e9",
            "\ud83e\udd84",
            "\u65e5\u672c",
            " Hello. ",
            " and some more words");
    private static final SpecialToken[] SPECIAL = SpecialToken.values();

    private RandomOutputs() {}

    /** Returns a text in which special tokens stand as their literals. */
    static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int parts = random.nextInt(20); parts > 0; parts--) {
            switch (random.nextInt(4)) {
                case 0 -> text.append(WHOLE.get(random.nextInt(WHOLE.size())));
                case 1 -> text.append(SPECIAL[random.nextInt(SPECIAL.length)].literal());
                default -> text.append(PARTS.get(random.nextInt(PARTS.size())));
            }
        }
        return text.toString();
    }

    /** Returns the tokens of such a text, some of them changed. */
    static int[] tokens(Random random) {
        int[] tokens = Scripted.TOKENIZER.encode(text(random), AllowedSpecial.ALL);
        for (int i = 0; i < tokens.length; i++) {
            if (random.nextInt(12) == 0) {
                // any token, a byte that may be a part of a character, or none of the vocabulary
                tokens[i] = random.nextBoolean() ? random.nextInt(201_100) - 1 : random.nextInt(256);
            }
        }
        return tokens;
    }

    /** Returns a text in chunks, which may be cut anywhere, also within a character. */
    static List<String> chunks(Random random, String text) {
        List<String> chunks = new ArrayList<>();
        int longest = 1 + random.nextInt(12);
        for (int at = 0; at < text.length(); ) {
            int end = Math.min(text.length(), at + 1 + random.nextInt(longest));
            chunks.add(text.substring(at, end));
            at = end;
        }
        return chunks;
    }

    static AnswerRules rules(Random random) {
        return new AnswerRules(
                random.nextInt(5) == 0,
                random.nextInt(3) == 0,
                random.nextBoolean(),
                random.nextBoolean() ? List.of() : List.of("STOP", "ee", "\n\ud83e\udd84", "}"),
                random.nextBoolean() ? Set.of() : Set.of(Scripted.WEATHER, Scripted.SHELL, Scripted.FIND),
                random.nextBoolean() ? Set.of() : Set.of(Scripted.SHELL),
                random.nextBoolean() ? Set.of() : Set.of("crm"),
                Set.of());
    }

    static FinishReason end(Random random) {
        FinishReason[] reasons = FinishReason.values();
        return reasons[random.nextInt(reasons.length)];
    }
}
