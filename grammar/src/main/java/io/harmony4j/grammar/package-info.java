/**
 * What a gpt-oss model may write, and nothing else: the messages of a turn, calls of tools that are there, arguments and answers that obey their schemas.
 */
@NullMarked
package io.harmony4j.grammar;

import org.jspecify.annotations.NullMarked;
