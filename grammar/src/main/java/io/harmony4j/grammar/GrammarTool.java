package io.harmony4j.grammar;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Recipient;
import io.harmony4j.ToolDescription;
import io.harmony4j.ToolNamespace;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonSchema;
import io.harmony4j.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tool that may be called, and what a call of it may consist of. Immutable. */
public final class GrammarTool {
    private final Recipient recipient;
    private final Arguments arguments;
    private final @Nullable JsonSchema schema;

    /** What a call's content may be. */
    enum Arguments {
        /** A JSON object, as the schema wants it. */
        SCHEMA,
        /** Any JSON object, or nothing. */
        NONE,
        /** Any text. */
        TEXT
    }

    private GrammarTool(Recipient recipient, Arguments arguments, @Nullable JsonSchema schema) {
        this.recipient = requireNonNull(recipient, "recipient");
        this.arguments = arguments;
        this.schema = schema;
        if (!recipient.isTool()) {
            throw new IllegalArgumentException("expected a tool but found the recipient \"" + recipient + "\"");
        }
    }

    /** Returns a tool whose calls are JSON that obeys a schema. */
    public static GrammarTool strict(Recipient recipient, JsonValue schema) {
        return new GrammarTool(recipient, Arguments.SCHEMA, new JsonSchema(requireNonNull(schema, "schema")));
    }

    /** Returns a tool whose calls are any JSON object. */
    public static GrammarTool anyObject(Recipient recipient) {
        return new GrammarTool(recipient, Arguments.SCHEMA, HarmonyGrammar.ANY_OBJECT);
    }

    /** Returns a tool without parameters: a call of it is a JSON object, or has no content. */
    public static GrammarTool withoutParameters(Recipient recipient) {
        return new GrammarTool(recipient, Arguments.NONE, null);
    }

    /** Returns a tool whose calls are any text, as those of {@code python}. */
    public static GrammarTool text(Recipient recipient) {
        return new GrammarTool(recipient, Arguments.TEXT, null);
    }

    /**
     * Returns the tools of a namespace; a built-in namespace that describes none is a tool itself, which takes any text.
     *
     * @param strict whether arguments must obey the tools' schemas; otherwise they are any JSON object
     */
    public static List<GrammarTool> of(ToolNamespace namespace, boolean strict) {
        requireNonNull(namespace, "namespace");
        if (namespace.tools().isEmpty()) {
            return namespace.recipients().stream().map(GrammarTool::text).toList();
        }
        return namespace.tools().stream()
                .map(tool -> of(Recipient.of(namespace.name() + "." + tool.name()), tool, strict))
                .toList();
    }

    private static GrammarTool of(Recipient recipient, ToolDescription tool, boolean strict) {
        String parameters = tool.parameters();
        if (parameters == null) {
            return withoutParameters(recipient);
        }
        return strict ? strict(recipient, Json.parse(parameters)) : anyObject(recipient);
    }

    /** Returns whom a call of this tool is addressed to. */
    public Recipient recipient() {
        return recipient;
    }

    Arguments arguments() {
        return arguments;
    }

    /** Returns the schema of the arguments; for {@link Arguments#SCHEMA} alone. */
    JsonSchema schema() {
        return requireNonNull(schema, "schema");
    }

    @Override
    public String toString() {
        return recipient.name();
    }
}
