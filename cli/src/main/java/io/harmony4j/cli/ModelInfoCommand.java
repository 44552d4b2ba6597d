package io.harmony4j.cli;

import io.harmony4j.engine.AttentionKind;
import io.harmony4j.engine.Model;
import io.harmony4j.engine.ModelConfig;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code harmony model info}: a checkpoint's shape. */
@Command(
        name = "info",
        mixinStandardHelpOptions = true,
        description = "Show a model's shape, what a token costs, and which kernels would compute.",
        footer = {"", "Example:", "  harmony model info --model gpt-oss-20b.gguf"})
final class ModelInfoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private LoadedModel loaded;

    @Option(names = "--json", description = "Print JSON.")
    private boolean isJson;

    @Override
    public Integer call() {
        try (Model model = loaded.load()) {
            JsonObject info = info(model);
            PrintWriter out = spec.commandLine().getOut();
            if (isJson) {
                out.println(info);
            } else {
                info.members().forEach((name, value) -> out.printf("%-24s %s%n", name.replace('_', ' '), shown(value)));
            }
        }
        return 0;
    }

    private static String shown(JsonValue value) {
        return value.isString() ? value.text() : value.toString();
    }

    private JsonObject info(Model model) {
        ModelConfig config = model.config();
        return JsonObject.builder()
                .put("model", loaded.name())
                .put("layout", model.layout())
                .put("layers", config.layers())
                .put("hidden_size", config.hiddenSize())
                .put("intermediate_size", config.intermediateSize())
                .put("heads", config.heads())
                .put("key_value_heads", config.keyValueHeads())
                .put("head_size", config.headSize())
                .put("experts", config.experts())
                .put("experts_per_token", config.expertsPerToken())
                .put("vocabulary_size", config.vocabularySize())
                .put("attention", attention(config))
                .put("sliding_window", config.slidingWindow())
                .put("context_length", config.contextLength())
                .put("rope_theta", config.rope().theta())
                .put("rope_scaling_factor", config.rope().factor())
                .put("initial_context_length", config.rope().initialContext())
                .put("weights", model.parameterCount())
                .put("weights_of_a_token", model.activeParameterCount())
                .put("bytes_of_a_token", model.activeBytes())
                .put("threads", model.threads())
                .put("kernels", model.kernels())
                .build();
    }

    /** Returns a letter for each layer: s sliding, f full. */
    private static String attention(ModelConfig config) {
        return config.attention().stream()
                .map(kind -> kind == AttentionKind.SLIDING ? "s" : "f")
                .collect(Collectors.joining());
    }
}
