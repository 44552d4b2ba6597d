package io.harmony4j.engine.spi;

/** The definition of the kernels, in plain Java: a row is decoded to floats, then multiplied with each vector. */
final class PlainKernels implements Kernels {

    @Override
    public String description() {
        return "plain Java";
    }

    @Override
    public Product product(Matrix weights, Vectors x, Vectors y) {
        return weights.format().transposed()
                ? (from, to) -> columns(weights, x, y, from, to)
                : (from, to) -> rows(weights, x, y, from, to);
    }

    private static void rows(Matrix weights, Vectors x, Vectors y, int from, int to) {
        float[] row = new float[weights.columns()];
        for (int r = from; r < to; r++) {
            weights.readRow(r, row, 0);
            for (int t = 0; t < x.count(); t++) {
                y.values()[y.start(t) + r] = dot(row, 0, x.values(), x.start(t), row.length);
            }
        }
    }

    /** The same for weights that lie column by column, in the order in which they lie. */
    private static void columns(Matrix weights, Vectors x, Vectors y, int from, int to) {
        float[] column = new float[to - from];
        float[][] sums = new float[x.count()][to - from];
        for (int c = 0; c < weights.columns(); c++) {
            for (int i = 0; i < column.length; i++) {
                column[i] = weights.transposed(c * weights.rows() + from + i);
            }
            for (int t = 0; t < x.count(); t++) {
                addScaled(x.values()[x.start(t) + c], column, sums[t]);
            }
        }
        for (int t = 0; t < x.count(); t++) {
            System.arraycopy(sums[t], 0, y.values(), y.start(t) + from, to - from);
        }
    }

    /** Values and sums are copied for {@link #addScaled}. */
    @Override
    public void addWeighted(Vectors weights, Vectors values, int size, Vectors sums) {
        float[][] copies = new float[sums.count()][size];
        for (int t = 0; t < copies.length; t++) {
            System.arraycopy(sums.values(), sums.start(t), copies[t], 0, size);
        }
        float[] value = new float[size];
        for (int i = 0; i < values.count(); i++) {
            System.arraycopy(values.values(), values.start(i), value, 0, size);
            for (int t = 0; t < copies.length; t++) {
                addScaled(weights.values()[weights.start(t) + i], value, copies[t]);
            }
        }
        for (int t = 0; t < copies.length; t++) {
            System.arraycopy(copies[t], 0, sums.values(), sums.start(t), size);
        }
    }

    /** The compiler makes vectors only of a loop whose arrays have the same index. */
    private static void addScaled(float scale, float[] value, float[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += scale * value[i];
        }
    }

    @Override
    public void unpack(short[] halves, int offset, int count, float[] to) {
        for (int i = 0; i < count; i++) {
            to[i] = Float16.f16(halves[offset + i]);
        }
    }

    @Override
    public void softmax(float[] scores, int offset, int count, float scale, float sink) {
        float max = sink;
        for (int j = offset; j < offset + count; j++) {
            scores[j] *= scale;
            max = Math.max(max, scores[j]);
        }
        double sum = StrictMath.exp(sink - max);
        for (int j = offset; j < offset + count; j++) {
            scores[j] = (float) StrictMath.exp(scores[j] - max);
            sum += scores[j];
        }
        float inverse = (float) (1 / sum);
        for (int j = offset; j < offset + count; j++) {
            scores[j] *= inverse;
        }
    }

    @Override
    public void swiglu(Vectors gateUp, boolean interleaved, Vectors activated, int size, float alpha, float limit) {
        int step = interleaved ? 2 : 1;
        int linear = interleaved ? 1 : size;
        for (int t = 0; t < gateUp.count(); t++) {
            int from = gateUp.start(t);
            int to = activated.start(t);
            for (int i = 0; i < size; i++) {
                float g = Math.min(gateUp.values()[from + i * step], limit);
                float l = Math.max(-limit, Math.min(gateUp.values()[from + i * step + linear], limit));
                double sigmoid = 1 / (1 + StrictMath.exp(-alpha * g));
                activated.values()[to + i] = (float) (g * sigmoid * (l + 1));
            }
        }
    }

    /** Four sums, because one would wait for each addition. */
    private static float dot(float[] a, int aOffset, float[] b, int bOffset, int length) {
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        int i = 0;
        for (; i <= length - 4; i += 4) {
            sum0 += a[aOffset + i] * b[bOffset + i];
            sum1 += a[aOffset + i + 1] * b[bOffset + i + 1];
            sum2 += a[aOffset + i + 2] * b[bOffset + i + 2];
            sum3 += a[aOffset + i + 3] * b[bOffset + i + 3];
        }
        for (; i < length; i++) {
            sum0 += a[aOffset + i] * b[bOffset + i];
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }
}
