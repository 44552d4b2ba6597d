/** The {@code harmony} command: a class for each of its commands, and what they share. */
@NullMarked
package io.harmony4j.cli;

import org.jspecify.annotations.NullMarked;
