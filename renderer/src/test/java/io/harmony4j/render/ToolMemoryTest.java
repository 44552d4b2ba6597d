package io.harmony4j.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.ToolDescription;
import io.harmony4j.ToolNamespace;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

@Domain(RenderArbitraries.class)
class ToolMemoryTest {
    private static final ToolMemory SHARED = new ToolMemory(Fragments.TOKENIZER);

    private final ToolMemory memory = new ToolMemory(Fragments.TOKENIZER);

    private static ToolNamespace namespace(String description) {
        return new ToolNamespace("n", description, List.of());
    }

    private static ToolNamespace withParameters(String schema) {
        return ToolNamespace.functions(ToolDescription.of("f", "F.", schema));
    }

    @Property
    void aNamespaceHasTheTokensOfItsText(@ForAll ToolNamespace namespace) {
        for (String end : List.of("", "\n\n")) {
            assertThat(SHARED.tokens(namespace, end))
                    .isEqualTo(Fragments.tokens(NamespaceText.of(namespace) + end))
                    .isSameAs(SHARED.tokens(namespace, end));
        }
    }

    @Test
    void aNamespaceIsKnownByItsText() {
        String schema = "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}";

        assertThat(memory.tokens(withParameters(schema), "")).isSameAs(memory.tokens(withParameters(schema), ""));
    }

    @Test
    void equalNamespacesMayHaveDifferentTexts() {
        ToolNamespace ab = withParameters("{\"type\":\"object\",\"properties\":{\"a\":{},\"b\":{}}}");
        ToolNamespace ba = withParameters("{\"type\":\"object\",\"properties\":{\"b\":{},\"a\":{}}}");
        assertThat(ab).isEqualTo(ba);

        assertThat(Fragments.text(memory.tokens(ab, ""))).contains("a?: any,\nb?: any,\n");
        assertThat(Fragments.text(memory.tokens(ba, ""))).contains("b?: any,\na?: any,\n");
    }

    @Test
    void theEndIsTokenisedWithTheText() {
        ToolNamespace namespace = namespace("One.");

        assertThat(memory.tokens(namespace, "")).isEqualTo(Fragments.tokens("## n\n\nOne."));
        assertThat(memory.tokens(namespace, "\n\n"))
                .isEqualTo(Fragments.tokens("## n\n\nOne.\n\n"))
                .isNotEqualTo(Fragments.tokens("## n\n\nOne.", "\n\n"));
    }

    @Test
    void theLastNamespacesAreRemembered() {
        List<ToolNamespace> namespaces = IntStream.rangeClosed(0, ToolMemory.MAX_NAMESPACES)
                .mapToObj(i -> namespace("Number " + i))
                .toList();
        List<int[]> tokens = namespaces.stream()
                .map(namespace -> memory.tokens(namespace, ""))
                .toList();

        for (int i = 1; i < namespaces.size(); i++) {
            assertThat(memory.tokens(namespaces.get(i), "")).isSameAs(tokens.get(i));
        }
        assertThat(memory.tokens(namespaces.get(0), ""))
                .isNotSameAs(tokens.get(0))
                .isEqualTo(tokens.get(0));
    }

    @Test
    void whatComesAgainFromJsonIsNotForgotten() {
        int[] tokens = memory.tokens(namespace("again"), "");

        for (int i = 0; i < 3 * ToolMemory.MAX_NAMESPACES; i++) {
            memory.tokens(namespace("Number " + i), "");
            assertThat(memory.tokens(namespace("again"), "")).isSameAs(tokens);
        }
    }

    @Test
    void aLongTextIsNotRemembered() {
        ToolNamespace longest = namespace("x".repeat(ToolMemory.MAX_LENGTH - "## n\n\n".length()));
        ToolNamespace tooLong = namespace(longest.description() + "x");

        assertThat(memory.tokens(longest, "")).isSameAs(memory.tokens(longest, ""));
        assertThat(memory.tokens(tooLong, "")).isNotSameAs(memory.tokens(tooLong, ""));
    }
}
