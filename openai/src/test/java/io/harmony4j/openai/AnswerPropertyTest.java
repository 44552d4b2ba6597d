package io.harmony4j.openai;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever a model writes, and however it is cut, clients can read the answers. */
class AnswerPropertyTest {

    @Property(tries = 300)
    void piecesAreTheWholeForTokens(@ForAll long seed) {
        Random random = new Random(seed);
        new AnswerChecks(RandomOutputs.rules(random), RandomOutputs.end(random)).check(RandomOutputs.tokens(random));
    }

    @Property(tries = 300)
    void piecesAreTheWholeForChunksOfText(@ForAll long seed) {
        Random random = new Random(seed);
        String text = RandomOutputs.text(random);
        new AnswerChecks(RandomOutputs.rules(random), RandomOutputs.end(random))
                .check(text, RandomOutputs.chunks(random, text));
    }
}
