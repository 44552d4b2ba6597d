package io.harmony4j.bench;

import java.util.List;

/** A program that speaks the protocol of the engine's peers, well or badly; its speeds are made up. */
final class FakeEngine {
    private FakeEngine() {}

    public static void main(String[] args) {
        List<String> expected = List.of("a model", "2", "5", "3");
        List<String> found = List.of(args).subList(1, args.length);
        if (!found.equals(expected)) {
            throw new IllegalArgumentException("expected " + expected + " but found " + found);
        }
        switch (args[0]) {
            case "right" -> System.out.println("{\"prompt_tokens_per_s\": 18.8, \"tokens_per_s\": 9}");
            case "slow" -> System.out.println("{\"prompt_tokens_per_s\": 18.8, \"tokens_per_s\": 0}");
            case "garbage" -> System.out.println("9 tokens a second");
            default -> throw new IllegalArgumentException("expected a way to behave but found " + args[0]);
        }
    }
}
