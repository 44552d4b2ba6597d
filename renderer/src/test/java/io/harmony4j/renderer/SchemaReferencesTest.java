package io.harmony4j.renderer;

import static io.harmony4j.renderer.TypeScript.faithfulOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.ToolDescription;
import io.harmony4j.ToolNamespace;
import io.harmony4j.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of {@code $ref} in faithful TypeScript. */
@Timeout(60)
class SchemaReferencesTest {
    private static final String TREE = "{'type':'object','properties':{'t':{'$ref':'#/$defs/Tree'}},'$defs':{'Tree':"
            + "{'type':'object','properties':{'c':{'type':'array','items':{'$ref':'#/$defs/Tree'}}}}}}";

    private static SchemaType withTaken(String schema, String... taken) {
        return FaithfulTypeScriptWriter.write(Json.parse(schema.replace('\'', '"')), Set.of(taken), new HashSet<>());
    }

    /** Returns a schema that refers to the first of so many definitions. */
    private static String definitions(int count, IntFunction<String> definition) {
        return IntStream.range(0, count)
                .mapToObj(i -> "'d" + i + "':" + definition.apply(i))
                .collect(Collectors.joining(",", "{'$ref':'#/$defs/d0','$defs':{", "}}"));
    }

    private static String reference(int number) {
        return "{'$ref':'#/$defs/d" + number + "'}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "#/$defs/A",
                "#/$defs/a~1b",
                "#/$defs/a~0b",
                "#/$defs/a%25b",
                "#/%24defs/A",
                "#/anyOf/1",
                "#/$defs/chain"
            })
    void anyPlaceOfTheDocumentCanBeReferredTo(String reference) {
        assertThat(faithfulOf(
                                "{'properties':{'a':{'$ref':'" + reference + "'}},'anyOf':[{},{'const':1}],'$defs':"
                                        + "{'A':{'const':1},'a/b':{'const':1},'a~b':{'const':1},'a%b':{'const':1},'chain':{'$ref':'#/$defs/A'}}}")
                        .text())
                .contains("a?: 1,\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "#anchor",
                "other.json",
                "#/$defs/none",
                "#/anyOf/2",
                "#/anyOf/01",
                "#/anyOf/-1",
                "#/$defs/text",
                "#/$defs/circle"
            })
    void whatCannotBeFoundIsAnyAndNamed(String reference) {
        SchemaType type = faithfulOf("{'properties':{'a':{'$ref':'" + reference + "'}},'anyOf':[{},{}],'$defs':"
                + "{'text':'x','circle':{'$ref':'#/$defs/back'},'back':{'$ref':'#/$defs/circle'}}}");

        assertThat(type.text()).contains("// $ref: " + reference + "\na?: any,\n");
        assertThat(type.helpers()).isEmpty();
    }

    @Test
    void whatStandsBesideAReferenceWins() {
        assertThat(faithfulOf(
                                "{'properties':{'a':{'$ref':'#/$defs/A','description':'near','nullable':true,'required':['c']}},'$defs':"
                                        + "{'A':{'description':'far','properties':{'b':{},'c':{}},'required':['b']}}}")
                        .text())
                .isEqualTo("{\n// near\na?: {\n    b: any,\n    c: any,\n    } | null,\n}");
    }

    @Test
    void propertiesBesideAReferenceAreAdded() {
        assertThat(faithfulOf("{'$ref':'#/$defs/A','properties':{'c':{}},'$defs':{'A':{'properties':{'b':{}}}}}")
                        .text())
                .isEqualTo("{\nb?: any,\nc?: any,\n}");
    }

    @Test
    void anAllOfWithOneReferenceIsAReference() {
        assertThat(faithfulOf(
                                "{'properties':{'a':{'allOf':[{'$ref':'#/$defs/A'}],'default':'x'}},'$defs':{'A':{'enum':['x','y']}}}")
                        .text())
                .isEqualTo("{\na?: \"x\" | \"y\", // default: x\n}");
    }

    @Test
    void whatRefersToItselfHasAName() {
        SchemaType type = faithfulOf(TREE);

        assertThat(type.text()).isEqualTo("{\nt?: Tree,\n}");
        assertThat(type.helpers()).containsExactly("type Tree = {\nc?: Tree[],\n};");
    }

    @Test
    void whatRefersToItselfByAnotherHasANameToo() {
        SchemaType type = faithfulOf("{'$ref':'#/$defs/a','$defs':{'a':{'properties':{'b':{'$ref':'#/$defs/b'}}},"
                + "'b':{'properties':{'a':{'$ref':'#/$defs/a'}}},'c':{}}}");

        assertThat(type.text()).isEqualTo("a");
        assertThat(type.helpers()).containsExactly("type a = {\nb?: b,\n};", "type b = {\na?: a,\n};");
    }

    @Test
    void theWholeIsSelf() {
        SchemaType type = faithfulOf("{'properties':{'a':{'$ref':'#','description':'D'}},'description':'Whole'}");

        assertThat(type.text()).isEqualTo("// Whole\n{\n// D\na?: Self,\n}");
        assertThat(type.helpers()).containsExactly("// Whole\ntype Self = {\n// D\na?: Self,\n};");
    }

    @Test
    void aNameThatIsTakenHasANumber() {
        assertThat(withTaken(TREE, "Tree").text()).isEqualTo("{\nt?: Tree2,\n}");
        assertThat(withTaken(TREE, "Tree", "Tree2").text()).isEqualTo("{\nt?: Tree3,\n}");
        assertThat(withTaken(TREE.replace("Tree", "string")).text()).isEqualTo("{\nt?: string2,\n}");
        assertThat(withTaken(TREE.replace("Tree", "a-tree")).text()).isEqualTo("{\nt?: a_tree,\n}");
        assertThat(withTaken(TREE.replace("Tree", "9")).text()).isEqualTo("{\nt?: _9,\n}");
    }

    @Test
    void helpersStandAtTheTopOfTheNamespaceOnceEach() {
        String other = TREE.replace("'c'", "'d'");
        ToolNamespace tools = ToolNamespace.functions(
                ToolDescription.of("f", "F\u2028G", TREE.replace('\'', '"')),
                ToolDescription.of("g", "", TREE.replace('\'', '"')),
                ToolDescription.of("Tree2", "", other.replace('\'', '"')));

        assertThat(NamespaceWriter.faithful(tools)).isEqualTo("""
                ## functions

                namespace functions {

                type Tree = {
                c?: Tree[],
                };

                type Tree3 = {
                d?: Tree3[],
                };

                // F
                // G
                type f = (_: {
                t?: Tree,
                }) => any;

                type g = (_: {
                t?: Tree,
                }) => any;

                type Tree2 = (_: {
                t?: Tree3,
                }) => any;

                } // namespace functions""");
    }

    @Test
    void aLongTextHasNamesForAllThatIsReferredTo() {
        String schema = "{'properties':{'a':{'$ref':'#/$defs/A'},'b':{'$ref':'#/$defs/A'},'c':{'description':'x'}},"
                + "'$defs':{'A':{'type':'string'}}}";
        String shortest = faithfulOf(schema).text();
        String longest = "x".repeat(FaithfulTypeScriptWriter.MAX_INLINED - shortest.length() + 1);

        assertThat(faithfulOf(schema.replace("'x'", "'" + longest + "'")).helpers())
                .isEmpty();
        assertThat(faithfulOf(schema.replace("'x'", "'x" + longest + "'")).helpers())
                .containsExactly("type A = string;");
        assertThat(faithfulOf(schema.replace("'x'", "'x" + longest + "'")).text())
                .startsWith("{\na?: A,\nb?: A,\n");
    }

    @Test
    void referencesThatDoubleStayShort() {
        for (String both :
                List.of("{'properties':{'a':R,'b':R}}", "{'allOf':[R,R]}", "{'anyOf':[R,R]}", "{'items':[R,R]}")) {
            SchemaType type = faithfulOf(definitions(60, i -> i == 59 ? "{}" : both.replace("R", reference(i + 1))));

            assertThat(type.text()).isEqualTo("d0");
            assertThat(type.helpers())
                    .hasSize(60)
                    .allSatisfy(helper -> assertThat(helper).hasSizeLessThan(60));
        }
    }

    @Test
    void longChainsEnd() {
        assertThat(faithfulOf(definitions(5000, i -> i == 4999 ? "{}" : reference(i + 1)))
                        .helpers())
                .hasSize(5000);
        assertThat(faithfulOf(definitions(5000, i -> "{'properties':{'a':" + reference((i + 1) % 5000) + "}}"))
                        .helpers())
                .hasSize(5000);
    }
}
