package io.harmony4j.renderer;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.ToolDescription;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Renderers in tasks for other machines. */
class SerializationTest {
    private static final Conversation CONVERSATION = Conversation.of(
            Message.system(Content.System.DEFAULT),
            Message.developer(
                    Content.developer("Be brief.", ToolDescription.of("f", "Does it.", "{\"type\":\"object\"}"))),
            Message.user("Do it."),
            Message.analysis("I call."),
            Message.call(Recipient.function("f"), "{}"),
            Message.tool(Recipient.function("f"), "done"),
            Message.answer("Done."),
            Message.user("Again."));

    @Test
    void theOptionsOfTheDefaultComeBack() throws Exception {
        assertThat(copy(RenderOptions.DEFAULT)).isEqualTo(RenderOptions.DEFAULT);
    }

    /** Every option with every value that it may have, also those that are added later. */
    static Stream<RenderOptions> options() {
        return Arrays.stream(RenderOptions.class.getMethods())
                .filter(method -> method.getName().startsWith("with"))
                .flatMap(method -> values(method).map(value -> changed(method, value)));
    }

    @ParameterizedTest
    @MethodSource("options")
    void everyOptionComesBack(RenderOptions options) throws Exception {
        RenderOptions read = (RenderOptions) copy(options);

        assertThat(read).isEqualTo(options).hasToString(options.toString());
        assertThat(read.trainingPolicy()).isEqualTo(options.trainingPolicy());
    }

    @Test
    void noOptionIsMissingInEquals() {
        Stream<Method> setters = Arrays.stream(RenderOptions.class.getMethods())
                .filter(method -> method.getName().startsWith("with"));

        assertThat(setters)
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(setter -> assertThat(values(setter).map(value -> changed(setter, value)))
                        .doesNotHaveDuplicates()
                        .hasSizeGreaterThan(1));
    }

    @ParameterizedTest
    @MethodSource("options")
    void aRendererRendersTheSame(RenderOptions options) throws Exception {
        HarmonyRenderer renderer = new HarmonyRenderer(Fragments.TOKENIZER, options);

        HarmonyRenderer read = (HarmonyRenderer) copy(renderer);

        assertThat(read.renderForCompletion(CONVERSATION, Role.ASSISTANT))
                .isEqualTo(renderer.renderForCompletion(CONVERSATION, Role.ASSISTANT));
        assertThat(read.renderForTraining(CONVERSATION)).isEqualTo(renderer.renderForTraining(CONVERSATION));
        Message system = CONVERSATION.messages().get(0);
        assertThat(read.render(system)).isEqualTo(renderer.render(system));
    }

    private static RenderOptions changed(Method setter, Object value) {
        try {
            return (RenderOptions) setter.invoke(RenderOptions.DEFAULT, value);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(setter + " with " + value, e);
        }
    }

    /** Returns the values of a setter's type: both booleans, or the constants that the type has. */
    private static Stream<?> values(Method setter) {
        Class<?> type = setter.getParameterTypes()[0];
        if (type == boolean.class) {
            return Stream.of(false, true);
        }
        List<Object> constants = Arrays.stream(type.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == type)
                .map(SerializationTest::constant)
                .toList();
        assertThat(constants)
                .as("the values to try for " + setter + ": tell this test which there are")
                .isNotEmpty();
        return constants.stream();
    }

    private static Object constant(Field field) {
        try {
            return field.get(null);
        } catch (IllegalAccessException e) {
            throw new LinkageError(field.toString(), e);
        }
    }

    private static Object copy(Object object) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }
}
