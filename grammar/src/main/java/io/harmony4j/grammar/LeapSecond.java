package io.harmony4j.grammar;

/**
 * The times of RFC 3339 within a leap second, which is the sixtieth of 23:59 in UTC: the minute that has been read says what offset must follow.
 */
record LeapSecond() implements ByteMachine {
    /** The state before the first character. */
    static final int START = 0;

    private static final int MINUTES = 24 * 60;
    private static final int LAST_MINUTE = MINUTES - 1;

    /** What a time begins with; digits of the hour and the minute stand for others. */
    private static final String BEGINNING = "00:00:60";

    private static final int HOUR_TENS = 0;
    private static final int HOUR = 1;
    private static final int MINUTE_TENS = 3;
    private static final int MINUTE = 4;

    /*
     * A state is a place in the text, and the minute of the day: up to the offset the minute that has been read, then the one that is the offset.
     */
    private static final int SECOND_READ = BEGINNING.length();
    private static final int POINT = SECOND_READ + 1;
    private static final int FRACTION = SECOND_READ + 2;
    private static final int OFFSET = SECOND_READ + 3;
    private static final int END = OFFSET + "00:00".length();

    /** Returns a set without the texts that have a leap second, which need thousands of states; the set itself if it would be empty then. */
    static Regex without(Regexes regexes, Regex set) {
        Regex left = leave(regexes, set);
        return regexes.isEmpty(left) ? set : left;
    }

    private static Regex leave(Regexes regexes, Regex set) {
        Regex.Shape shape = set.shape();
        if (shape instanceof Regex.Sequence sequence) {
            return regexes.sequence(leave(regexes, sequence.first()), leave(regexes, sequence.rest()));
        } else if (shape instanceof Regex.Union union) {
            return regexes.union(
                    union.parts().stream().map(part -> leave(regexes, part)).toList());
        } else if (shape instanceof Regex.Intersection intersection) {
            return regexes.intersection(intersection.parts().stream()
                    .map(part -> leave(regexes, part))
                    .toList());
        }
        return shape instanceof Regex.Machine machine && machine.machine() instanceof LeapSecond
                ? regexes.nothing()
                : set;
    }

    @Override
    public int next(int state, int value) {
        int place = state / MINUTES;
        int minute = state % MINUTES;
        boolean isDigit = value >= '0' && value <= '9';
        if (place < SECOND_READ) {
            return beginning(place, minute, value, isDigit);
        } else if (place >= OFFSET) {
            return place < END && value == digitOfOffset(minute, place - OFFSET) ? state(place + 1, minute) : DEAD;
        } else if (isDigit) {
            return place == SECOND_READ ? DEAD : state(FRACTION, minute);
        }
        return switch (value) {
            case '.' -> place == SECOND_READ ? state(POINT, minute) : DEAD;
            case 'Z', 'z' -> place != POINT && minute == LAST_MINUTE ? state(END, 0) : DEAD;
            case '+' -> place != POINT ? state(OFFSET, (minute + 1) % MINUTES) : DEAD;
            case '-' -> place != POINT ? state(OFFSET, LAST_MINUTE - minute) : DEAD;
            default -> DEAD;
        };
    }

    private static int beginning(int place, int minute, int value, boolean isDigit) {
        int weight = switch (place) {
            case HOUR_TENS -> 600;
            case HOUR -> 60;
            case MINUTE_TENS -> 10;
            case MINUTE -> 1;
            default -> 0;
        };
        if (weight == 0) {
            return value == BEGINNING.charAt(place) ? state(place + 1, minute) : DEAD;
        }
        int digit = value - '0';
        int after = minute + weight * digit;
        boolean isTooLarge = after >= MINUTES || (place == MINUTE_TENS && digit > 5);
        return !isDigit || isTooLarge ? DEAD : state(place + 1, after);
    }

    private static int digitOfOffset(int minute, int index) {
        return switch (index) {
            case 0 -> '0' + minute / 600;
            case 1 -> '0' + minute / 60 % 10;
            case 2 -> ':';
            case 3 -> '0' + minute % 60 / 10;
            default -> '0' + minute % 10;
        };
    }

    @Override
    public boolean accepts(int state) {
        return state / MINUTES == END;
    }

    private static int state(int place, int minute) {
        return place * MINUTES + minute;
    }
}
