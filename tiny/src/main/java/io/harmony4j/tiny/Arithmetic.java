package io.harmony4j.tiny;

import io.harmony4j.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Calculations: with the function tool if there is one, otherwise with Python, otherwise in the head if both numbers are
 * small and are to be added or subtracted.
 */
final class Arithmetic {
    private static final List<Character> OPERATORS = List.of('+', '-', '*', '/');
    private static final int MAX_DIGITS = 4;

    /** The largest number that is added and subtracted without a tool. */
    private static final int MAX_EASY = 9;

    private static final List<String> QUESTIONS = List.of(
            "What is %s?",
            "What's %s?",
            "How much is %s?",
            "Calculate %s.",
            "Tell me what %s is.",
            "Please compute %s.",
            "%s?",
            "%s = ?");

    private Arithmetic() {}

    /** Two numbers of up to four digits. */
    static Turn question(Draw draw, World world) {
        return ask(draw, number(draw), draw.one(OPERATORS), number(draw), world);
    }

    /** A sum or a difference of two small numbers. */
    static Turn mental(Draw draw, World world) {
        int a = draw.between(0, MAX_EASY);
        int b = draw.between(0, MAX_EASY);
        return draw.chance(50)
                ? ask(draw, String.valueOf(a), '+', String.valueOf(b), world)
                : ask(draw, String.valueOf(Math.max(a, b)), '-', String.valueOf(Math.min(a, b)), world);
    }

    /** Two calculations, the second with the result of the first. */
    static Turn chain(Draw draw, World world) {
        Calculation first = new Calculation(number(draw), draw.one(OPERATORS), number(draw));
        char operator = draw.one(OPERATORS);
        String number = number(draw);
        String user = draw.one(List.of("What is %s, and that %s?", "Calculate %s, and the result %s."))
                .formatted(words(draw, first), words(draw, operator) + " " + number);
        Turn one = solve(user, first, sentence(first), world);
        if (!isResult(one)) {
            return Turn.inARow(user, one.calls(), List.of(), one.closing(), one.answer());
        }
        Calculation second = new Calculation(one.answer().word(), operator, number);
        Turn two = solve(user, second, sentence(second), world);
        return Turn.inARow(user, one.calls(), two.calls(), two.closing(), two.answer());
    }

    /** A little story with two numbers in it. */
    static Turn story(Draw draw, World world) {
        String who = draw.one(Words.FIRST_NAMES);
        String things = draw.one(Words.THINGS);
        String a = number(draw);
        String b = number(draw);
        return switch (draw.between(0, 3)) {
            case 0 ->
                solve(
                        who + " has " + a + " " + things + " and gets " + b + " more. How many " + things + " does "
                                + who + " have now?",
                        new Calculation(a, '+', b),
                        Arithmetic::answerOnly,
                        world);
            case 1 ->
                solve(
                        who + " has " + a + " " + things + " and gives away " + b + ". How many " + things + " does "
                                + who + " have left?",
                        new Calculation(a, '-', b),
                        Arithmetic::answerOnly,
                        world);
            case 2 ->
                solve(
                        "There are " + a + " bags with " + b + " " + things + " each. How many " + things
                                + " are there?",
                        new Calculation(a, '*', b),
                        Arithmetic::answerOnly,
                        world);
            default ->
                solve(
                        who + " shares " + a + " " + things + " among " + b + " friends. How many " + things
                                + " does each one get?",
                        new Calculation(a, '/', b),
                        Arithmetic::answerOnly,
                        world);
        };
    }

    private static String answerOnly(String result) {
        return "The answer is " + result + ".";
    }

    private static Turn ask(Draw draw, String a, char operator, String b, World world) {
        Calculation calculation = new Calculation(a, operator, b);
        String user = draw.one(QUESTIONS).formatted(words(draw, calculation));
        return solve(user, calculation, sentence(calculation), world);
    }

    /** Goes on with the last result: what the user calls "that". */
    private static Turn followUp(String last, Draw draw, World world) {
        String number = number(draw);
        return switch (draw.between(0, 3)) {
            case 0 -> next(draw, List.of("Add %s to that.", "And plus %s?", "Now add %s."), last, '+', number, world);
            case 1 -> next(draw, List.of("Subtract %s from that.", "And minus %s?"), last, '-', number, world);
            case 2 -> next(draw, List.of("Multiply that by %s.", "And times %s?"), last, '*', number, world);
            default -> next(draw, List.of("Divide that by %s.", "And divided by %s?"), last, '/', number, world);
        };
    }

    private static Turn next(
            Draw draw, List<String> questions, String last, char operator, String number, World world) {
        Calculation calculation = new Calculation(last, operator, number);
        return solve(draw.one(questions).formatted(number), calculation, sentence(calculation), world);
    }

    private static Turn solve(String user, Calculation calculation, UnaryOperator<String> sentence, World world) {
        return world.tools()
                .find(Purpose.CALCULATE)
                .map(tool -> withTool(user, calculation, sentence, tool, world.facts()))
                .orElseGet(() -> world.tools().python()
                        ? withPython(user, calculation, sentence, world.facts())
                        : alone(user, calculation, sentence));
    }

    private static Turn withTool(
            String user, Calculation calculation, UnaryOperator<String> sentence, ToolForm tool, Facts facts) {
        String expression = calculation.toString();
        String result = facts.answer(Purpose.CALCULATE, expression);
        Call call = new Call(
                tool.recipient(),
                tool.arguments(expression),
                result,
                Thoughts.call(expression, expression, tool),
                "I will calculate " + expression + ".");
        String error = call.error();
        if (error != null) {
            return Turn.failure(user, call, error, null);
        }
        String number = ToolAnswer.read(result).text("result");
        return new Turn(
                user,
                List.of(call),
                Thoughts.answered(tool.name(), number),
                answer(calculation, sentence, number),
                (draw, world) -> followUp(number, draw, world));
    }

    private static Turn withPython(String user, Calculation calculation, UnaryOperator<String> sentence, Facts facts) {
        Call call = PythonTask.call(calculation.toString(), "print(" + calculation + ")", facts);
        String error = call.error();
        if (error != null) {
            return Turn.failure(user, call, error, null);
        }
        return new Turn(
                user,
                List.of(call),
                Thoughts.answered(Call.PYTHON.name(), call.result()),
                answer(calculation, sentence, call.result()),
                (draw, world) -> followUp(call.result(), draw, world));
    }

    private static Turn alone(String user, Calculation calculation, UnaryOperator<String> sentence) {
        if (!isEasy(calculation)) {
            return Turn.of(
                    user,
                    Thoughts.noTool(calculation.toString()),
                    Answer.of("I have no tool to calculate " + calculation + ".", "Sorry"));
        }
        String number = calculation.result();
        return new Turn(
                user,
                List.of(),
                inTheHead(calculation, number),
                answer(calculation, sentence, number),
                (draw, world) -> followUp(number, draw, world));
    }

    private static boolean isEasy(Calculation calculation) {
        boolean small = isSmall(calculation.left()) && isSmall(calculation.right());
        return small
                && (calculation.operator() == '+' || calculation.operator() == '-')
                && !calculation.result().startsWith("-");
    }

    private static boolean isSmall(String number) {
        return number.length() <= 2 && !number.startsWith("-") && Integer.parseInt(number) <= MAX_EASY;
    }

    /** With high effort also the reverse as a check. */
    private static Thought inTheHead(Calculation calculation, String result) {
        String a = calculation.left();
        String b = calculation.right();
        String done = calculation + " = " + result + ".";
        String check = calculation.operator() == '+'
                ? result + " - " + b + " = " + a + "."
                : result + " + " + b + " = " + a + ".";
        return new Thought(
                done,
                "The user wants " + calculation + ". " + done,
                "The user wants " + calculation
                        + ". There is no tool for it, but the numbers are small, so I can do it in my head. " + done
                        + " Now I check it the other way round: " + check);
    }

    private static Answer answer(Calculation calculation, UnaryOperator<String> sentence, String number) {
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        fields.put("expression", JsonValue.of(calculation.toString()));
        fields.put("result", Facts.number(number));
        return new Answer(sentence.apply(number), number, fields);
    }

    private static UnaryOperator<String> sentence(Calculation calculation) {
        return result -> calculation + " = " + result + ".";
    }

    private static boolean isResult(Turn turn) {
        return !turn.answer().fields().isEmpty();
    }

    private static String number(Draw draw) {
        return String.valueOf(draw.number(MAX_DIGITS));
    }

    private static String words(Draw draw, Calculation calculation) {
        return calculation.left() + " " + words(draw, calculation.operator()) + " " + calculation.right();
    }

    private static String words(Draw draw, char operator) {
        boolean sign = draw.chance(40);
        return switch (operator) {
            case '+' -> sign ? "+" : "plus";
            case '-' -> sign ? "-" : "minus";
            case '*' -> sign ? "*" : draw.one(List.of("times", "multiplied by"));
            default -> sign ? "/" : "divided by";
        };
    }
}
