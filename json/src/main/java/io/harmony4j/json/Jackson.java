package io.harmony4j.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.json.PackageVersion;
import org.jspecify.annotations.Nullable;

/** The library that this package uses, as it is configured here. Programs bring their own version of it: 2.15 or later. */
final class Jackson {
    /** Nesting that the reference still reads: serde_json gives up at 128 levels. */
    static final int MAX_DEPTH = 127;

    /** Nesting of any other JSON that is read: somewhat less than what is written, so that it can be a part of something. */
    static final int MAX_DEPTH_OF_ANY = 900;

    /** Nesting that is written: what Jackson writes. */
    static final int MAX_WRITTEN_DEPTH = 1000;

    private static final int OLDEST_MINOR = 15;

    /** What is wrong with the Jackson that was found; null if nothing is. */
    private static final @Nullable String PROBLEM = problem(PackageVersion.VERSION);

    private Jackson() {}

    static @Nullable String problem(Version found) {
        boolean isKnown = found.getMajorVersion() == 2 && found.getMinorVersion() >= OLDEST_MINOR;
        return isKnown
                ? null
                : "expected jackson-core 2." + OLDEST_MINOR + " or a later 2.x on the class path but found " + found
                        + "; see which dependency brings it (mvn dependency:tree), or import jackson-bom";
    }

    /**
     * Returns the factory for whole texts.
     *
     * @throws IllegalStateException if the Jackson on the class path is too old
     */
    static JsonFactory factory() {
        requireVersion();
        return Whole.FACTORY;
    }

    /**
     * Returns the factory for texts that are still being written: Jackson's own limits, which bound what a hostile text can cost.
     *
     * @throws IllegalStateException if the Jackson on the class path is too old
     */
    static JsonFactory streamingFactory() {
        requireVersion();
        return Streaming.FACTORY;
    }

    private static void requireVersion() {
        if (PROBLEM != null) {
            throw new IllegalStateException(PROBLEM);
        }
    }

    /** Made after the version is known to be right. */
    private static final class Whole {
        static final JsonFactory FACTORY = JsonFactory.builder()
                .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
                .streamReadConstraints(constraints())
                .build();

        private static StreamReadConstraints constraints() {
            // the text is in memory already, so its parts need no limits of their own; JsonReader limits the nesting
            StreamReadConstraints.Builder builder = StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_WRITTEN_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE);
            try {
                // Jackson 2.15 has no such limit, and no such method
                StreamReadConstraints.Builder.class
                        .getMethod("maxNameLength", int.class)
                        .invoke(builder, Integer.MAX_VALUE);
            } catch (NoSuchMethodException e) {
                return builder.build();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("expected to set Jackson's maxNameLength but: " + e.getCause(), e);
            }
            return builder.build();
        }
    }

    /** Made after the version is known to be right. */
    private static final class Streaming {
        static final JsonFactory FACTORY = new JsonFactory();
    }
}
