package io.harmony4j.renderer;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Role;
import io.harmony4j.ToolDescription;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Inputs that make careless code slow or run out of stack. */
@Timeout(60)
class PathologicalTest {
    private static final HarmonyRenderer RENDERER = new HarmonyRenderer(Fragments.TOKENIZER);

    private static String rendered(String parameters) {
        ToolDescription tool = ToolDescription.of("f", "F.", parameters);
        return Fragments.text(RENDERER.render(Message.developer(Content.Developer.EMPTY.withFunctions(tool))));
    }

    @Test
    void nestedObjects() {
        int depth = 63; // two levels of JSON each, of 127
        String parameters = "{\"type\":\"object\",\"nullable\":true,\"properties\":{\"p\":".repeat(depth)
                + "{\"type\":\"string\",\"nullable\":true}" + "}}".repeat(depth);

        assertThat(HarmonyRenderer.typeScript(parameters)).contains("    ".repeat(depth - 1) + "p?: string | null,\n");
    }

    @Test
    void nestedArrays() {
        int depth = 126;
        String parameters =
                "{\"type\":\"array\",\"items\":".repeat(depth) + "{\"type\":\"integer\"}" + "}".repeat(depth);

        assertThat(HarmonyRenderer.typeScript(parameters)).isEqualTo("number" + "[]".repeat(depth));
    }

    @Test
    void nestedUnions() {
        int depth = 63;
        String parameters = "{\"oneOf\":[".repeat(depth) + "{\"type\":\"integer\"}" + "]}".repeat(depth);

        assertThat(HarmonyRenderer.typeScript(parameters)).endsWith("\n" + "   ".repeat(depth - 1) + " | number");
    }

    @Test
    void nestedParametersOfATool() {
        int depth = 117; // and one more within, of the 118 that a tool's parameters may have
        String parameters =
                "{\"type\":\"array\",\"items\":".repeat(depth) + "{\"type\":\"integer\"}" + "}".repeat(depth);

        assertThat(rendered(parameters)).contains("(_: number" + "[]".repeat(depth) + ") => any");
    }

    @Test
    void manyProperties() {
        int count = 20_000;
        String parameters = IntStream.range(0, count)
                .mapToObj(i -> "\"p" + i + "\":{\"type\":\"string\",\"description\":\"line\\nline\"}")
                .collect(Collectors.joining(",", "{\"type\":\"object\",\"properties\":{", "}}"));

        assertThat(rendered(parameters)).contains("p" + (count - 1) + "?: string,\n}");
    }

    @Test
    void manyLinesOfDescription() {
        String description = "word\r\n".repeat(100_000);
        Message message =
                Message.developer(Content.Developer.EMPTY.withFunctions(ToolDescription.of("f", description)));

        assertThat(Fragments.text(RENDERER.render(message))).contains("// word\n".repeat(100_000) + "type f");
    }

    @Test
    void manyMessages() {
        int count = 50_000;
        Message thought = Message.analysis("x");
        Conversation conversation = new Conversation(Collections.nCopies(count, thought))
                .with(Message.answer("y"))
                .with(Collections.nCopies(count, Message.user("z")));

        assertThat(RENDERER.renderForCompletion(conversation, Role.ASSISTANT)).hasSize(7 + 5 * count + 2);
    }
}
