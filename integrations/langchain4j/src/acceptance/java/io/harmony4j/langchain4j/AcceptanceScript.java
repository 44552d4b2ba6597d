package io.harmony4j.langchain4j;

import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.testkit.ScriptedModel;
import io.harmony4j.testkit.ScriptedTurn;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the model says in LangChain4j's acceptance tests: a turn for the last question of the prompt, the response format, and the number of
 * tool results since the question. Each turn begins with a thought.
 */
final class AcceptanceScript {
    private static final String USER = "<|start|>user<|message|>";
    private static final String END = "<|end|>";
    private static final String CALL = "<|call|>";
    private static final String THOUGHT = "The user asks something. I know what to do.";

    /** Where two calls get their results together, nothing is asked after the first. */
    private static final ScriptedTurn NEVER = ScriptedTurn.text("");

    private static final Pattern RESULT = Pattern.compile(" to=assistant<\\|channel\\|>");
    private static final Pattern FORMAT = Pattern.compile("# Response Formats\n\n## (\\S+)\n");

    /**
     * @param format the name of the response format, or nothing
     * @param question what the question has
     * @param turns the turns, one more than there are tool results
     */
    private record Scene(String format, String question, List<ScriptedTurn> turns) {
        boolean fits(String asked, String format) {
            return asked.contains(question) && format.equals(this.format);
        }
    }

    private static final List<Scene> SCENES = List.of(
            // chat models
            scene(
                    "What is the capital of Germany? How much is 2 + 2?",
                    answer("The capital of Germany is Berlin, and 2 + 2 is 4, as everybody knows or can find out.")),
            json("Answer", "What is the capital of Germany?", "{\"city\": \"Berlin\"}"),
            json("json", "What is the capital of Germany?", "{\"city\": \"Berlin\"}"),
            scene("What is the capital of Germany?", answer("The capital of Germany is Berlin.")),
            scene("Translate: 'I love you'", answer("Ich liebe dich.")),
            scene("What is my favorite color?", answer("Your favorite color is green.")),
            scene("Say 'Hello World'", answer("Hello World")),
            scene("Tell me a long story about animals", answer("Once upon a time there was a cat. ".repeat(50))),
            scene("hello", answer("Hello!")),
            scene(
                    "What is the weather in Munich and time in France?",
                    calls(call("getWeather", "{\"city\":\"Munich\"}"), call("getTime", "{\"country\":\"France\"}")),
                    NEVER,
                    answer("It is sunny in Munich, and 14:35 in France.")),
            scene(
                    "What is the time now? Use the get_current_time tool.",
                    calls(call("get_current_time", "{}")),
                    answer("It is 10:14.")),
            scene(
                    "What is the weather in Munich?",
                    calls(call("getWeather", "{\"city\":\"Munich\"}")),
                    answer("It is sunny.")),
            new Scene(
                    "weather",
                    "What is the weather in Munich?",
                    List.of(calls(call("getWeather", "{\"city\":\"Munich\"}")), answer("{\"weather\": \"sunny\"}"))),
            scene("I live in Munich", answer("How nice.")),
            // AI services
            new Scene(
                    "WeatherReport",
                    "What is the weather in Munich? Use 'getWeather' tool",
                    List.of(
                            calls(call("getWeather", "{\"arg0\":\"Munich\"}")),
                            answer("{\"city\":\"Munich\",\"weather\":\"SUNNY\"}"))),
            scene("What is the date today?", calls(call("currentDate", "{}")), answer("It is today.")),
            scene("Now add 47 to the previous result", calls(call("add", "{\"arg0\":124,\"arg1\":47}"))),
            // tools
            scene(
                    "How much is 37 plus 87? How much is 73 plus 78?",
                    calls(call("add", "{\"arg0\":37,\"arg1\":87}"), call("add", "{\"arg0\":73,\"arg1\":78}")),
                    NEVER,
                    answer("124 and 151.")),
            scene("How much is 37 plus 87?", calls(call("add", "{\"arg0\":37,\"arg1\":87}")), answer("37 + 87 = 124")),
            scene(
                    "Use 'process' tool to process the following: Klaus is 37 years old",
                    calls(call(
                            "process", "{\"arg0\":{\"name\":\"Klaus\",\"age\":37,\"height\":1.78,\"married\":false}}")),
                    answer("Done.")),
            scene(
                    "Klaus lives in Langley Falls",
                    calls(call("process", "{\"arg0\":{\"name\":\"Klaus\",\"address\":{\"city\":\"Langley Falls\"}}}")),
                    answer("Done.")),
            scene(
                    "Use 'process' tool to process the following: Francine has 2 children",
                    calls(call(
                            "process",
                            "{\"arg0\":{\"name\":\"Francine\",\"children\":[{\"name\":\"Steve\",\"children\":[]},"
                                    + "{\"name\":\"Hayley\",\"children\":[]}]}}")),
                    answer("Done.")),
            scene("What is the time now? Respond in HH:MM:SS", calls(call("currentTime", "{}")), answer("17:11:45")),
            scene(
                    "What is the current temperature in Munich in celsius?",
                    calls(call("currentTemperature", "{\"arg0\":\"Munich\",\"arg1\":\"CELSIUS\"}")),
                    answer("19 degrees.")),
            scene(
                    "Klaus is 42 years old and Francine is 47 years old",
                    calls(call("process", "{\"arg0\":{\"Klaus\":42,\"Francine\":47}}")),
                    answer("Done.")),
            scene(
                    "names: Klaus and Franny",
                    calls(call("processNames", "{\"arg0\":[\"Klaus\",\"Franny\"]}")),
                    answer("Done.")),
            scene("colors: RED and GREEN", calls(call("process", "{\"arg0\":[\"RED\",\"GREEN\"]}")), answer("Done.")),
            scene("integers: 37, 73", calls(call("processNumbers", "{\"arg0\":[37,73]}")), answer("Done.")),
            scene(
                    "people: Klaus and Franny",
                    calls(call("process", "{\"arg0\":[{\"name\":\"Klaus\"},{\"name\":\"Franny\"}]}")),
                    answer("Done.")),
            scene(
                    "What is the username with ID",
                    calls(call("getUsernameFromId", "{\"arg0\":\"62dbcc27-aaf3-449a-b12d-5a904271a57f\"}")),
                    answer("Alice")),
            scene(
                    "First add 2 and 3",
                    calls(call("add", "{\"arg0\":2,\"arg1\":3}")),
                    calls(call("multiply", "{\"arg0\":5,\"arg1\":4}")),
                    answer("The result is 20.")),
            scene("Call tool 'modify'", calls(call("modify", "{\"arg0\":7}")), answer("Done.")),
            scene("Take a photo", calls(call("takePhoto", "{}"))),
            // JSON schemas
            json(
                    "Person",
                    "Klaus is 37 years old",
                    "{\"name\":\"Klaus\",\"age\":37,\"height\":1.78,\"married\":false}"),
            json("Person", "Text: 'Klaus'", "{\"name\":\"Klaus\"}"),
            json(
                    "Person",
                    "Klaus wants a delivery to Langley Falls",
                    "{\"name\":\"Klaus\",\"shippingAddress\":{\"city\":\"Langley Falls\"},"
                            + "\"billingAddress\":{\"city\":\"New York\"}}"),
            json("Person", "Klaus is single", "{\"name\":\"Klaus\",\"maritalStatus\":\"SINGLE\"}"),
            json(
                    "Person",
                    "Klaus likes orange and green",
                    "{\"name\":\"Klaus\",\"favouriteColors\":[\"orange\",\"green\"]}"),
            json(
                    "Person",
                    "Klaus has 2 pets",
                    "{\"name\":\"Klaus\",\"pets\":[{\"name\":\"Peanut\"},{\"name\":\"Muffin\"}]}"),
            json("Person", "Klaus is assigned to groups", "{\"name\":\"Klaus\",\"groups\":[\"A\",\"C\"]}"),
            json(
                    "Person",
                    "Klaus was born at 14:43",
                    "{\"name\":\"Klaus\",\"birthDate\":{\"year\":1976,\"month\":8,\"day\":12},"
                            + "\"birthTime\":{\"hour\":14,\"minute\":43,\"second\":0,\"nano\":0},"
                            + "\"birthDateTime\":{\"date\":{\"year\":1976,\"month\":8,\"day\":12},"
                            + "\"time\":{\"hour\":14,\"minute\":43,\"second\":0,\"nano\":0}}}"),
            json(
                    "Person",
                    "Francine has 2 children",
                    "{\"name\":\"Francine\",\"children\":[{\"name\":\"Steve\",\"children\":[]},"
                            + "{\"name\":\"Hayley\",\"children\":[]}]}"),
            json(
                    "Person",
                    "Klaus can be identified",
                    "{\"id\":\"567b229a-6b0a-4f1e-9006-448cd9dfbfda\",\"name\":\"Klaus\"}"),
            json("Person", "text: Klaus", "{\"name\":\"Klaus\"}"),
            json("boolean", "is a man", "{\"value\":true}"),
            json("integer", "number of people", "{\"value\":2}"),
            json("number", "temperature in Munich", "{\"value\":-0.5}"),
            json("List_of_Person", "Klaus and Francine", "{\"values\":[{\"name\":\"Klaus\"},{\"name\":\"Francine\"}]}"),
            json("List_of_Person", "Franny is 35 years old", people()),
            json("Set_of_Person", "Franny is 35 years old", people()),
            json("List_of_String", "names of people", "{\"values\":[\"Klaus\",\"Franny\"]}"),
            json("Set_of_String", "names of people", "{\"values\":[\"Klaus\",\"Franny\"]}"),
            json("MaritalStatus", "single", "{\"value\":\"SINGLE\"}"),
            json("List_of_MaritalStatus", "Staniel", "{\"values\":[\"SINGLE\",\"MARRIED\",\"MARRIED\"]}"),
            json("Set_of_Weather", "The weather in Berlin", "{\"values\":[\"SUNNY\",\"WINDY\",\"RAINY\",\"CLOUDY\"]}"),
            json(
                    "Animal",
                    "Rex is a Labrador dog",
                    "{\"value\":{\"type\":\"Dog\",\"name\":\"Rex\",\"breed\":\"Labrador\"}}"),
            json(
                    "List_of_Animal",
                    "Rex is a Labrador. Whiskers",
                    "{\"values\":[{\"type\":\"Dog\",\"name\":\"Rex\",\"breed\":\"Labrador\"},"
                            + "{\"type\":\"Cat\",\"name\":\"Whiskers\",\"indoor\":true}]}"),
            json(
                    "Owner",
                    "Alice owns a Labrador",
                    "{\"name\":\"Alice\",\"pet\":{\"type\":\"Dog\",\"name\":\"Rex\",\"breed\":\"Labrador\"}}"),
            json(
                    "ArithmeticExpression",
                    "1+2+3",
                    "{\"value\":{\"type\":\"Addition\",\"left\":{\"type\":\"Addition\",\"left\":{\"type\":\"Constant\","
                            + "\"value\":1},\"right\":{\"type\":\"Constant\",\"value\":2}},"
                            + "\"right\":{\"type\":\"Constant\",\"value\":3}}}"));

    private AcceptanceScript() {}

    static ScriptedModel model() {
        return ScriptedModel.of(AcceptanceScript::turn);
    }

    private static ScriptedTurn turn(String prompt) {
        if (prompt.endsWith(" to=functions.")) { // a call that is forced, of one of several tools
            return ScriptedTurn.text("getWeather <|constrain|>json<|message|>{\"city\":\"Munich\"}" + CALL);
        }
        if (prompt.endsWith("<|message|>")) { // or of the only one
            return ScriptedTurn.text("{\"city\":\"Munich\"}" + CALL);
        }
        int asked = prompt.lastIndexOf(USER) + USER.length();
        String question = prompt.substring(asked, prompt.indexOf(END, asked));
        Matcher named = FORMAT.matcher(prompt);
        String format = named.find() ? named.group(1) : "";
        int results = (int) RESULT.matcher(prompt.substring(asked)).results().count();
        return SCENES.stream()
                .filter(scene -> scene.fits(question, format) && results < scene.turns.size())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("expected a scene for " + question + " with the format \""
                        + format + "\" after " + results + " results but found none"))
                .turns
                .get(results);
    }

    private static Scene scene(String question, ScriptedTurn... turns) {
        return new Scene("", question, List.of(turns));
    }

    private static Scene json(String format, String question, String answer) {
        return new Scene(format, question, List.of(answer(answer)));
    }

    private static String people() {
        return "{\"values\":[{\"name\":\"Klaus\",\"age\":37,\"height\":1.78,\"married\":false},"
                + "{\"name\":\"Franny\",\"age\":35,\"height\":1.65,\"married\":true}]}";
    }

    private static ScriptedTurn answer(String text) {
        return ScriptedTurn.answer(text).withThought(THOUGHT);
    }

    private static Message call(String tool, String arguments) {
        return Message.call(Recipient.function(tool), arguments);
    }

    /** Returns a turn with calls; where there are several, each but the last ends as other messages do, or it would be the only one. */
    private static ScriptedTurn calls(Message... calls) {
        List<Message> messages = new ArrayList<>(List.of(Message.analysis(THOUGHT)));
        messages.addAll(List.of(calls));
        String text = ScriptedTurn.of(messages.toArray(Message[]::new)).text();
        int last = text.length() - CALL.length();
        return ScriptedTurn.text(text.substring(0, last).replace(CALL, END) + CALL);
    }
}
