package io.harmony4j.jmh;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A source of words and sentences, random but the same for the same seed. Common words come more often than rare ones. Not
 * thread-safe.
 */
final class Words {
    private static final List<String> ENGLISH = load("english.txt");
    private static final List<String> RUSSIAN = load("russian.txt");
    private static final List<String> CHINESE = load("chinese.txt");

    private static final List<String> ENGLISH_ENDINGS = List.of("ness", "ing", "less", "ward", "ish", "able", "s");
    private static final List<String> RUSSIAN_ENDINGS = List.of("ами", "ого", "ыми", "ться", "ной", "ении", "ях", "у");

    private final Random random;

    Words(long seed) {
        random = new Random(seed);
    }

    /** Returns a number from 0 to one less than the bound. */
    int number(int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(int chances) {
        return number(chances) == 0;
    }

    /** Returns an English word, now and then a made-up one. */
    String english() {
        return derived(common(ENGLISH), 20, ENGLISH_ENDINGS);
    }

    /** Returns a sentence without a line end. */
    String englishSentence() {
        return sentence(this::english);
    }

    /** Returns a sentence without a line end. */
    String russianSentence() {
        return sentence(() -> derived(common(RUSSIAN), 4, RUSSIAN_ENDINGS));
    }

    /** Returns a sentence without a line end. */
    String chineseSentence() {
        StringBuilder sentence = new StringBuilder();
        int length = 5 + number(20);
        for (int i = 0; i < length; i++) {
            sentence.append(common(CHINESE));
            if (i < length - 1 && oneIn(7)) {
                sentence.append(oneIn(4) ? "、" : "，");
            }
            if (oneIn(40)) {
                sentence.append(number(2000));
            }
        }
        return sentence.append(oneIn(8) ? "？" : "。").toString();
    }

    /** Returns a number of sentences, separated as given. */
    String several(int count, String separator, Supplier<String> sentence) {
        return Stream.generate(sentence).limit(count).collect(Collectors.joining(separator));
    }

    /** Returns a name as of a variable, {@code largeLetter} for instance. */
    String variable() {
        return oneIn(3) ? common(ENGLISH) : common(ENGLISH) + type();
    }

    /** Returns a name as of a class. */
    String type() {
        return capitalised(common(ENGLISH));
    }

    String any(List<String> choices) {
        return choices.get(number(choices.size()));
    }

    /** Returns a word of a list whose first words are the most common. */
    private String common(List<String> words) {
        double x = random.nextDouble();
        return words.get((int) (words.size() * x * x));
    }

    private String derived(String word, int oneIn, List<String> endings) {
        return oneIn(oneIn) ? word + any(endings) : word;
    }

    private String sentence(Supplier<String> word) {
        StringBuilder sentence = new StringBuilder(capitalised(word.get()));
        int length = 4 + number(18);
        for (int i = 0; i < length; i++) {
            sentence.append(oneIn(9) ? ", " : " ").append(oneIn(50) ? Integer.toString(number(2100)) : word.get());
        }
        return sentence.append(any(List.of(".", ".", ".", ".", "?", "!"))).toString();
    }

    private static String capitalised(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static List<String> load(String name) {
        try (InputStream resource = requireNonNull(Words.class.getResourceAsStream(name), name)) {
            String words = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            return List.of(words.strip().split("\\s+"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
