package io.harmony4j.tiny;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.harmony4j.Json;
import java.math.BigDecimal;
import java.util.Locale;

/** What the tools answer. */
interface Facts {
    /** Returns the answer of a function tool to its one argument, as JSON. */
    String answer(Purpose purpose, String argument);

    /** Returns what a Python program prints. */
    String python(String program);

    static String weather(int temperature, String sky) {
        return Json.write(object().put("weather", temperature + " degrees and " + sky));
    }

    static String time(int hour, int minute) {
        return Json.write(object().put("time", String.format(Locale.ROOT, "%02d:%02d", hour, minute)));
    }

    static String phone(int area, int number) {
        return Json.write(object().put("phone", String.format(Locale.ROOT, "%03d-%04d", area, number)));
    }

    static String result(String number) {
        return Json.write(object().set("result", number(number)));
    }

    /** Returns a number in JSON: an integer if it is one. */
    static JsonNode number(String number) {
        BigDecimal value = new BigDecimal(number);
        return value.scale() <= 0
                ? JsonNodeFactory.instance.numberNode(value.toBigInteger())
                : JsonNodeFactory.instance.numberNode(value);
    }

    static String error(String text) {
        return Json.write(object().put("error", text));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
