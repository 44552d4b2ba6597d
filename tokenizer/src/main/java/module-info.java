/** Text to token ids and back, for o200k_base and o200k_harmony. */
module io.harmony4j.tokenizer {
    requires static org.jspecify;

    exports io.harmony4j.tokenizer;
}
