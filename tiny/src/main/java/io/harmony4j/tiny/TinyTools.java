package io.harmony4j.tiny;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Recipient;
import io.harmony4j.ToolDescription;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The tools that the tiny model has been trained with, and the Java functions that they call: a calculator, the weather, the time
 * and the phone number in a made-up phone book, and {@code python}, which runs the few one-line programs that the model writes.
 *
 * <pre>{@code
 * Content.Developer.EMPTY.withFunctions(TinyTools.CALCULATE, TinyTools.GET_WEATHER)
 * TinyTools.call(Recipient.function("calculate"), "{\"expression\":\"12 * 34\"}")    // {"result":408}
 * }</pre>
 */
public final class TinyTools {
    /** {@code calculate(expression)}: two numbers with {@code + - * /} between them. */
    public static final ToolDescription CALCULATE = Purpose.CALCULATE.usual().description();

    /** {@code get_weather(city)}: temperature and sky in words, as in {@code 20 degrees and sunny}. */
    public static final ToolDescription GET_WEATHER = Purpose.WEATHER.usual().description();

    /** {@code get_time(city)}: the time of day. */
    public static final ToolDescription GET_TIME = Purpose.TIME.usual().description();

    /** {@code find_phone(name)}: a phone number. */
    public static final ToolDescription FIND_PHONE = Purpose.PHONE.usual().description();

    private static final Map<String, Purpose> BY_NAME = byName();

    private TinyTools() {}

    /** Returns all function tools under their usual names. */
    public static List<ToolDescription> functions() {
        return List.of(CALCULATE, GET_WEATHER, GET_TIME, FIND_PHONE);
    }

    /**
     * Runs a tool.
     *
     * @param tool the recipient of the model's call: a function, under any name that the test questions use, or python
     * @param arguments the text of the call: JSON with one string, or a Python program
     * @return the tool's answer; if the tool cannot do it, a text with the word error and the reason
     * @throws IllegalArgumentException if there is no such tool
     */
    public static String call(Recipient tool, String arguments) {
        requireNonNull(arguments, "arguments");
        if (tool.equals(Call.PYTHON)) {
            return PhoneBook.INSTANCE.python(arguments);
        }
        Purpose purpose = BY_NAME.get(tool.name());
        if (purpose == null) {
            throw new IllegalArgumentException(
                    "expected one of the tools python, " + String.join(", ", BY_NAME.keySet()) + " but found " + tool);
        }
        return answer(purpose, arguments);
    }

    private static String answer(Purpose purpose, String arguments) {
        JsonValue json;
        try {
            json = Json.parse(arguments);
        } catch (IllegalArgumentException e) {
            return Facts.error("arguments are not JSON");
        }
        return Stream.concat(json.members().values().stream(), json.elements().stream())
                .filter(JsonValue::isString)
                .findFirst()
                .map(argument -> PhoneBook.INSTANCE.answer(purpose, argument.text()))
                .orElseGet(() -> Facts.error("missing argument"));
    }

    private static Map<String, Purpose> byName() {
        Map<String, Purpose> byName = new TreeMap<>();
        Arrays.stream(Purpose.values())
                .forEach(purpose -> purpose.names()
                        .forEach(name -> byName.put(Recipient.function(name).name(), purpose)));
        return byName;
    }
}
