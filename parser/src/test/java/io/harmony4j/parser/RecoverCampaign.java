package io.harmony4j.parser;

import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A program that feeds RECOVER with arbitrary token sequences, mutations of good ones, and special tokens, header words and words
 * that occur once, under all options, until it throws, breaks an invariant, loses a word without saying so, or has had as many as
 * asked for: {@code RecoverCampaign [COUNT [SEED]]}.
 */
final class RecoverCampaign {
    private static final int PROGRESS_EVERY = 10_000;
    private static final int MAX_LENGTH = 60;
    private static final String GOOD = "<|start|>assistant<|channel|>analysis<|message|>Let me see.<|end|>"
            + "<|start|>assistant<|channel|>commentary to=functions.f <|constrain|>json<|message|>{\"a\":[1,2]}<|call|>"
            + "<|start|>functions.f to=assistant<|channel|>commentary<|message|>7<|end|>"
            + "<|start|>assistant<|channel|>final<|message|>Seven \ud83e\udd84.<|return|>";

    private static final SpecialToken[] SPECIAL = SpecialToken.values();
    private static final List<String> HEADER_WORDS = List.of(
            "assistant",
            " to=",
            " json",
            "final",
            "analysis",
            "commentary",
            " ",
            "\n",
            "functions.",
            "{",
            "}",
            "user",
            "tool",
            "lookup",
            ". A",
            "\u00e9");

    private final Random random;
    private final int[] good = TokenStreams.tokens(GOOD);
    private final int[] common;

    private RecoverCampaign(long seed) {
        random = new Random(seed);
        List<Integer> ids = new ArrayList<>();
        for (SpecialToken token : SpecialToken.values()) {
            ids.add(token.id());
        }
        Arrays.stream(good).forEach(ids::add);
        common = ids.stream().mapToInt(Integer::intValue).toArray();
    }

    public static void main(String[] args) {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
        RecoverCampaign campaign = new RecoverCampaign(seed);
        long messages = 0;
        long diagnostics = 0;
        for (int i = 1; i <= count; i++) {
            StreamParser parser = campaign.check(campaign.next());
            campaign.checkWords();
            messages += parser.messages().size();
            diagnostics += parser.diagnostics().size();
            if (i % PROGRESS_EVERY == 0) {
                System.err.printf("\r%,d of %,d", i, count);
            }
        }
        System.err.println();
        System.out.printf(
                "%,d sequences, seed %d: no exception, no broken invariant; %,d messages, %,d diagnostics%n",
                count, seed, messages, diagnostics);
    }

    private int[] next() {
        if (random.nextBoolean()) {
            return random.ints(random.nextInt(MAX_LENGTH), -1, 201_100)
                    .map(any -> random.nextInt(4) > 0 ? common[random.nextInt(common.length)] : any)
                    .toArray();
        }
        List<Integer> mutated = Arrays.stream(good).boxed().collect(Collectors.toList());
        for (int changes = random.nextInt(4); changes >= 0 && !mutated.isEmpty(); changes--) {
            int at = random.nextInt(mutated.size());
            switch (random.nextInt(3)) {
                case 0 -> mutated.remove(at);
                case 1 -> mutated.add(at, common[random.nextInt(common.length)]);
                default -> mutated.subList(at, mutated.size()).clear();
            }
        }
        return mutated.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Parses special tokens, words of headers, and words that occur once; each of these must be found again. */
    private void checkWords() {
        List<String> words = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int parts = random.nextInt(MAX_LENGTH / 2); parts >= 0; parts--) {
            switch (random.nextInt(3)) {
                case 0 -> text.append(SPECIAL[random.nextInt(SPECIAL.length)].literal());
                case 1 -> text.append(HEADER_WORDS.get(random.nextInt(HEADER_WORDS.size())));
                default -> {
                    words.add(TokenStreams.MARKED_WORDS.get(words.size()));
                    text.append(' ').append(words.get(words.size() - 1));
                }
            }
        }
        ParseOptions options = options();
        StreamParser parser = TokenStreams.run(options, event -> {}, TokenStreams.tokens(text.toString()));
        String messages = parser.messages().toString();
        String lost = parser.diagnostics().stream()
                .filter(diagnostic -> diagnostic.severity() == Diagnostic.Severity.LOSS)
                .toList()
                .toString();
        for (String word : words) {
            if (!messages.contains(word) && !lost.contains(word)) {
                throw new IllegalStateException(
                        options + " lost " + word + " of " + text + ": " + messages + parser.diagnostics());
            }
        }
        checkChunks(options, text.toString(), parser.messages());
    }

    /** Parses a text in chunks, which must give the same messages. */
    private void checkChunks(ParseOptions options, String text, List<Message> expected) {
        TextParser parser = new TextParser(options, event -> {});
        for (int at = 0; at < text.length(); ) {
            int end = Math.min(text.length(), at + 1 + random.nextInt(8));
            parser.accept(text.substring(at, end));
            at = end;
        }
        parser.finish();
        if (!parser.messages().equals(expected)) {
            throw new IllegalStateException(options + " in chunks of " + text + ": " + parser.messages());
        }
    }

    /** Returns options at random; the limits are those of the default. */
    private ParseOptions options() {
        ParseOptions options = ParseOptions.DEFAULT.withRole(random.nextBoolean() ? Role.ASSISTANT : null);
        options = random.nextInt(3) > 0 ? options : options.withTools(List.of(Recipient.function("lookup")));
        options = random.nextInt(8) > 0 ? options : options.withPrefill("<|channel|>analysis<|message|>");
        return random.nextBoolean() ? options : options.stripped();
    }

    private StreamParser check(int[] tokens) {
        ParseLimits limits = random.nextBoolean()
                ? ParseLimits.DEFAULT
                : ParseLimits.DEFAULT
                        .withHeaderLength(1 + random.nextInt(60))
                        .withMessageLength(1 + random.nextInt(40))
                        .withMessages(1 + random.nextInt(4))
                        .withDiagnostics(1 + random.nextInt(10));
        ParseOptions options = options().withLimits(limits);
        StringBuilder deltas = new StringBuilder();
        try {
            StreamParser parser = TokenStreams.run(
                    options,
                    event -> {
                        if (event instanceof ParseEvent.ContentDelta delta) {
                            deltas.append(delta.text());
                        }
                    },
                    tokens);
            String texts = parser.messages().stream().map(Message::text).collect(Collectors.joining());
            boolean showsControl =
                    Arrays.stream(SpecialToken.values()).anyMatch(token -> texts.contains(token.literal()));
            boolean isCut = parser.messages().size() == limits.messages();
            boolean isOver = parser.messages().size() > limits.messages()
                    || parser.diagnostics().size() > limits.diagnostics()
                    || parser.messages().stream().anyMatch(m -> m.text().length() > limits.messageLength());
            if (!(isCut
                            ? deltas.toString().startsWith(texts)
                            : deltas.toString().equals(texts))
                    || isOver
                    || showsControl
                    || parser.usage().total() != tokens.length) {
                throw new IllegalStateException(
                        "broken invariant: " + deltas + " / " + parser.messages() + parser.diagnostics());
            }
            return parser;
        } catch (RuntimeException e) {
            throw new IllegalStateException(options + " on " + Arrays.toString(tokens), e);
        }
    }
}
