/**
 * The values of the Harmony format: what a conversation with a gpt-oss model is made of.
 *
 * <p>A {@link io.harmony4j.Conversation} is a list of {@link io.harmony4j.Message}s. A message has an
 * {@link io.harmony4j.Author} with a {@link io.harmony4j.Role}, a list of {@link io.harmony4j.Content}, and, where they
 * are set, the {@link io.harmony4j.Channel} it is spoken on, the {@link io.harmony4j.Recipient} it goes to and its
 * {@link io.harmony4j.ContentType}. Content is text, or what a system or developer message holds: the model's identity,
 * {@link io.harmony4j.ReasoningEffort}, {@link io.harmony4j.ChannelConfig}, instructions, tools
 * ({@link io.harmony4j.ToolNamespace}, {@link io.harmony4j.ToolDescription}) and {@link io.harmony4j.ResponseFormat}s.
 *
 * <p>All of them are immutable values; {@code withX} methods return changed copies. Their JSON is the one of
 * openai/harmony, in both directions, with response formats as its one extension. {@link io.harmony4j.SpecialToken} names the tokens that hold a rendered
 * conversation together.
 */
@NullMarked
package io.harmony4j;

import org.jspecify.annotations.NullMarked;
