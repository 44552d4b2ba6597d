/** A server of OpenAI's APIs in front of whatever generates, and the playground page. */
module io.harmony4j.server {
    requires transitive io.harmony4j.generation;
    requires transitive io.harmony4j.openai;
    requires transitive io.harmony4j.renderer;
    requires io.harmony4j.backends;
    requires io.harmony4j.chat;
    requires io.harmony4j.core;
    requires io.harmony4j.grammar;
    requires io.harmony4j.json;
    requires io.harmony4j.parser;
    requires io.harmony4j.tokenizer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.transport;
    requires io.vertx.core;
    requires io.vertx.web;
    requires micrometer.core;
    requires micrometer.registry.prometheus;
    requires static transitive org.jspecify;

    exports io.harmony4j.server;
}
