package io.harmony4j.openai;

import java.util.Random;

/**
 * A program that makes both answers of outputs that a model might write, most of them malformed, until one breaks what {@link
 * AnswerChecks} says, or there were as many as asked for: {@code AnswerCampaign [COUNT [SEED]]}.
 */
final class AnswerCampaign {
    private static final int PROGRESS_EVERY = 10_000;

    private AnswerCampaign() {}

    public static void main(String[] args) {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
        for (int i = 1; i <= count; i++) {
            check(seed + i);
            if (i % PROGRESS_EVERY == 0) {
                System.err.printf("\r%,d of %,d", i, count);
            }
        }
        System.err.println();
        System.out.printf("%,d outputs, seed %d: in order, and whole when joined%n", count, seed);
    }

    private static void check(long seed) {
        Random random = new Random(seed);
        AnswerChecks checks = new AnswerChecks(RandomOutputs.rules(random), RandomOutputs.end(random));
        try {
            if (random.nextBoolean()) {
                checks.check(RandomOutputs.tokens(random));
            } else {
                String text = RandomOutputs.text(random);
                checks.check(text, RandomOutputs.chunks(random, text));
            }
        } catch (RuntimeException | AssertionError e) {
            throw new IllegalStateException("seed " + seed, e);
        }
    }
}
