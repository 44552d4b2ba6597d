package io.harmony4j.bench;

import io.harmony4j.json.JsonObject;
import java.util.Locale;

/**
 * How fast something was, in MB/s. The best of many slices is what the code can do, the median what it did on a machine
 * that had other work to do; processor time is that of the measuring thread, wall-clock time includes waiting for a processor and
 * collecting garbage.
 */
record Speed(double cpuBest, double cpuMedian, double wallBest, double wallMedian) {
    /** One of the four figures. */
    enum Figure {
        CPU_BEST,
        CPU_MEDIAN,
        WALL_BEST,
        WALL_MEDIAN;

        double of(Speed speed) {
            return switch (this) {
                case CPU_BEST -> speed.cpuBest;
                case CPU_MEDIAN -> speed.cpuMedian;
                case WALL_BEST -> speed.wallBest;
                case WALL_MEDIAN -> speed.wallMedian;
            };
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    JsonObject toJson() {
        JsonObject.Builder json = JsonObject.builder();
        for (Figure figure : Figure.values()) {
            json.put(figure.toString(), figure.of(this));
        }
        return json.build();
    }

    /** Returns a speed or a ratio with three digits, more if it is in the thousands; an empty text for NaN. */
    static String shown(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0; // what rounding makes of it counts
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
