package io.harmony4j.tiny;

/** Thoughts that several topics share. */
final class Thoughts {
    private Thoughts() {}

    /** Returns the thought before a function tool is called. */
    static Thought call(String want, String argument, ToolForm tool) {
        return new Thought(
                "Use " + tool.name() + ".",
                "The user wants " + want + ". I will call " + tool.name() + ".",
                "The user wants " + want + ". I should not guess it, since there is a tool for it: " + tool.name()
                        + ". It takes one argument, " + tool.parameter() + ", which is " + argument
                        + ". I will call it and wait for what it says.");
    }

    /** Returns the thought before Python is used. */
    static Thought python(String want) {
        return new Thought(
                "Use python.",
                "The user wants " + want + ". I will use python.",
                "The user wants " + want + ". I could make a mistake in my head, but I have python, which makes none."
                        + " One line that prints the number is enough. I will run it and wait for what it prints.");
    }

    /** Returns the thought after a tool has answered. */
    static Thought answered(String tool, String what) {
        return new Thought(
                "",
                "The result is " + what + ".",
                "The answer of " + tool + " has come: " + what + ". That is all I need, and I do not change it.");
    }

    /** Returns the turn that ends with a tool's failure. */
    static Thought failed(String tool, String error) {
        return new Thought(
                "",
                "The tool failed: " + error + ".",
                "The answer of " + tool + " is an error: " + error
                        + ". I can not do better without it, so I say what went wrong.");
    }

    /** Returns the thought that there is no tool for what the user wants. */
    static Thought noTool(String want) {
        return new Thought(
                "No tool.",
                "The user wants " + want + ". There is no tool for it.",
                "The user wants " + want
                        + ". I do not know it by heart, so I look at the tools that I have. None of them can"
                        + " do it. I should not guess, so I say that there is no tool for it.");
    }

    static Answer failure(String tool, String error) {
        return Answer.of("Sorry, " + tool + " failed: " + error + ".");
    }
}
