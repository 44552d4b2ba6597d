/**
 * One turn of a model, the tool loop, and what a chat client sees of both.
 *
 * <p>A {@link io.harmony4j.chat.HarmonyModel} answers a conversation: it renders, generates and parses, and returns an
 * {@link io.harmony4j.chat.Answer}. A {@link io.harmony4j.chat.ToolLoop} goes on from there: it calls the
 * {@link io.harmony4j.chat.ToolFunction} that the model asked for, and asks again, until there is an answer or a limit of
 * {@link io.harmony4j.chat.LoopLimits} is reached; {@link io.harmony4j.chat.LoopEvent} tells what happens on the way,
 * {@link io.harmony4j.chat.LoopResult} how it ended.
 *
 * <p>A {@link io.harmony4j.chat.TokenHistory} is a conversation as tokens, in which what a model has generated stays as it was.
 *
 * <p>Chat clients do not know messages and channels, but reasoning, content and tool calls.
 * {@link io.harmony4j.chat.ChatView} is a turn in their words, {@link io.harmony4j.chat.ChatDelta} a piece of it while it streams
 * ({@link io.harmony4j.chat.ChatStream} makes both), and {@link io.harmony4j.chat.ChatTranscript} builds conversations from such
 * words.
 */
@NullMarked
package io.harmony4j.chat;

import org.jspecify.annotations.NullMarked;
