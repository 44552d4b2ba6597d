/**
 * A chat model of Spring AI for gpt-oss, and its auto-configuration.
 */
@NullMarked
package io.harmony4j.springai;

import org.jspecify.annotations.NullMarked;
