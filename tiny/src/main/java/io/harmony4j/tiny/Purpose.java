package io.harmony4j.tiny;

import java.util.List;

/** What a function tool is for, and the names, parameters and descriptions by which it may be declared: the usual one first. */
@SuppressWarnings("ImmutableEnumChecker") // the lists are List.of, which nobody can change
enum Purpose {
    CALCULATE(
            List.of("calculate", "calculator", "compute", "evaluate", "do_math"),
            List.of("expression", "formula", "input"),
            List.of("Calculates an expression.", "Does arithmetic.", "Evaluates a formula with two numbers."),
            "Two numbers with an operator between them"),
    WEATHER(
            List.of("get_weather", "get_current_weather", "weather", "fetch_weather", "lookup_weather"),
            List.of("city", "location", "place"),
            List.of("Returns the weather of a city.", "The weather in a city.", "Get the current weather."),
            "The city's name"),
    TIME(
            List.of("get_time", "get_current_time", "clock", "local_time", "lookup_time"),
            List.of("city", "location", "place"),
            List.of("Returns the time in a city.", "The local time in a city.", "Get the current time."),
            "The city's name"),
    PHONE(
            List.of("find_phone", "phone_book", "get_phone_number", "lookup_phone"),
            List.of("name", "person"),
            List.of("Finds a phone number.", "The phone number of a person.", "Searches the phone book."),
            "First and last name");

    private final List<String> names;
    private final List<String> parameters;
    private final List<String> descriptions;
    private final String parameterDescription;

    Purpose(List<String> names, List<String> parameters, List<String> descriptions, String parameterDescription) {
        this.names = names;
        this.parameters = parameters;
        this.descriptions = descriptions;
        this.parameterDescription = parameterDescription;
    }

    List<String> names() {
        return names;
    }

    String parameterDescription() {
        return parameterDescription;
    }

    /** Returns the tool as it is usually declared. */
    ToolForm usual() {
        return new ToolForm(this, names.get(0), parameters.get(0), descriptions.get(0), false);
    }

    /** Returns the tool under another name. */
    ToolForm renamed(Draw draw) {
        return new ToolForm(
                this,
                draw.one(names.subList(1, names.size())),
                draw.one(parameters),
                draw.one(descriptions),
                draw.chance(30));
    }
}
