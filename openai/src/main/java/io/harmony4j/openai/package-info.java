/**
 * OpenAI's APIs and Harmony: pure functions between the JSON of Chat Completions and Responses and conversations of the model.
 */
@NullMarked
package io.harmony4j.openai;

import org.jspecify.annotations.NullMarked;
