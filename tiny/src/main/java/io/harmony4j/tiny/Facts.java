package io.harmony4j.tiny;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.math.BigDecimal;
import java.util.Locale;

/** What the tools answer. */
interface Facts {
    /** Returns the answer of a function tool to its one argument, as JSON. */
    String answer(Purpose purpose, String argument);

    /** Returns what a Python program prints. */
    String python(String program);

    static String weather(int temperature, String sky) {
        return object("weather", temperature + " degrees and " + sky);
    }

    static String time(int hour, int minute) {
        return object("time", String.format(Locale.ROOT, "%02d:%02d", hour, minute));
    }

    static String phone(int area, int number) {
        return object("phone", String.format(Locale.ROOT, "%03d-%04d", area, number));
    }

    static String result(String number) {
        return Json.write(JsonObject.of("result", number(number)));
    }

    /** Returns a number in JSON: an integer if it is one. */
    static JsonValue number(String number) {
        return Json.parse(new BigDecimal(number).toPlainString());
    }

    static String error(String text) {
        return object("error", text);
    }

    private static String object(String name, String text) {
        return Json.write(JsonObject.of(name, JsonValue.of(text)));
    }
}
