package io.harmony4j.jtokkit;

import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.GptBytePairEncodingParams;
import com.knuddels.jtokkit.api.ModelType;
import java.util.Optional;
import java.util.regex.Pattern;

/** A registry of JTokkit's that knows the names of gpt-oss models, too. Thread-safe, as JTokkit's are. */
final class HarmonyRegistry implements EncodingRegistry {
    /** The model's name, after who offers it, and before its size, or what else follows. */
    private static final Pattern GPT_OSS = Pattern.compile("(?:.*[/.])?gpt-oss(?:[-:].*)?");

    private final EncodingRegistry registry;

    HarmonyRegistry(EncodingRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Optional<Encoding> getEncodingForModel(String modelName) {
        return GPT_OSS.matcher(modelName).matches()
                ? Optional.of(HarmonyEncodings.o200kHarmony())
                : registry.getEncodingForModel(modelName);
    }

    @Override
    public Encoding getEncodingForModel(ModelType modelType) {
        return registry.getEncodingForModel(modelType);
    }

    @Override
    public Optional<Encoding> getEncoding(String encodingName) {
        return registry.getEncoding(encodingName);
    }

    @Override
    public Encoding getEncoding(EncodingType encodingType) {
        return registry.getEncoding(encodingType);
    }

    @Override
    public EncodingRegistry registerGptBytePairEncoding(GptBytePairEncodingParams parameters) {
        registry.registerGptBytePairEncoding(parameters);
        return this;
    }

    @Override
    public EncodingRegistry registerCustomEncoding(Encoding encoding) {
        registry.registerCustomEncoding(encoding);
        return this;
    }
}
