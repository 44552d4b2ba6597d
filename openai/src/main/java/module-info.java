/** OpenAI's Chat Completions and Responses to conversations, and answers of the model back to them. */
module io.harmony4j.openai {
    requires transitive io.harmony4j.chat;
    requires transitive io.harmony4j.grammar;
    requires static transitive org.jspecify;

    exports io.harmony4j.openai;
}
