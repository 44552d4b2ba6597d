/** Requires each module of Harmony4J. */
module consumer {
    requires io.harmony4j.json;
    requires io.harmony4j.tokenizer;
    requires io.harmony4j.generation;
    requires io.harmony4j.core;
    requires io.harmony4j.renderer;
    requires io.harmony4j.parser;
    requires io.harmony4j.chat;
    requires io.harmony4j.grammar;
    requires io.harmony4j.openai;
    requires io.harmony4j.training;
    requires io.harmony4j.backends;
    requires io.harmony4j.server;
    requires io.harmony4j.testkit;
    requires io.harmony4j.engine;
    requires io.harmony4j.engine.vector;
    requires io.harmony4j.tiny;
    requires io.harmony4j.conformance;
    requires io.harmony4j.bench;
}
