package io.harmony4j.tiny;

import java.util.List;
import java.util.Map;

/** Questions for the built-in Python tool, which the model calls on the analysis channel. */
final class PythonTask {
    private PythonTask() {}

    static Turn question(Draw draw, World world) {
        return switch (draw.between(0, 4)) {
            case 0 -> power(draw, world);
            case 1 -> remainder(draw, world);
            case 2 -> sum(draw, world);
            case 3 -> length(draw, world);
            default -> largest(draw, world);
        };
    }

    /** Returns the run of a program that prints what the user wants. */
    static Call call(String want, String program, Facts facts) {
        return new Call(Call.PYTHON, program, facts.python(program), Thoughts.python(want), "");
    }

    private static Turn power(Draw draw, World world) {
        int a = draw.between(2, 99);
        int b = draw.between(2, 6);
        String what = a + " to the power of " + b;
        return solve(
                draw.one(List.of("What is %s?", "Calculate %s.", "How much is %s?"))
                        .formatted(what),
                what,
                "print(" + a + " ** " + b + ")",
                what + " is ",
                world);
    }

    private static Turn remainder(Draw draw, World world) {
        int a = draw.number(4);
        int b = draw.between(2, 99);
        String what = "the remainder of " + a + " divided by " + b;
        return solve(
                draw.one(List.of("What is %s?", "Calculate %s.", "Tell me %s.")).formatted(what),
                what,
                "print(" + a + " % " + b + ")",
                "The remainder is ",
                world);
    }

    private static Turn sum(Draw draw, World world) {
        int a = draw.between(1, 99);
        int b = a + draw.between(2, 900);
        String what = "the sum of the numbers from " + a + " to " + b;
        return solve(
                draw.one(List.of("What is %s?", "Calculate %s.", "Tell me %s.")).formatted(what),
                what,
                "print(sum(range(" + a + ", " + b + " + 1)))",
                "The sum is ",
                world);
    }

    private static Turn length(Draw draw, World world) {
        String word = draw.one(Words.WORDS);
        return solve(
                draw.one(List.of(
                                "How many letters are in the word %s?",
                                "How many letters does %s have?",
                                "Count the letters of the word %s.",
                                "How long is the word %s?"))
                        .formatted(word),
                "the number of letters in " + word,
                "print(len(\"" + word + "\"))",
                "The number of letters in " + word + " is ",
                world);
    }

    private static Turn largest(Draw draw, World world) {
        String numbers = draw.number(4) + ", " + draw.number(4) + ", " + draw.number(4);
        return solve(
                draw.one(List.of("Which is the largest of %s?", "Find the largest number of %s."))
                        .formatted(numbers),
                "the largest of " + numbers,
                "print(max(" + numbers + "))",
                "The largest is ",
                world);
    }

    private static Turn solve(String user, String want, String program, String sentence, World world) {
        if (!world.tools().python()) {
            return Turn.of(user, Thoughts.noTool(want), Answer.of("I have no tool to find out " + want + ".", "Sorry"));
        }
        Call call = call(want, program, world.facts());
        String error = call.error();
        if (error != null) {
            return Turn.failure(user, call, error, null);
        }
        return new Turn(
                user,
                List.of(call),
                Thoughts.answered(Call.PYTHON.name(), call.result()),
                new Answer(
                        sentence + call.result() + ".", call.result(), Map.of("result", Facts.number(call.result()))),
                null);
    }
}
