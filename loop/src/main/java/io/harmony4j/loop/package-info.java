/**
 * Conversations that call tools. {@link io.harmony4j.loop.ToolLoop} renders a conversation, lets a {@link
 * io.harmony4j.loop.TokenGenerator} continue it, parses what comes while it streams, calls the {@link
 * io.harmony4j.loop.ToolFunction} behind each tool call, and begins again with its result, until the model answers without a call or a
 * limit of {@link io.harmony4j.loop.LoopLimits} is reached. {@link io.harmony4j.loop.LoopEvent} tells what happens on the way,
 * {@link io.harmony4j.loop.LoopResult} how it ended.
 */
@NullMarked
package io.harmony4j.loop;

import org.jspecify.annotations.NullMarked;
