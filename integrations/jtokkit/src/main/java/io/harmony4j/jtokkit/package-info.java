/**
 * JTokkit's encodings by the tokenizer of Harmony4J: o200k_harmony, and a faster o200k_base.
 */
@NullMarked
package io.harmony4j.jtokkit;

import org.jspecify.annotations.NullMarked;
