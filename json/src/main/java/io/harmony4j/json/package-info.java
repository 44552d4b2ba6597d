/**
 * JSON as the Harmony format has it: exact text in both directions, schemas, and what becomes of JSON that a model writes.
 *
 * <p>{@link io.harmony4j.json.Json} reads and writes {@link io.harmony4j.json.JsonValue}s; {@link io.harmony4j.json.JsonObject} and
 * {@link io.harmony4j.json.JsonArray} hold others. A value that was read knows its line and column, and
 * {@link io.harmony4j.json.JsonFields} reads the fields of an object with errors that name them.
 * {@link io.harmony4j.json.JsonSchema} looks at a value as a JSON Schema.
 *
 * <p>For JSON that a model is writing there are {@link io.harmony4j.json.PartialJson}, which tells what is already there, and
 * {@link io.harmony4j.json.JsonRepair}, which repairs what is not JSON, if asked to.
 *
 * <p>All of this uses Jackson's streaming reader and writer, in any version from 2.15 on; no Jackson type shows in a signature.
 */
@NullMarked
package io.harmony4j.json;

import org.jspecify.annotations.NullMarked;
