package io.harmony4j.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class PartialJsonPropertyTest {
    @Provide
    Arbitrary<String> objects() {
        return JsonTexts.objects();
    }

    @Provide
    Arbitrary<String> garbage() {
        return JsonTexts.garbage();
    }

    private static PartialJson of(List<String> deltas) {
        PartialJson partial = new PartialJson();
        deltas.forEach(partial::accept);
        return partial;
    }

    @Property
    void completeObjectHasAllFieldsInOrder(@ForAll("objects") String json) {
        PartialJson partial = of(List.of(json));
        JsonNode tree = JsonTexts.read(json).orElseThrow();
        assertThat(partial.isComplete()).isTrue();
        assertThat(partial.error()).isEmpty();
        List<String> names = new ArrayList<>();
        tree.fieldNames().forEachRemaining(names::add);
        assertThat(partial.completeFields().keySet()).containsExactlyElementsOf(names);
        partial.completeFields()
                .forEach((name, value) -> assertThat(JsonTexts.read(value)).contains(tree.get(name)));
    }

    @Property
    void fieldsOfABeginningAreFieldsOfTheWhole(@ForAll("objects") String json) {
        Map<String, String> whole = of(List.of(json)).completeFields();
        PartialJson partial = new PartialJson();
        for (int at = 0; at < json.length(); at++) {
            assertThat(partial.isComplete()).isFalse();
            partial.openField().ifPresent(name -> assertThat(whole).containsKey(name));
            String open = partial.openField().map(whole::get).orElse("null");
            partial.openText()
                    .ifPresent(text -> assertThat(
                                    JsonTexts.read(open).orElseThrow().asText())
                            .startsWith(text));
            partial.accept(json.substring(at, at + 1));
            assertThat(whole).containsAllEntriesOf(partial.completeFields());
        }
        assertThat(partial.completeFields()).isEqualTo(whole);
    }

    @Property
    void cutsDoNotMatter(@ForAll("garbage") String text, @ForAll List<@IntRange(max = 30) Integer> cuts) {
        assertSame(of(JsonTexts.cut(text, cuts)), of(List.of(text)));
        assertSame(of(List.of(text.split(""))), of(List.of(text)));
    }

    private static void assertSame(PartialJson one, PartialJson other) {
        assertThat(one.completeFields()).isEqualTo(other.completeFields());
        assertThat(one.openField()).isEqualTo(other.openField());
        assertThat(one.openText()).isEqualTo(other.openText());
        assertThat(one.isComplete()).isEqualTo(other.isComplete());
        assertThat(one.error()).isEqualTo(other.error());
        assertThat(one.text()).isEqualTo(other.text());
    }

    @Property
    void completeWithoutErrorMeansJson(@ForAll("garbage") String text) {
        // white space ends a number that is the whole text
        PartialJson partial = of(List.of(text, "\n"));
        assertThat(partial.isComplete() && partial.error().isEmpty())
                .isEqualTo(JsonTexts.read(text).isPresent());
    }
}
