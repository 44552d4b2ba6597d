/**
 * openai-java's params and answers to conversations of Harmony, and back.
 */
@NullMarked
package io.harmony4j.openaijava;

import org.jspecify.annotations.NullMarked;
