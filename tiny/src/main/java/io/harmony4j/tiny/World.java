package io.harmony4j.tiny;

/**
 * Where a question is answered.
 *
 * @param tools what the model may call
 * @param facts what these answer
 */
record World(Toolbox tools, Facts facts) {}
