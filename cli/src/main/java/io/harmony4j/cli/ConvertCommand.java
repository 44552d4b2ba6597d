package io.harmony4j.cli;

import io.harmony4j.Conversation;
import io.harmony4j.Role;
import io.harmony4j.json.Json;
import io.harmony4j.openai.ApiRequest;
import io.harmony4j.openai.ChatCompletions;
import io.harmony4j.openai.Responses;
import io.harmony4j.openai.ResponsesRequest;
import io.harmony4j.openai.Source;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code harmony convert}: a conversation, or a request or an answer of OpenAI's APIs, in another form. */
@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        description = "Convert between conversations and the requests and answers of OpenAI's APIs.",
        footer = {
            "",
            "An answer becomes a conversation of its messages. All chains of thought are kept",
            "unless --analysis says otherwise; a prompt is that of harmony render. What a request",
            "says besides its conversation, such as the temperature, is left out and named on",
            "standard error.",
            "",
            "Examples:",
            "  harmony convert --to prompt request.json",
            "  harmony convert --from chat --to harmony request.json",
            "  harmony convert --from harmony --to responses --model gpt-oss-120b conversation.json",
            "  curl ... | harmony convert --to harmony",
        })
final class ConvertCommand implements Callable<Integer> {
    private static final String DEFAULT_MODEL = "gpt-oss-20b";

    /** The fields of requests that become part of a conversation, or that need not, since they are written anew. */
    private static final Set<String> CONVERTED = Set.of(
            "model",
            "messages",
            "tools",
            "functions",
            "response_format",
            "reasoning_effort",
            "reasoning",
            "input",
            "instructions",
            "text");

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "A conversation, request or answer in JSON; - (the default) for standard input.")
    private @Nullable String file;

    @Mixin
    private FromOption from;

    @Option(
            names = "--to",
            paramLabel = "FORM",
            required = true,
            description = {
                "What to print: ${COMPLETION-CANDIDATES}.",
                "chat, responses: a request. harmony: the conversation's JSON. prompt: its text.",
            })
    private Form form;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "The model that a request names; default that of the input, or " + DEFAULT_MODEL + ".")
    private @Nullable String model;

    @Mixin
    private AnalysisOption analysis;

    @Mixin
    private StrictJsonOption strictJson;

    /** What to print. */
    enum Form {
        chat,
        responses,
        harmony,
        prompt
    }

    @Override
    public Integer call() throws IOException {
        if (model != null && !isRequest()) {
            throw new ParameterException(
                    spec.commandLine(), "expected --to chat or --to responses with --model but found --to " + form);
        }
        AnalysisPolicy policy = analysis.policy();
        Input input = Input.of(file);
        try {
            String json = input.text();
            Source source = from.read(json, input, strictJson);
            if (source.request() != null) {
                reportLoss(json, source.request(), input);
            }
            spec.commandLine().getOut().println(converted(source, policy, json));
        } catch (IllegalArgumentException e) {
            throw input.error(e);
        }
        return 0;
    }

    private boolean isRequest() {
        return form == Form.chat || form == Form.responses;
    }

    private String converted(Source source, @Nullable AnalysisPolicy policy, String json) {
        Conversation conversation = source.conversation();
        Conversation kept = policy == null ? conversation : policy.apply(conversation);
        return switch (form) {
            case chat -> ChatCompletions.request(kept, model(json)).toString();
            case responses -> Responses.request(kept, model(json)).toString();
            case harmony -> kept.toJson();
            case prompt -> prompt(conversation, source.policy(policy, AnalysisPolicy.REFERENCE));
        };
    }

    private String model(String json) {
        String named = model != null ? model : Json.parseAny(json).get("model").textOrNull();
        return named != null ? named : DEFAULT_MODEL;
    }

    private static String prompt(Conversation conversation, AnalysisPolicy policy) {
        Tokenizer tokenizer = Tokenizer.o200kHarmony();
        HarmonyRenderer renderer = new HarmonyRenderer(tokenizer, RenderOptions.DEFAULT.withAnalysisPolicy(policy));
        return tokenizer.decode(renderer.renderForCompletion(conversation, Role.ASSISTANT));
    }

    /** Names on standard error what a request loses. */
    private void reportLoss(String json, ApiRequest request, Input input) {
        List<String> lost = new ArrayList<>();
        if (isRequest()) {
            Json.parseAny(json).members().forEach((name, value) -> {
                if (!value.isNull() && !CONVERTED.contains(name)) {
                    lost.add(name);
                }
            });
        }
        if (request instanceof ResponsesRequest responses) {
            responses.ignoredTools().forEach(index -> lost.add("tools[" + index + "]"));
        }
        if (!lost.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println("harmony: warning: "
                            + ErrorLine.shown(
                                    input + ": left out what is in no conversation: " + String.join(", ", lost)));
        }
    }
}
