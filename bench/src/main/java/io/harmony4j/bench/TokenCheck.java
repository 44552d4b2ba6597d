package io.harmony4j.bench;

import io.harmony4j.bench.CorpusFolder.ExpectedTokens;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks the tokens of texts before anything is timed: ours against what is expected of them, where that is known, and
 * JTokkit's against ours.
 */
final class TokenCheck {
    private final Map<String, ExpectedTokens> expected;
    private final Results results;
    private int known;
    private int same;

    TokenCheck(Map<String, ExpectedTokens> expected, Results results) {
        this.expected = expected;
        this.results = results;
    }

    void check(Corpus corpus) {
        int[] tokens = Library.HARMONY4J.idsOf(corpus.text());
        boolean isSame = Arrays.equals(tokens, Library.JTOKKIT.idsOf(corpus.text()));
        for (String document : corpus.documents()) {
            isSame &= hasAllRight(document);
        }
        @Nullable ExpectedTokens right = expected.get(corpus.name());
        if (right == null) {
            if (!isSame) {
                results.error(
                        "Tokens of " + corpus.name() + " are not those of JTokkit, and it is not known who is right.");
            }
        } else if (right.are(tokens)) {
            known++;
            if (!isSame) {
                results.note("JTokkit's tokens of " + corpus.name() + " differ from ours, which are as expected.");
            }
        } else {
            results.error("Tokens of " + corpus.name() + " are not as expected: found " + tokens.length + " with hash "
                    + Long.toHexString(TokenHash.of(tokens)) + ".");
        }
        same += isSame ? 1 : 0;
    }

    /** Returns whether both libraries give the same tokens of a document, count them, and decode them to the document. */
    private static boolean hasAllRight(String document) {
        int[] tokens = Library.HARMONY4J.idsOf(document);
        for (Library library : Library.values()) {
            if (!Arrays.equals(library.idsOf(document), tokens)
                    || library.count(document) != tokens.length
                    || !library.decode(library.encode(document)).equals(document)) {
                return false;
            }
        }
        return true;
    }

    /** Tells what was found of all texts. */
    void tell(int texts) {
        results.note("Tokens of " + known + " of " + texts + " texts are as expected.tsv has them, of " + same
                + " JTokkit's are the same as ours, whole and by document.");
    }
}
