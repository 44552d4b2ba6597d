/**
 * LangChain4j's interfaces for gpt-oss models: {@link io.harmony4j.langchain4j.HarmonyChatModel}, {@link
 * io.harmony4j.langchain4j.HarmonyStreamingChatModel} and {@link io.harmony4j.langchain4j.HarmonyTokenCountEstimator}.
 *
 * <pre>{@code
 * ChatModel model = HarmonyChatModel.builder()
 *         .backend(Backends.of("llama-server:http://localhost:8080"))
 *         .reasoningEffort(ReasoningEffort.LOW)
 *         .build();
 * Assistant assistant = AiServices.builder(Assistant.class).chatModel(model).tools(new Weather()).build();
 * }</pre>
 *
 * <p>A request becomes a conversation, a turn of {@link io.harmony4j.chat.HarmonyModel} makes an answer of it, and the answer becomes a
 * response. System messages are developer messages of Harmony, thinking is the analysis channel, and what a tool answers stands next to
 * its call. {@code docs/integrations/langchain4j.md} has it all, with what is lost and why.
 */
@NullMarked
package io.harmony4j.langchain4j;

import org.jspecify.annotations.NullMarked;
