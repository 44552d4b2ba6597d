/** Generation by a runtime elsewhere: llama-server, vLLM, SGLang, Ollama, TensorRT-LLM. */
module io.harmony4j.backends {
    requires transitive io.harmony4j.generation;
    requires io.harmony4j.core;
    requires io.harmony4j.grammar;
    requires io.harmony4j.json;
    requires io.harmony4j.tokenizer;
    requires java.net.http;
    requires static transitive org.jspecify;

    exports io.harmony4j.backends;
}
