package io.harmony4j.tiny;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The facts behind the tools: arithmetic is right, and everything else is made up from the hash of its name, so that nobody
 * can know it but by asking. One city in ten and one person in ten are unknown.
 */
final class PhoneBook implements Facts {
    static final PhoneBook INSTANCE = new PhoneBook();

    private static final int UNKNOWN_ONE_IN = 10;

    private PhoneBook() {}

    @Override
    public String answer(Purpose purpose, String argument) {
        return switch (purpose) {
            case CALCULATE -> calculate(argument);
            case WEATHER -> isUnknown(argument) ? Facts.error("unknown city") : weather(argument);
            case TIME ->
                isUnknown(argument)
                        ? Facts.error("unknown city")
                        : Facts.time(hash(argument, "hour", 24), hash(argument, "minute", 60));
            case PHONE ->
                isUnknown(argument)
                        ? Facts.error("unknown name")
                        : Facts.phone(hash(argument, "area", 1_000), hash(argument, "number", 10_000));
        };
    }

    @Override
    public String python(String program) {
        try {
            return PythonPrint.run(program);
        } catch (IllegalArgumentException e) {
            return "error: " + e.getMessage();
        }
    }

    private static String calculate(String expression) {
        try {
            return Facts.result(Calculation.parse(expression).result());
        } catch (IllegalArgumentException e) {
            return Facts.error(String.valueOf(e.getMessage()));
        }
    }

    private static String weather(String city) {
        return Facts.weather(
                hash(city, "temperature", 51) - 12, Words.SKIES.get(hash(city, "sky", Words.SKIES.size())));
    }

    private static boolean isUnknown(String name) {
        return hash(name, "known", UNKNOWN_ONE_IN) == 0;
    }

    private static int hash(String name, String what, int bound) {
        CRC32 hash = new CRC32();
        hash.update((name + "/" + what).getBytes(StandardCharsets.UTF_8));
        return (int) (hash.getValue() % bound);
    }
}
