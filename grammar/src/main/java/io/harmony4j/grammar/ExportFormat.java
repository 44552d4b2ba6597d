package io.harmony4j.grammar;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A notation of grammars that another runtime reads. */
public enum ExportFormat {
    /** The Lark dialect of llguidance: vLLM, SGLang and llama.cpp where these are set up with it, mistral.rs. */
    LARK("lark"),
    /** The structural tag of xgrammar, as JSON: vLLM, SGLang, TensorRT-LLM. */
    STRUCTURAL_TAG("structural_tag"),
    /** The grammar of llama.cpp. */
    GBNF("gbnf"),
    /** A regular expression for the JSON of the answer alone, for servers that write the header of the answer themselves. */
    REGEX("regex");

    private final String wireName;

    ExportFormat(String wireName) {
        this.wireName = wireName;
    }

    /** Returns its name, as in {@code structural_tag}. */
    public String wireName() {
        return wireName;
    }

    /** Returns the format with a name, if there is one. */
    public static Optional<ExportFormat> find(String wireName) {
        return Arrays.stream(values())
                .filter(format -> format.wireName.equals(wireName))
                .findFirst();
    }

    /** Returns the names of all formats. */
    public static List<String> wireNames() {
        return Arrays.stream(values()).map(ExportFormat::wireName).toList();
    }

    @Override
    public String toString() {
        return wireName;
    }
}
