/**
 * Conversations to token ids.
 *
 * <p>A {@link io.harmony4j.renderer.HarmonyRenderer} turns an {@link io.harmony4j.Conversation} into the tokens that a gpt-oss
 * model reads, byte for byte as the model was trained; its documentation shows a conversation and its text.
 * {@link io.harmony4j.renderer.RenderOptions} say which {@link io.harmony4j.renderer.AnalysisPolicy} leaves out the chain of thought of
 * answered questions, and which {@link io.harmony4j.renderer.Dialect} to write. A {@link io.harmony4j.renderer.ChatTemplate} renders the messages
 * of a chat as servers with a chat template do.
 *
 * <p>Inside, a message is a header, content and an end. The content of system and developer messages is text made of
 * sections, one of which declares tools as TypeScript.
 */
@NullMarked
package io.harmony4j.renderer;

import org.jspecify.annotations.NullMarked;
