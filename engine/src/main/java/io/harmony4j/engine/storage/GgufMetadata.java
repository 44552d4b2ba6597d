package io.harmony4j.engine.storage;

import io.harmony4j.engine.GgufVocabulary;
import io.harmony4j.engine.ModelConfig;
import io.harmony4j.engine.RopeConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a GGUF of the gpt-oss architecture says beside its tensors, by the keys that llama.cpp looks for. */
public final class GgufMetadata {
    /** The types of tokens, as llama.cpp numbers them. */
    private static final int NORMAL = 1;

    private static final int CONTROL = 3;
    private static final int UNUSED = 5;

    private static final int BYTES = 256;

    /** The character that stands for each byte in the texts of tokens, as GPT-2 has them: no space and no control character. */
    private static final char[] CHARACTERS = characters();

    private GgufMetadata() {}

    /**
     * Returns the metadata by key, modifiable.
     *
     * @param name the model's name
     * @param vocabulary none for a model that is only given ids
     */
    public static Map<String, Object> of(ModelConfig config, String name, @Nullable GgufVocabulary vocabulary) {
        RopeConfig rope = config.rope();
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("general.architecture", "gpt-oss");
        keys.put("general.name", name);
        keys.put("gpt-oss.block_count", config.layers());
        keys.put("gpt-oss.context_length", config.contextLength());
        keys.put("gpt-oss.embedding_length", config.hiddenSize());
        keys.put("gpt-oss.feed_forward_length", config.intermediateSize());
        keys.put("gpt-oss.expert_feed_forward_length", config.intermediateSize());
        keys.put("gpt-oss.attention.head_count", config.heads());
        keys.put("gpt-oss.attention.head_count_kv", config.keyValueHeads());
        keys.put("gpt-oss.attention.key_length", config.headSize());
        keys.put("gpt-oss.attention.value_length", config.headSize());
        keys.put("gpt-oss.attention.sliding_window", config.slidingWindow());
        keys.put("gpt-oss.attention.layer_norm_rms_epsilon", config.rmsNormEpsilon());
        keys.put("gpt-oss.rope.freq_base", (float) rope.theta());
        keys.put("gpt-oss.rope.scaling.type", "yarn");
        keys.put("gpt-oss.rope.scaling.factor", (float) rope.factor());
        keys.put("gpt-oss.rope.scaling.original_context_length", rope.initialContext());
        keys.put("gpt-oss.rope.scaling.yarn_beta_fast", (float) rope.betaFast());
        keys.put("gpt-oss.rope.scaling.yarn_beta_slow", (float) rope.betaSlow());
        keys.put("gpt-oss.expert_count", config.experts());
        keys.put("gpt-oss.expert_used_count", config.expertsPerToken());
        keys.put("gpt-oss.vocab_size", config.vocabularySize());
        if (vocabulary == null) {
            keys.put("tokenizer.ggml.model", "no_vocab"); // llama.cpp's word for it
        } else {
            putTokenizer(keys, vocabulary, config.vocabularySize());
        }
        return keys;
    }

    /**
     * Checks that a model has an id for every token but special ones that it does not need.
     *
     * @throws IllegalArgumentException if it has not
     */
    public static void requireFit(GgufVocabulary vocabulary, ModelConfig config) {
        int needed = Math.max(vocabulary.begin(), Math.max(vocabulary.end(), vocabulary.padding())) + 1;
        for (int token = needed; token < vocabulary.size(); token++) {
            needed = vocabulary.isSpecial(token) ? needed : token + 1;
        }
        if (config.vocabularySize() < needed) {
            throw new IllegalArgumentException("expected a model of at least " + needed
                    + " token ids, which its vocabulary needs, but found " + config.vocabularySize());
        }
    }

    /** Puts a tokenizer of byte pair encoding: ids of a model beyond the vocabulary are unused tokens. */
    private static void putTokenizer(Map<String, Object> keys, GgufVocabulary vocabulary, int size) {
        List<String> tokens = new ArrayList<>();
        List<String> merges = new ArrayList<>();
        int[] types = new int[size];
        for (int token = 0; token < size; token++) {
            boolean isUnused = token >= vocabulary.size();
            boolean isSpecial = !isUnused && vocabulary.isSpecial(token);
            types[token] = isUnused ? UNUSED : isSpecial ? CONTROL : NORMAL;
            // names of special tokens are ASCII without spaces, which are the same in GPT-2's characters
            tokens.add(isUnused ? "<|unused_" + token + "|>" : text(vocabulary.bytes(token)));
            if (types[token] == NORMAL) {
                int[] parts = vocabulary.lastMerge(token);
                if (parts.length > 0) {
                    merges.add(tokens.get(parts[0]) + " " + tokens.get(parts[1]));
                }
            }
        }
        keys.put("tokenizer.ggml.model", "gpt2"); // byte pair encoding of bytes
        keys.put("tokenizer.ggml.pre", "gpt-4o"); // how text is divided into pieces before
        keys.put("tokenizer.ggml.tokens", tokens);
        keys.put("tokenizer.ggml.token_type", types);
        keys.put("tokenizer.ggml.merges", merges); // the first that fits comes first
        keys.put("tokenizer.ggml.bos_token_id", vocabulary.begin());
        keys.put("tokenizer.ggml.eos_token_id", vocabulary.end());
        keys.put("tokenizer.ggml.padding_token_id", vocabulary.padding());
        keys.put("tokenizer.ggml.add_bos_token", false);
    }

    private static String text(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte each : bytes) {
            text.append(CHARACTERS[each & 0xFF]);
        }
        return text.toString();
    }

    /** Source: bytes_to_unicode of GPT-2's encoder.py. Printable Latin-1 stands for itself, other bytes for U+0100 and up. */
    private static char[] characters() {
        char[] characters = new char[BYTES];
        char next = BYTES;
        for (int b = 0; b < BYTES; b++) {
            boolean isPrintable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xFF && b != 0xAD);
            characters[b] = isPrintable ? (char) b : next++;
        }
        return characters;
    }
}
