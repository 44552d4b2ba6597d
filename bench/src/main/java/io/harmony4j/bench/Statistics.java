package io.harmony4j.bench;

import java.util.Arrays;
import java.util.List;

/** The means that the tables show. */
final class Statistics {
    private Statistics() {}

    /** Returns the middle one, or the mean of the two in the middle; NaN of none. */
    static double median(double... values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Returns the middle one, or the mean of the two in the middle; NaN of none. */
    static double median(List<Double> values) {
        return median(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** Returns the root of the product, the right mean of ratios; NaN of none. */
    static double geometricMean(List<Double> values) {
        return Math.exp(values.stream().mapToDouble(Math::log).average().orElse(Double.NaN));
    }
}
