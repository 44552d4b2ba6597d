/**
 * Token ids to events and messages, while they stream.
 *
 * <p>Begin at {@link io.harmony4j.parse.StreamParser}: it takes one token after the other and tells what each of them
 * brought as {@link io.harmony4j.parse.ParseEvent}s. {@link io.harmony4j.parse.TextParser} does the same for text. What a
 * client of a chat model wants to see is a {@link io.harmony4j.parse.ChatView}, or, while it streams, a
 * {@link io.harmony4j.parse.ChatStream}.
 *
 * <p>There are two ways to read, chosen in {@link io.harmony4j.parse.ParseOptions}. RECOVER, the default, never throws: it
 * mends what models get wrong and reports each repair as a {@link io.harmony4j.parse.Diagnostic}. STRICT reads what
 * openai/harmony reads and throws a {@link io.harmony4j.parse.HarmonyFormatException} at the first token that is not
 * Harmony.
 *
 * <p>For the arguments of tool calls there are {@link io.harmony4j.parse.PartialJson}, which tells what is already there
 * while they stream, and {@link io.harmony4j.parse.JsonRepair}, which mends what is not JSON, if asked to. Who works with
 * {@link java.util.concurrent.Flow} puts a {@link io.harmony4j.parse.ParserProcessor} between tokens and events.
 *
 * <p>Inside, {@code MessageMachine} is the state machine for both parsers, {@code HeaderText} what it collects between start
 * and message, {@code HeaderParser} the grammar of headers, {@code UnfinishedHeader} what becomes of a header that never
 * ended, and {@code ErrorPolicy} the difference between the two modes. See docs/recovery.md.
 */
@NullMarked
package io.harmony4j.parse;

import org.jspecify.annotations.NullMarked;
