package io.harmony4j.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    /** What numbers are written as, in the plainest way. */
    private static String plain(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    }

    private static String written(List<Integer> numbers) {
        JsonText text = new JsonText(1);
        text.add("[");
        numbers.forEach(text::addNumber);
        text.endList();
        return StandardCharsets.US_ASCII.decode(text.toBytes()).toString();
    }

    @Property(tries = 500)
    void numbersAreWrittenAsJavaDoes(@ForAll List<Integer> numbers) {
        assertThat(written(numbers)).isEqualTo(plain(numbers));
    }

    @Test
    void allTokensAndWhatIsBeyond() {
        List<Integer> tokens = IntStream.rangeClosed(-1001, 201_100).boxed().toList();
        List<Integer> limits = List.of(999_999, 1_000_000, 999_999_999, Integer.MAX_VALUE, Integer.MIN_VALUE, -100, 0);

        assertThat(written(tokens)).isEqualTo(plain(tokens));
        assertThat(written(limits)).isEqualTo(plain(limits));
    }
}
