/** The tiny model as the engine finds it; not exported, because programs call {@code Model.tiny()}. */
@NullMarked
package io.harmony4j.tiny.bundle;

import org.jspecify.annotations.NullMarked;
