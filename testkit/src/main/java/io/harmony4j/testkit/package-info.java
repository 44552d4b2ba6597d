/** A scripted model, and a server with one, for the tests of programs that use a gpt-oss model. */
@NullMarked
package io.harmony4j.testkit;

import org.jspecify.annotations.NullMarked;
