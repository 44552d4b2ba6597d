package io.harmony4j.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.bench.CorpusFolder.ExpectedTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenCheckTest {
    private static final int[] HELLO_WORLD = {13225, 2375};

    private final List<String> heard = new ArrayList<>();
    private final Results results = new Results(new Notes(heard));

    @Test
    void tokensAreAsExpected() {
        check(new ExpectedTokens(2, TokenHash.of(HELLO_WORLD)), "Hello world");

        assertThat(isRight()).isTrue();
        assertThat(heard)
                .containsExactly(
                        "Tokens of 1 of 1 texts are as expected.tsv has them, of 1 JTokkit's are the same as ours,"
                                + " whole and by document.\n");
    }

    @Test
    void otherTokensThanExpectedAreAnError() {
        check(new ExpectedTokens(2, 1), "Hello world");

        assertThat(isRight()).isFalse();
        assertThat(heard.get(0)).isEqualTo("Tokens of en are not as expected: found 2 with hash c8f551077f2910f9.\n");
    }

    @Test
    void whereJTokkitDiffersWhatIsExpectedIsRight() {
        String unpaired = "a\uD800b"; // JTokkit takes the surrogate for a question mark
        check(new ExpectedTokens(3, TokenHash.of(Library.HARMONY4J.idsOf(unpaired))), unpaired);

        assertThat(isRight()).isTrue();
        assertThat(heard.get(0)).isEqualTo("JTokkit's tokens of en differ from ours, which are as expected.\n");
    }

    @Test
    void aDifferenceThatNobodyCanJudgeIsAnError() {
        TokenCheck check = new TokenCheck(Map.of(), results);
        check.check(Corpus.of("en", "a\uD800b"));

        assertThat(isRight()).isFalse();
        assertThat(heard).containsExactly("Tokens of en are not those of JTokkit, and it is not known who is right.\n");
    }

    private void check(ExpectedTokens expected, String text) {
        TokenCheck check = new TokenCheck(Map.of("en", expected), results);
        check.check(Corpus.of("en", text));
        check.tell(1);
    }

    private boolean isRight() {
        return results.toJson(Machine.here(), 1).get("tokens_right").booleanValue();
    }
}
