package io.harmony4j.parser;

import io.harmony4j.Recipient;
import io.harmony4j.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A program that shows that reading a stream takes time in proportion to its length, whatever it repeats: it prints nanoseconds for
 * a character, for streams of {@code LENGTH} characters (a million by default), of twice and of four times as many:
 * {@code LinearTime [LENGTH]}.
 */
final class LinearTime {
    private static final List<String> PARTS = List.of(
            "word ",
            "a",
            " ",
            "\n",
            "assistant ",
            "assistantfinal",
            "assistant final ",
            "final to=f json ",
            "commentary to=",
            "to=f",
            "{",
            "{\"a\":[1]} ",
            "<",
            "<|channel|>",
            "<|channel|>final",
            "<|start|>assistant",
            "<|message|>",
            "<|constrain|>json",
            "<|end|>final",
            "<|return|>",
            "\ud83e\udd84");

    private static final List<String> BEGINNINGS = List.of(
            "",
            "analysis",
            "<|channel|>analysis",
            "<|channel|>analysis<|message|>",
            "<|channel|>commentary to=f<|message|><|channel|>analysis<|message|>{");

    private LinearTime() {}

    public static void main(String[] args) {
        int length = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        ParseOptions assistant =
                ParseOptions.forRole(Role.ASSISTANT).withTools(List.of(Recipient.function("f"), Recipient.of("a")));
        Map<String, ParseOptions> all = new LinkedHashMap<>();
        all.put("default", assistant);
        all.put("stripped", assistant.stripped());
        System.out.println(
                "ns a character: 1x 2x 4x in one chunk | 1x 2x 4x in chunks of 4 | options | beginning | part");
        all.forEach((name, options) -> {
            for (String begin : BEGINNINGS) {
                for (String part : PARTS) {
                    System.out.printf(
                            "%s|%s | %s | %s | %s%n",
                            times(length, begin, part, text -> HarmonyParser.parse(text, options)),
                            times(length, begin, part, text -> inChunks(options, text)),
                            name,
                            begin,
                            part.replace("\n", "\\n"));
                }
            }
        });
    }

    private static String times(int length, String begin, String part, Consumer<String> parse) {
        StringBuilder row = new StringBuilder();
        for (int factor = 1; factor <= 4; factor *= 2) {
            String text = begin + part.repeat(factor * length / part.length());
            parse.accept(text.substring(0, Math.min(text.length(), 20_000)));
            long start = System.nanoTime();
            parse.accept(text);
            row.append(String.format("%6.1f ", (System.nanoTime() - start) / (double) text.length()));
        }
        return row.toString();
    }

    private static void inChunks(ParseOptions options, String text) {
        TextParser parser = new TextParser(options, event -> {});
        for (int at = 0; at < text.length(); at += 4) {
            parser.accept(text.substring(at, Math.min(text.length(), at + 4)));
        }
        parser.finish();
    }
}
