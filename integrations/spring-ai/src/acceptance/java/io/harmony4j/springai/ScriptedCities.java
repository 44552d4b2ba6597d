package io.harmony4j.springai;

import io.harmony4j.testkit.ScriptedModel;
import io.harmony4j.testkit.ScriptedTurn;
import java.util.List;
import java.util.regex.Pattern;

/** A model that asks for the weather of each city in the question, one call a turn with a thought, and then tells what it heard. */
final class ScriptedCities {
    private static final List<String> CITIES = List.of("San Francisco", "Tokyo", "Paris");
    private static final String USER = "<|start|>user<|message|>";
    private static final String RESULT = " to=assistant<|channel|>commentary<|message|>";

    private ScriptedCities() {}

    static HarmonySpringChatModel model() {
        return Fixed.model(ScriptedModel.of(ScriptedCities::turn));
    }

    private static ScriptedTurn turn(String prompt) {
        String turn = prompt.substring(prompt.lastIndexOf(USER));
        List<String> asked = CITIES.stream().filter(turn::contains).toList();
        List<String> results = List.of(turn.split(Pattern.quote(RESULT), -1));
        int known = results.size() - 1;
        if (known < asked.size()) {
            return ScriptedTurn.call(
                            "getCurrentWeather",
                            "{\"location\":\"" + asked.get(known) + "\",\"lat\":0,\"lon\":0,\"unit\":\"C\"}")
                    .withThought("City " + known + " is next.");
        }
        return ScriptedTurn.answer("The tool says: "
                        + String.join(
                                "; ",
                                results.subList(1, results.size()).stream()
                                        .map(result -> result.substring(0, result.indexOf("<|end|>")))
                                        .toList()))
                .withThought("All is known.");
    }
}
