package io.harmony4j.grammar;

/**
 * One thing that a grammar expects: text ({@link Regex}, {@link UniqueText}), a control token ({@link ControlToken}), or something that is made of others
 * ({@link Rule}). Text and control tokens have nothing in common: no text is a control token.
 */
sealed interface Symbol permits Regex, UniqueText, ControlToken, Rule {}
