package io.harmony4j.tiny;

import io.harmony4j.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Questions that only a tool can answer, since the facts are made up: the weather, the time, a phone number. */
@SuppressWarnings("ImmutableEnumChecker") // the lists are List.of, which nobody can change
enum Lookup implements Topic {
    WEATHER(
            Purpose.WEATHER,
            "the weather in %s",
            List.of(
                    "What is the weather in %s?",
                    "What's the weather in %s?",
                    "What is the weather like in %s?",
                    "What is the weather like in %s today?",
                    "How is the weather in %s?",
                    "Tell me the weather in %s.",
                    "Can you look up the weather in %s?",
                    "Weather in %s?")),
    TEMPERATURE(
            Purpose.WEATHER,
            "the temperature in %s",
            List.of(
                    "What is the temperature in %s?",
                    "What's the temperature in %s?",
                    "How warm is it in %s?",
                    "How cold is it in %s?",
                    "How many degrees are there in %s?",
                    "Tell me the temperature in %s.")),
    UMBRELLA(
            Purpose.WEATHER,
            "the weather in %s",
            List.of(
                    "Do I need an umbrella in %s?",
                    "Should I take an umbrella in %s?",
                    "Will I need an umbrella in %s today?",
                    "Is it a day for an umbrella in %s?")),
    TIME(
            Purpose.TIME,
            "the time in %s",
            List.of(
                    "What time is it in %s?",
                    "What is the time in %s?",
                    "What's the time in %s?",
                    "Tell me the time in %s.",
                    "How late is it in %s?",
                    "Can you tell me what time it is in %s?",
                    "Time in %s?")),
    PHONE(
            Purpose.PHONE,
            "the phone number of %s",
            List.of(
                    "What is the phone number of %s?",
                    "What's the number of %s?",
                    "Find the phone number of %s.",
                    "How can I call %s?",
                    "I want to call %s.",
                    "Look up %s in the phone book."));

    private static final List<String> NEXT_PLACE =
            List.of("And in %s?", "And what about %s?", "How about %s?", "What about %s?", "And %s?");
    private static final List<String> NEXT_PERSON = List.of("And of %s?", "And what about %s?", "And %s?");

    private final Purpose purpose;
    private final String what;
    private final List<String> questions;

    Lookup(Purpose purpose, String what, List<String> questions) {
        this.purpose = purpose;
        this.what = what;
        this.questions = questions;
    }

    Purpose purpose() {
        return purpose;
    }

    @Override
    public Turn turn(Draw draw, World world) {
        return ask(draw.one(questions), name(draw), world);
    }

    private Turn followUp(Draw draw, World world) {
        return ask(draw.one(purpose == Purpose.PHONE ? NEXT_PERSON : NEXT_PLACE), name(draw), world);
    }

    private String name(Draw draw) {
        return purpose == Purpose.PHONE
                ? draw.one(Words.FIRST_NAMES) + " " + draw.one(Words.LAST_NAMES)
                : draw.one(Words.CITIES);
    }

    private Turn ask(String question, String name, World world) {
        String user = question.formatted(name);
        String want = what.formatted(name);
        return world.tools()
                .find(purpose)
                .map(tool -> call(user, want, name, tool, world.facts()))
                .orElseGet(() -> Turn.of(
                        user, Thoughts.noTool(want), Answer.of("I have no tool to look up " + want + ".", "Sorry")));
    }

    private Turn call(String user, String want, String name, ToolForm tool, Facts facts) {
        String result = facts.answer(purpose, name);
        Call call = new Call(
                tool.recipient(),
                tool.arguments(name),
                result,
                Thoughts.call(want, name, tool),
                "I will look up " + want + ".");
        String error = call.error();
        if (error != null) {
            return Turn.failure(user, call, error, this::followUp);
        }
        ToolAnswer found = ToolAnswer.read(result);
        return new Turn(
                user,
                List.of(call),
                Thoughts.answered(tool.name(), summary(found)),
                answer(name, found),
                this::followUp);
    }

    private String summary(ToolAnswer found) {
        return switch (purpose) {
            case WEATHER -> found.text("weather");
            case TIME -> found.text("time");
            default -> found.text("phone");
        };
    }

    private Answer answer(String name, ToolAnswer found) {
        return switch (this) {
            case WEATHER ->
                new Answer(
                        "It is " + found.text("weather") + " in " + name + ".",
                        temperature(found),
                        fields("city", name, found, "weather"));
            case TEMPERATURE ->
                new Answer(
                        "It is " + temperature(found) + " degrees in " + name + ".",
                        temperature(found),
                        fields("city", name, found, "weather"));
            case UMBRELLA -> {
                boolean wet = Words.WET_SKIES.stream().anyMatch(found.text("weather")::endsWith);
                yield Answer.of(
                        "It is " + found.text("weather") + ", so " + (wet ? "yes" : "no") + ".", wet ? "Yes" : "No");
            }
            case TIME ->
                new Answer(
                        "It is " + found.text("time") + " in " + name + ".",
                        found.text("time"),
                        fields("city", name, found, "time"));
            case PHONE ->
                new Answer(
                        "The number of " + name + " is " + found.text("phone") + ".",
                        found.text("phone"),
                        fields("name", name, found, "phone"));
        };
    }

    private static String temperature(ToolAnswer found) {
        String weather = found.text("weather");
        return weather.substring(0, weather.indexOf(' '));
    }

    private static Map<String, JsonValue> fields(String key, String name, ToolAnswer found, String foundKey) {
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        fields.put(key, JsonValue.of(name));
        fields.put(foundKey, found.field(foundKey));
        return fields;
    }
}
