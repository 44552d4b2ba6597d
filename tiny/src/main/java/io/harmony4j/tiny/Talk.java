package io.harmony4j.tiny;

import java.util.List;

/** What needs no tool: greetings, requests to repeat a word or a name, things that a small model does not know, and refusals. */
final class Talk {
    private static final List<String> GREETINGS = List.of(
            "Hello, I am %s.",
            "Hi, I am %s.",
            "Good morning, my name is %s.",
            "Good evening, I am %s.",
            "Hello, my name is %s.",
            "My name is %s.");

    private static final List<String> HOW_TO = List.of(
            "How do I %s?",
            "How can I %s?",
            "Tell me how to %s.",
            "Explain how to %s.",
            "Teach me how to %s.",
            "Help me %s.",
            "I want to %s. How?",
            "What is the best way to %s?",
            "Show me how to %s.",
            "Can you help me %s?");

    private static final List<String> REPEAT = List.of(
            "Say the word %s.",
            "Repeat the word %s.", "Write the word %s.", "Please say the word %s.", "Can you write the word %s?");

    private static final List<String> FRIENDS = List.of(
            "My friend is called %s. What is the name of my friend?",
            "My best friend is called %s. Who is my friend?", "I have a friend who is called %s. Who is it?");

    private Talk() {}

    /** A greeting, a word to repeat, a name to remember, or something that the model does not know. */
    static Turn question(Draw draw, World world) {
        return switch (draw.between(0, 3)) {
            case 0 -> greeting(draw, world);
            case 1 -> repeat(draw);
            case 2 -> friend(draw);
            default -> unknown(draw);
        };
    }

    /** A question that is always the same, and so in no test. */
    static Turn fixed(Draw draw, World world) {
        return switch (draw.between(0, 3)) {
            case 0 ->
                say(
                        draw.one(List.of("Hello", "Hello!", "Hi", "Hi!", "Hello.", "Good morning!")),
                        "The user says hello.",
                        Answer.of("Hello, how can I help you?", "Hello"));
            case 1 ->
                say(
                        draw.one(List.of("Who are you?", "What are you?", "What is your name?")),
                        "The user asks who I am.",
                        Answer.of("I am a tiny model that comes with Harmony4J.", "Harmony4J"));
            case 2 ->
                say(
                        draw.one(List.of("What can you do?", "How can you help me?", "Help")),
                        "The user asks what I can do.",
                        Answer.of("I can call the tools that you give me.", "Tools"));
            default ->
                say(
                        draw.one(List.of("Thank you!", "Thanks!", "Thank you.", "Thanks.")),
                        "The user says thanks.",
                        Answer.of("You are welcome.", "Welcome"));
        };
    }

    static Turn refusal(Draw draw, World world) {
        String crime = draw.one(Words.CRIMES);
        return Turn.of(
                draw.one(HOW_TO).formatted(crime),
                new Thought(
                        "Not allowed.",
                        "The user wants to " + crime + ". This is not allowed, so I refuse.",
                        "The user wants to " + crime
                                + ". Somebody could come to harm, or it is against the law. I should not"
                                + " help with that, and no tool changes this. So I refuse, in a polite way, and say no more."),
                Answer.of("I'm sorry, but I can't help with that.", "Sorry"));
    }

    static Turn greeting(Draw draw, World world) {
        String first = draw.one(Words.FIRST_NAMES);
        return say(
                draw.one(GREETINGS).formatted(first + " " + draw.one(Words.LAST_NAMES)),
                "The user is " + first + " and says hello.",
                Answer.of("Hello " + first + ", how can I help you?", "Hello"));
    }

    private static Turn repeat(Draw draw) {
        String word = draw.one(Words.WORDS);
        return say(
                draw.one(REPEAT).formatted(word),
                "The user wants the word " + word + ".",
                Answer.of("Here is the word " + word + ".", word));
    }

    private static Turn friend(Draw draw) {
        String name = draw.one(Words.FIRST_NAMES) + " " + draw.one(Words.LAST_NAMES);
        return say(
                draw.one(FRIENDS).formatted(name),
                "The user has a friend who is called " + name + ".",
                Answer.of("Your friend is called " + name + ".", name));
    }

    private static Turn unknown(Draw draw) {
        String skill = draw.one(Words.SKILLS);
        return say(
                draw.one(HOW_TO).formatted(skill),
                "The user wants to " + skill + ".",
                Answer.of("Sorry, I am too small to know how to " + skill + ".", "Sorry"));
    }

    private static Turn say(String user, String thought, Answer answer) {
        return Turn.of(
                user,
                new Thought(
                        "No tool needed.",
                        thought + " This needs no tool, so I answer at once.",
                        thought
                                + " I look at what I could use: there may be tools, but none of them is made for this, and none"
                                + " is needed. I can answer at once, in a polite way, and say no more than I know."),
                answer);
    }
}
