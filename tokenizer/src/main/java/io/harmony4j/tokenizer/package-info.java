/** Text to token ids and back: o200k_base and o200k_harmony. */
@NullMarked
package io.harmony4j.tokenizer;

import org.jspecify.annotations.NullMarked;
