/**
 * Finds out whether an implementation of Harmony is right.
 *
 * <p>The {@link io.harmony4j.conformance.Suite} is data: files of {@link io.harmony4j.conformance.TestVector}s, each a request
 * and the answer that is expected. An implementation under test is a process that reads requests and writes answers, one
 * JSON object per line; {@link io.harmony4j.conformance.Driver} is that process for this library.
 */
@NullMarked
package io.harmony4j.conformance;

import org.jspecify.annotations.NullMarked;
