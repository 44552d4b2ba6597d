package io.harmony4j.tiny;

/**
 * Facts drawn anew for each training conversation, so that there is nothing to be learned by heart. Half of the arithmetic is
 * wrong: the model must say what its tool said.
 */
final class RandomFacts implements Facts {
    private static final int ERROR_PERCENT = 4;
    private static final int WRONG_PERCENT = 50;

    private final Draw draw;

    RandomFacts(Draw draw) {
        this.draw = draw;
    }

    @Override
    public String answer(Purpose purpose, String argument) {
        if (draw.chance(ERROR_PERCENT)) {
            String error = draw.one(Words.ERRORS);
            return draw.chance(70) ? Facts.error(error) : "error: " + error;
        }
        return switch (purpose) {
            case CALCULATE ->
                draw.chance(WRONG_PERCENT) ? Facts.result(number()) : PhoneBook.INSTANCE.answer(purpose, argument);
            case WEATHER -> Facts.weather(draw.between(-12, 38), draw.one(Words.SKIES));
            case TIME -> Facts.time(draw.between(0, 23), draw.between(0, 59));
            // half of the areas begin with a zero: those tokens are rare elsewhere
            case PHONE -> Facts.phone(draw.between(0, draw.chance(50) ? 99 : 999), draw.between(0, 9_999));
        };
    }

    @Override
    public String python(String program) {
        if (draw.chance(ERROR_PERCENT)) {
            return "error: " + draw.one(Words.ERRORS);
        }
        return draw.chance(WRONG_PERCENT) ? number() : PhoneBook.INSTANCE.python(program);
    }

    private String number() {
        String sign = draw.chance(15) ? "-" : "";
        String more = draw.chance(50) ? String.valueOf(draw.number(4)) : "";
        String fraction = draw.chance(10) ? "." + draw.between(1, 9) : "";
        return sign + draw.between(1, 9_999) + more + fraction;
    }
}
