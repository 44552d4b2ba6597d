/**
 * Token ids to events and messages, while they stream.
 *
 * <p>{@link io.harmony4j.parser.HarmonyParser} reads a finished stream in one call. {@link io.harmony4j.parser.StreamParser} takes
 * one token after the other and tells what each of them brought as {@link io.harmony4j.parser.ParseEvent}s;
 * {@link io.harmony4j.parser.TextParser} does the same for text.
 *
 * <p>There are two ways to read, chosen in {@link io.harmony4j.parser.ParseOptions}. RECOVER, the default, never throws: it
 * repairs what models get wrong and reports each repair as a {@link io.harmony4j.parser.Diagnostic}. STRICT reads what
 * openai/harmony reads and throws a {@link io.harmony4j.parser.HarmonyFormatException} at the first token that is not
 * Harmony.
 *
 * <p>Inside, {@code MessageMachine} is the state machine, fed by a {@code SymbolSource} of tokens or text. {@code HeaderText} is
 * what it collects between start and message, {@code HeaderParser} the grammar of headers, {@code HeaderRepair} what RECOVER makes
 * of one that is not as it should be, {@code UnfinishedHeader} what becomes of one that never ended, and {@code ErrorPolicy} the
 * difference between the two modes. See docs/recovery.md.
 */
@NullMarked
package io.harmony4j.parser;

import org.jspecify.annotations.NullMarked;
