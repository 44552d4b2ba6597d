package io.harmony4j.renderer;

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
class ToolCacheTest {
    private static final ToolCache SHARED = new ToolCache(Fragments.TOKENIZER, NamespaceWriter::of);

    private final ToolCache cache = new ToolCache(Fragments.TOKENIZER, NamespaceWriter::of);

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
                    .isEqualTo(Fragments.tokens(NamespaceWriter.of(namespace) + end))
                    .isSameAs(SHARED.tokens(namespace, end));
        }
    }

    @Test
    void equalNamespacesAreOne() {
        String schema = "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}";

        assertThat(cache.tokens(withParameters(schema), "")).isSameAs(cache.tokens(withParameters(schema), ""));
    }

    @Test
    void faithfulTextsAreOthers() {
        ToolNamespace namespace = withParameters("{\"const\":1}");
        ToolCache faithful = new ToolCache(Fragments.TOKENIZER, NamespaceWriter::faithful);

        assertThat(Fragments.text(cache.tokens(namespace, ""))).contains("(_: any)");
        assertThat(Fragments.text(faithful.tokens(namespace, ""))).contains("(_: 1)");
        assertThat(faithful.tokens(namespace, "")).isSameAs(faithful.tokens(namespace, ""));
    }

    @Test
    void anotherOrderOfPropertiesIsAnotherNamespace() {
        ToolNamespace ab = withParameters("{\"type\":\"object\",\"properties\":{\"a\":{},\"b\":{}}}");
        ToolNamespace ba = withParameters("{\"type\":\"object\",\"properties\":{\"b\":{},\"a\":{}}}");

        assertThat(Fragments.text(cache.tokens(ab, ""))).contains("a?: any,\nb?: any,\n");
        assertThat(Fragments.text(cache.tokens(ba, ""))).contains("b?: any,\na?: any,\n");
    }

    @Test
    void theEndIsTokenisedWithTheText() {
        ToolNamespace namespace = namespace("One.");

        assertThat(cache.tokens(namespace, "")).isEqualTo(Fragments.tokens("## n\n\nOne."));
        assertThat(cache.tokens(namespace, "\n\n"))
                .isEqualTo(Fragments.tokens("## n\n\nOne.\n\n"))
                .isNotEqualTo(Fragments.tokens("## n\n\nOne.", "\n\n"));
    }

    @Test
    void theLastNamespacesAreCached() {
        List<ToolNamespace> namespaces = IntStream.rangeClosed(0, ToolCache.MAX_NAMESPACES)
                .mapToObj(i -> namespace("Number " + i))
                .toList();
        List<int[]> tokens = namespaces.stream()
                .map(namespace -> cache.tokens(namespace, ""))
                .toList();

        for (int i = 1; i < namespaces.size(); i++) {
            assertThat(cache.tokens(namespaces.get(i), "")).isSameAs(tokens.get(i));
        }
        assertThat(cache.tokens(namespaces.get(0), ""))
                .isNotSameAs(tokens.get(0))
                .isEqualTo(tokens.get(0));
    }

    @Test
    void whatComesAgainFromJsonIsNotForgotten() {
        int[] tokens = cache.tokens(namespace("again"), "");

        for (int i = 0; i < 3 * ToolCache.MAX_NAMESPACES; i++) {
            cache.tokens(namespace("Number " + i), "");
            assertThat(cache.tokens(namespace("again"), "")).isSameAs(tokens);
        }
    }

    @Test
    void aLongTextIsNotCached() {
        ToolNamespace longest = namespace("x".repeat(ToolCache.MAX_LENGTH - "## n\n\n".length()));
        ToolNamespace tooLong = namespace(longest.description() + "x");

        assertThat(cache.tokens(longest, "")).isSameAs(cache.tokens(longest, ""));
        assertThat(cache.tokens(tooLong, "")).isNotSameAs(cache.tokens(tooLong, ""));
    }
}
