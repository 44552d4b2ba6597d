/**
 * A model of Google's Agent Development Kit for gpt-oss, whose reasoning its pages show as thoughts.
 *
 * <p>{@link io.harmony4j.adk.HarmonyLlm} is all that a program needs: it reads ADK's requests as Harmony conversations and answers with
 * events that ADK's own web page shows well. The page {@code docs/integrations/adk.md} says what becomes of what.
 */
@NullMarked
package io.harmony4j.adk;

import org.jspecify.annotations.NullMarked;
