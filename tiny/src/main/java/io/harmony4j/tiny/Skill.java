package io.harmony4j.tiny;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the tiny model was trained to do, each with the kind of conversation that shows it. */
public enum Skill {
    /** Calculates with a function tool. */
    TOOL_ARITHMETIC(12) {
        @Override
        Dialogue dialogue(Draw draw, Facts facts, Split split) {
            return single(Arithmetic::question, draw, facts, split, usual(draw, Purpose.CALCULATE));
        }
    },
    /** Finds the calculation in a little story. */
    WORD_PROBLEM(6) {
        @Override
        Dialogue dialogue(Draw draw, Facts facts, Split split) {
            return single(Arithmetic::story, draw, facts, split, usual(draw, Purpose.CALCULATE));
        }
    },
    /** Adds and subtracts without a tool. */
    MENTAL_ARITHMETIC(10) {
        @Override
        Dialogue dialogue(Draw draw, Facts facts, Split split) {
            Toolbox tools = draw.chance(50) ? Toolbox.EMPTY : toolbox(draw, List.of(draw.one(LOOKUPS)), false);
            return single(Arithmetic::mental, draw, facts, split, tools);
        }
    },
    /** Looks up the weather. */
    WEATHER(10) {
        @Override
        Dialogue dialogue(Draw draw, Facts facts, Split split) {
            Lookup topic = draw.one(List.of(Lookup.WEATHER, Lookup.TEMPERATURE, Lookup.UMBRELLA));
            return single(topic, draw, facts, split, usual(draw, Purpose.WEATHER));
        }
    },
    /** Looks up the time. */
    TIME(5) {
        @Override
        Dialogue dialogue(Draw draw, Facts facts, Split split) {
            return single(Lookup.TIME, draw, facts, split, usual(draw, Purpose.TIME));
        }
    },
    /** Looks up a phone number. */
    PHONE(6) {
        @Override
        Dialogue dialogue(Draw draw, Facts facts, Split split) {
            return single(Lookup.PHONE, draw, facts, split, usual(draw, Purpose.PHONE));
        }
    },
    /** Chooses between two tools and none. */
    CHOICE(7) {
        @Override
        Dialogue dialogue(Draw draw, Facts facts, Split split) {
            List<Purpose> purposes = draw.some(List.of(Purpose.values()), 2);
            Topic topic = draw.chance(40) ? Talk::question : topic(draw, draw.one(purposes));
            return single(topic, draw, facts, split, toolbox(draw, purposes, false));
        }
    },
    /** Says that there is no tool for what the user wants. */
    NO_TOOL(9) {
        @Override
        Dialogue dialogue(Draw draw, Facts facts, Split split) {
            List<Purpose> purposes = draw.some(List.of(Purpose.values()), 3);
            Topic topic = draw.chance(10) ? PythonTask::question : topic(draw, purposes.get(0));
            return single(topic, draw, facts, split, toolbox(draw, purposes.subList(1, draw.between(1, 3)), false));
        }
    },
    /** Calls tools under other names, which only the developer message tells. */
    RENAMED_TOOL(10) {
        @Override
        Dialogue dialogue(Draw draw, Facts facts, Split split) {
            List<Purpose> purposes = draw.some(List.of(Purpose.values()), draw.between(1, 3));
            return single(topic(draw, purposes.get(0)), draw, facts, split, toolbox(draw, purposes, true));
        }
    },
    /** Calls a tool twice, or two tools, before it answers. */
    TWO_CALLS(12) {
        @Override
        Dialogue dialogue(Draw draw, Facts facts, Split split) {
            if (draw.chance(40)) {
                return single(Arithmetic::chain, draw, facts, split, usual(draw, Purpose.CALCULATE));
            }
            List<Purpose> purposes = draw.some(List.of(Purpose.values()), 2);
            Topic first = topic(draw, purposes.get(0));
            Topic second = draw.chance(50) ? topic(draw, purposes.get(1)) : first;
            Topic both = (d, world) -> question(first, d, world).and(question(second, d, world));
            return single(both, draw, facts, split, toolbox(draw, purposes, false));
        }
    },
    /** Tells the user what it will do before it calls a tool. */
    PREAMBLE(5) {
        @Override
        Dialogue dialogue(Draw draw, Facts facts, Split split) {
            List<Purpose> purposes = draw.some(List.of(Purpose.values()), draw.between(1, 2));
            Setup setup = Setup.of(draw, toolbox(draw, purposes, false), true, AnswerStyle.PLAIN);
            return ask(setup, topic(draw, purposes.get(0)), draw, facts, split);
        }
    },
    /** Understands a question that refers to the one before. */
    FOLLOW_UP(6) {
        @Override
        Dialogue dialogue(Draw draw, Facts facts, Split split) {
            List<Purpose> purposes = draw.some(List.of(Purpose.values()), draw.between(1, 2));
            Setup setup = Setup.of(draw, toolbox(draw, purposes, false), draw.chance(10), AnswerStyle.PLAIN);
            World world = new World(setup.tools(), facts);
            List<Turn> turns = new ArrayList<>();
            turns.add(topic(draw, purposes.get(0)).turn(draw, world, split));
            int count = draw.between(2, 3);
            while (turns.size() < count) {
                Topic followUp = turns.get(turns.size() - 1).followUp();
                boolean changes = turns.size() < count - 1 && draw.chance(30);
                Topic next = followUp == null || changes ? topic(draw, draw.one(purposes)) : followUp;
                turns.add(next.turn(draw, world, split));
            }
            return new Dialogue(setup, turns);
        }
    },
    /** Runs Python in its chain of thought. */
    PYTHON(8) {
        @Override
        Dialogue dialogue(Draw draw, Facts facts, Split split) {
            List<Purpose> purposes = draw.chance(50) ? List.of() : List.of(draw.one(LOOKUPS));
            Toolbox tools = new Toolbox(toolbox(draw, purposes, false).functions(), true);
            Topic topic = draw.chance(75) ? PythonTask::question : Arithmetic::question;
            return single(topic, draw, facts, split, tools);
        }
    },
    /** Refuses what is not allowed. */
    REFUSAL(6) {
        @Override
        Dialogue dialogue(Draw draw, Facts facts, Split split) {
            Toolbox tools = toolbox(draw, draw.some(List.of(Purpose.values()), draw.between(0, 2)), false);
            return single(Talk::refusal, draw, facts, split, tools);
        }
    },
    /** Answers in JSON, by a schema in the developer message. */
    JSON_FORMAT(6) {
        @Override
        Dialogue dialogue(Draw draw, Facts facts, Split split) {
            List<Purpose> purposes = draw.some(List.of(Purpose.values()), draw.between(1, 2));
            Setup setup = Setup.of(draw, toolbox(draw, purposes, false), false, AnswerStyle.PLAIN);
            Topic withFields = (d, world) -> {
                Turn turn;
                do {
                    turn = topic(d, purposes.get(0)).turn(d, world);
                } while (turn.answer().fields().isEmpty());
                return turn;
            };
            Dialogue dialogue = ask(setup, withFields, draw, facts, split);
            AnswerStyle json = AnswerStyle.json(draw, dialogue.last().answer());
            return new Dialogue(setup.withStyle(json), dialogue.turns());
        }
    },
    /** Answers as the developer wants it: in one word or with a number, with a given word at the end or at the beginning. */
    INSTRUCTION(14) {
        @Override
        Dialogue dialogue(Draw draw, Facts facts, Split split) {
            List<Purpose> purposes = draw.some(List.of(Purpose.values()), draw.between(1, 2));
            Topic topic = draw.chance(20) ? Talk::greeting : topic(draw, purposes.get(0));
            Setup setup = Setup.of(draw, toolbox(draw, purposes, false), draw.chance(10), AnswerStyle.instructed(draw));
            Dialogue dialogue;
            do {
                dialogue = ask(setup, topic, draw, facts, split);
            } while (dialogue.failed());
            return dialogue;
        }
    },
    /** Tells the user that a tool failed, and why. */
    TOOL_ERROR(3) {
        @Override
        Dialogue dialogue(Draw draw, Facts facts, Split split) {
            Purpose purpose = draw.one(LOOKUPS);
            Dialogue dialogue = single(topic(draw, purpose), draw, facts, split, usual(draw, purpose));
            while (!dialogue.failed()) {
                dialogue = single(topic(draw, purpose), draw, facts, split, usual(draw, purpose));
            }
            return dialogue;
        }
    },
    /** Greets, thanks, repeats a word, and says what it does not know. */
    SMALL_TALK(7) {
        @Override
        Dialogue dialogue(Draw draw, Facts facts, Split split) {
            Toolbox tools = toolbox(draw, draw.some(List.of(Purpose.values()), draw.between(0, 2)), false);
            // the fixed phrases are the same in every conversation, so they belong to no test
            Topic topic = split == Split.TRAIN && draw.chance(30) ? Talk::fixed : Talk::question;
            return single(topic, draw, facts, split, tools);
        }
    };

    private static final List<Purpose> LOOKUPS = List.of(Purpose.WEATHER, Purpose.TIME, Purpose.PHONE);

    private final int weight;

    Skill(int weight) {
        this.weight = weight;
    }

    /** Returns the name for tables and files, as in {@code tool-arithmetic}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns a conversation whose last turn shows this skill, and whose questions all belong to one half. */
    abstract Dialogue dialogue(Draw draw, Facts facts, Split split);

    /** Returns one of the skills, by their weights in training. */
    static Skill draw(Draw draw) {
        int left = draw.between(
                0, Arrays.stream(values()).mapToInt(skill -> skill.weight).sum() - 1);
        int index = 0;
        while (left >= values()[index].weight) {
            left -= values()[index].weight;
            index++;
        }
        return values()[index];
    }

    private static Dialogue single(Topic topic, Draw draw, Facts facts, Split split, Toolbox tools) {
        return ask(Setup.of(draw, tools, false, AnswerStyle.PLAIN), topic, draw, facts, split);
    }

    private static Dialogue ask(Setup setup, Topic topic, Draw draw, Facts facts, Split split) {
        return new Dialogue(setup, List.of(topic.turn(draw, new World(setup.tools(), facts), split)));
    }

    /** Returns a topic for which this kind of tool is needed. */
    private static Topic topic(Draw draw, Purpose purpose) {
        return switch (purpose) {
            case CALCULATE -> Arithmetic::question;
            case WEATHER -> draw.one(List.of(Lookup.WEATHER, Lookup.TEMPERATURE, Lookup.UMBRELLA));
            case TIME -> Lookup.TIME;
            case PHONE -> Lookup.PHONE;
        };
    }

    /** Returns a turn that ends with a question mark and whose tool does not fail. */
    private static Turn question(Topic topic, Draw draw, World world) {
        Turn turn = topic.turn(draw, world);
        while (!turn.user().endsWith("?") || turn.user().endsWith("= ?") || turn.failed()) {
            turn = topic.turn(draw, world);
        }
        return turn;
    }

    /** Returns a tool under its usual name, mostly with others beside it. */
    private static Toolbox usual(Draw draw, Purpose needed) {
        List<Purpose> purposes = new ArrayList<>();
        purposes.add(needed);
        for (Purpose other : Purpose.values()) {
            if (other != needed && draw.chance(25)) {
                purposes.add(other);
            }
        }
        return toolbox(draw, purposes, false);
    }

    /** Returns tools in a random order. */
    private static Toolbox toolbox(Draw draw, List<Purpose> purposes, boolean renamed) {
        List<ToolForm> forms = draw.some(purposes, purposes.size()).stream()
                .map(purpose -> renamed ? purpose.renamed(draw) : form(draw, purpose))
                .toList();
        return new Toolbox(forms, false);
    }

    private static ToolForm form(Draw draw, Purpose purpose) {
        ToolForm usual = purpose.usual();
        return draw.chance(10) ? usual.withDetails() : usual;
    }
}
