package io.harmony4j.tokenizer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples of docs/algorithms are what the code does. */
class PagesTest {
    private static final Path PAGES = Path.of("..", "docs", "algorithms");
    private static final String FENCE = "\n```\n";

    private static final ToyVocabulary TOY = new ToyVocabulary(List.of("ab", "cb", "ac", "bb", "cbb", "acbb"));

    @Test
    void bpeEncodesThePrefixes() throws IOException {
        StringBuilder table = new StringBuilder();
        for (int length = 1; length <= 6; length++) {
            String text = "abacbb".substring(0, length);
            table.append(String.format("%-8s%s\n", text, String.join(" ", encode(text))));
            assertThat(encode(text)).isEqualTo(TOY.reference().encode(text));
        }
        assertThat(page("bpe.md")).contains(FENCE + table + "```\n");
    }

    @Test
    void bpeGoesBack() throws IOException {
        assertThat(page("bpe.md")).contains(FENCE + String.join("\n", trace("abacb")) + FENCE);
    }

    @Test
    void pretokenizerCutsTheExamples() throws IOException {
        String page = page("pretokenizer.md");
        int start = page.indexOf(FENCE, page.indexOf("## Examples")) + FENCE.length();
        String examples = page.substring(start, page.indexOf(FENCE, start));
        assertThat(examples.lines()).hasSize(7).allSatisfy(line -> {
            String text = line.substring(0, line.indexOf('|')).strip();
            assertThat(line.substring(line.indexOf('|'))).isEqualTo("|" + String.join("|", pieces(text)) + "|");
        });
    }

    @Test
    void pretokenizerShowsThatThePieceBeforeTheLastCanChange() throws IOException {
        String page = page("pretokenizer.md");
        int start = page.indexOf(FENCE, page.indexOf("## Text that grows")) + FENCE.length();
        String examples = page.substring(start, page.indexOf(FENCE, start));
        assertThat(examples.lines()).hasSize(4).allSatisfy(line -> {
            String[] columns = line.split(" {2,}", -1);
            String text = columns[0].translateEscapes();
            String longer = columns[2].translateEscapes();
            assertThat(shown(text)).isEqualTo(columns[1]);
            assertThat(shown(longer)).isEqualTo(columns[3]);
            assertThat(pieces(text)).hasSize(2);
            assertThat(longer).startsWith(text);
            assertThat(pieces(longer).get(0)).isNotEqualTo(pieces(text).get(0));
        });
    }

    private static String shown(String text) {
        return "|" + String.join("|", pieces(text)).replace("\n", "\\n").replace("\t", "\\t") + "|";
    }

    /** Encodes as {@link LongPieceMerge} does, and says what it does. */
    private static List<String> trace(String text) {
        Tables tables = TOY.tables();
        byte[] bytes = padded(text);
        List<String> trace = new ArrayList<>();
        List<Integer> taken = new ArrayList<>();
        List<Integer> deadEnds = new ArrayList<>();
        int at = 0;
        int token = tables.matches().find(bytes, at, text.length()) & LongestMatch.TOKEN_MASK;
        while (true) {
            if (token == Vocabulary.NONE) {
                deadEnds.add(at);
                token = taken.remove(taken.size() - 1);
                trace.add(String.format("at %d: dead end, \"%s\" taken back", at, name(token)));
                at -= name(token).length();
                token = tables.matches().longestPrefix(token);
                continue;
            }
            int last = taken.isEmpty() ? Vocabulary.NONE : taken.get(taken.size() - 1);
            if (deadEnds.contains(at + name(token).length())) {
                token = tables.matches().longestPrefix(token);
            } else if (last != Vocabulary.NONE && !tables.merges().canBeNeighbours(last, token)) {
                String both = name(last) + name(token);
                trace.add(String.format(
                        "at %d: %s refused, \"%s\" is \"%s\"", at, name(token), both, String.join(" ", encode(both))));
                token = tables.matches().longestPrefix(token);
            } else {
                trace.add(String.format("at %d: %s taken", at, name(token)));
                taken.add(token);
                at += name(token).length();
                if (at == text.length()) {
                    return trace;
                }
                token = tables.matches().find(bytes, at, text.length()) & LongestMatch.TOKEN_MASK;
            }
        }
    }

    private static List<String> encode(String text) {
        Tables tables = TOY.tables();
        LongPieceMerge merge = new LongPieceMerge(tables);
        int count = merge.encode(padded(text), 0, text.length());
        return Arrays.stream(merge.tokens(), 0, count).mapToObj(PagesTest::name).toList();
    }

    private static List<String> pieces(String text) {
        byte[] utf8 = text.getBytes(UTF_8);
        List<String> pieces = new ArrayList<>();
        for (int at = 0; at < utf8.length; ) {
            int end = Pretokenizer.pieceEnd(utf8, at, utf8.length);
            pieces.add(new String(utf8, at, end - at, UTF_8));
            at = end;
        }
        return pieces;
    }

    private static byte[] padded(String text) {
        return Arrays.copyOf(text.getBytes(ISO_8859_1), text.length() + Utf8Text.PADDING);
    }

    private static String name(int token) {
        return TOY.tokens().get(token);
    }

    private static String page(String name) throws IOException {
        return Files.readString(PAGES.resolve(name));
    }
}
