package io.harmony4j.renderer;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.ToolNamespace;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import io.harmony4j.renderer.Finding.Code;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Findings in calls of tools and their results: who is called, what with, and who answers. */
final class CallLint {
    private static final String JSON = "json";

    private final Conversation conversation;
    private final Findings findings;
    private final CallPairs pairs;
    private final Set<Recipient> declared;

    private CallLint(Conversation conversation, Findings findings) {
        this.conversation = conversation;
        this.findings = findings;
        this.pairs = CallPairs.of(conversation);
        this.declared = declared(conversation);
    }

    static void check(Conversation conversation, Findings findings) {
        CallLint lint = new CallLint(conversation, findings);
        for (int i = 0; i < conversation.messages().size(); i++) {
            Message message = conversation.messages().get(i);
            if (message.isToolCall()) {
                lint.call(i, message);
            } else if (message.author().role() == Role.TOOL) {
                lint.result(i, message);
            } else if (message.author().role() == Role.ASSISTANT && Recipient.ALL.equals(message.recipient())) {
                findings.add(
                        i,
                        Code.RECIPIENT_ALL,
                        Findings.field(i, "recipient"),
                        "the header does not say the recipient \"all\", yet the message ends with <|call|>",
                        "leave the recipient out");
            }
        }
        lint.pairs();
    }

    /** Returns the tools that are declared, by the keys of their namespaces and by the names. */
    private static Set<Recipient> declared(Conversation conversation) {
        Set<Recipient> declared = new LinkedHashSet<>(conversation.declaredTools());
        for (Message message : conversation.messages()) {
            for (Content part : message.content()) {
                Map<String, ToolNamespace> tools = ToolLint.tools(part);
                if (tools != null) {
                    tools.forEach((key, namespace) ->
                            declared.addAll(new ToolNamespace(key, null, namespace.tools()).recipients()));
                }
            }
        }
        return declared;
    }

    private void call(int index, Message call) {
        Recipient recipient = call.recipient();
        if (recipient != null && !declared.contains(recipient)) {
            recipient(index, recipient);
        }
        if (call.contentType() != null && call.contentType().name().strip().equals(JSON)) {
            arguments(index, call.text());
        }
    }

    private void recipient(int index, Recipient recipient) {
        String pointer = Findings.field(index, "recipient");
        Recipient function = Recipient.function(recipient.name());
        if (declared.contains(function)) {
            findings.add(
                    index,
                    Code.RECIPIENT_WITHOUT_NAMESPACE,
                    pointer,
                    "the call is addressed to \"" + recipient + "\", and \"" + function + "\" is declared",
                    "address it to \"" + function + "\"");
            return;
        }
        findings.add(
                index,
                Code.UNKNOWN_RECIPIENT,
                pointer,
                "no tool \"" + recipient + "\" is declared",
                recipient
                        .among(declared)
                        .map(meant -> "did you mean \"" + meant + "\"?")
                        .orElse("declare it, or address the call to one of " + declared));
    }

    private void arguments(int index, String text) {
        String pointer = Findings.field(index, "content");
        JsonValue value;
        try {
            value = Json.parseAny(text);
        } catch (IllegalArgumentException e) {
            findings.add(
                    index,
                    Code.ARGUMENTS_NOT_JSON,
                    pointer,
                    "the arguments are not JSON: " + e.getMessage(),
                    "write them as a JSON object; JsonRepair may tell how");
            return;
        }
        if (value.isString() && holdsObject(value.text())) {
            findings.add(
                    index,
                    Code.ARGUMENTS_DOUBLE_ENCODED,
                    pointer,
                    "the arguments are a JSON string that holds an object",
                    "decode them once");
        } else if (!value.isObject()) {
            findings.add(
                    index,
                    Code.ARGUMENTS_NOT_OBJECT,
                    pointer,
                    "the arguments are JSON, and not an object",
                    "write them as a JSON object");
        }
    }

    private static boolean holdsObject(String text) {
        try {
            return Json.parseAny(text).isObject();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void result(int index, Message result) {
        String name = result.author().name();
        if (name == null) {
            findings.add(
                    index,
                    Code.TOOL_WITHOUT_NAME,
                    Findings.message(index),
                    "a tool's message has no name, and cannot be rendered",
                    "name the tool, as in functions.get_weather");
        }
        if (!Recipient.ASSISTANT.equals(result.recipient())) {
            findings.add(
                    index,
                    Code.RESULT_WITHOUT_RECIPIENT,
                    Findings.message(index),
                    "the result is not addressed to the assistant",
                    "set the recipient \"assistant\"");
        }
        Integer call = pairs.callOf(index);
        if (name != null && call != null) {
            String called = String.valueOf(conversation.messages().get(call).recipient());
            if (called.equals(Recipient.function(name).name())) {
                findings.add(
                        index,
                        Code.RESULT_WITHOUT_NAMESPACE,
                        Findings.field(index, "name"),
                        "the result is of \"" + name + "\", and \"" + called + "\" was called",
                        "name the tool as the call does");
            }
        }
    }

    private void pairs() {
        for (int call : pairs.callsWithoutResult()) {
            findings.add(
                    call,
                    Code.CALL_WITHOUT_RESULT,
                    Findings.message(call),
                    "nothing answers this call before the conversation goes on",
                    "add the result, or leave the call out");
        }
        for (int result : pairs.resultsWithoutCall()) {
            findings.add(
                    result,
                    Code.RESULT_WITHOUT_CALL,
                    Findings.message(result),
                    "no call before this result waits for it",
                    "add the call, or leave the result out");
        }
    }
}
