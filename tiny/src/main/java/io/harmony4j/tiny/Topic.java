package io.harmony4j.tiny;

/** Something that users ask about. */
@FunctionalInterface
interface Topic {
    /** The most questions that are drawn to find one of the right half. */
    int MAX_DRAWS = 10_000;

    /** Returns a question and how it is answered. */
    Turn turn(Draw draw, World world);

    /**
     * Returns a question of one half of all questions.
     *
     * @throws IllegalStateException if there seems to be none
     */
    default Turn turn(Draw draw, World world, Split split) {
        for (int i = 0; i < MAX_DRAWS; i++) {
            Turn turn = turn(draw, world);
            if (Split.of(turn.user()) == split) {
                return turn;
            }
        }
        throw new IllegalStateException("expected a question of " + split + " but found none in " + MAX_DRAWS);
    }
}
