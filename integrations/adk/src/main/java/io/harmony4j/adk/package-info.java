/**
 * A model of Google's Agent Development Kit for gpt-oss, whose reasoning its pages show as thoughts.
 */
@NullMarked
package io.harmony4j.adk;

import org.jspecify.annotations.NullMarked;
