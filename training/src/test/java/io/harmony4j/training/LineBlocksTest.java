package io.harmony4j.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LineBlocksTest {
    private static final int BLOCK = 10;
    private static final int MAX_LINE = 24;

    private static List<LineBlocks.Block> blocks(String text) throws IOException {
        try (LineBlocks blocks =
                new LineBlocks(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), BLOCK, MAX_LINE)) {
            List<LineBlocks.Block> all = new ArrayList<>();
            for (LineBlocks.Block block = blocks.next(); block != null; block = blocks.next()) {
                all.add(block);
            }
            return all;
        }
    }

    private static String text(LineBlocks.Block block) {
        return new String(block.bytes(), 0, block.length(), StandardCharsets.UTF_8);
    }

    @Test
    void aBlockHasAsManyWholeLinesAsFitAndAtLeastOne() throws IOException {
        assertThat(blocks("a\nbc\nd\nefghijklmnopq\nr"))
                .extracting(LineBlocksTest::text)
                .containsExactly("a\nbc\nd\n", "efghijklmnopq\n", "r");
        assertThat(blocks("")).isEmpty();
    }

    @Test
    void aLineThatIsTooLongIsCountedButNotKept() throws IOException {
        List<LineBlocks.Block> blocks = blocks("a\n" + "x".repeat(100) + "\nb\n" + "y".repeat(100));

        assertThat(blocks).extracting(LineBlocks.Block::isTooLong).containsExactly(false, true, false, true);
        assertThat(blocks).extracting(LineBlocks.Block::firstLine).containsExactly(1L, 2L, 3L, 4L);
        assertThat(text(blocks.get(2))).isEqualTo("b\n");
    }

    @Property
    void blocksAreTheLinesAndKnowTheirNumbers(@ForAll("texts") String text) throws IOException {
        StringBuilder all = new StringBuilder();
        long line = 1;
        for (LineBlocks.Block block : blocks(text)) {
            assertThat(block.firstLine()).isEqualTo(line);
            String lines = text(block);
            line += lines.lines().count();
            assertThat(block.nextLine()).isEqualTo(line);
            all.append(lines);
        }
        assertThat(all.toString()).isEqualTo(text);
    }

    @Property
    void whatFollowsABlockIsCutTheSameFromThereOn(@ForAll("texts") String text) throws IOException {
        List<String> blocks = blocks(text).stream().map(LineBlocksTest::text).toList();
        for (int i = 0; i < blocks.size(); i++) {
            List<String> rest = blocks.subList(i, blocks.size());
            assertThat(blocks(String.join("", rest)))
                    .extracting(LineBlocksTest::text)
                    .isEqualTo(rest);
        }
    }

    @Provide
    static Arbitrary<String> texts() {
        Arbitrary<String> line = Arbitraries.strings().withCharRange('a', 'c').ofMaxLength(MAX_LINE - 2);
        return line.list().ofMaxSize(12).map(lines -> String.join("\n", lines));
    }
}
