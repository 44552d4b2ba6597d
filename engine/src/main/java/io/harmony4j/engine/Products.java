package io.harmony4j.engine;

import io.harmony4j.engine.spi.Kernels;
import io.harmony4j.engine.spi.Matrix;
import io.harmony4j.engine.spi.Product;
import io.harmony4j.engine.spi.Vectors;
import java.util.ArrayList;
import java.util.List;

/** Products that do not need each other's results. Threads share all their rows, so that there is one wait for all products. */
final class Products {
    /** Multiplications below which a product is not worth waking another thread. */
    private static final long SMALL = 1 << 16;

    private final Kernels kernels;
    private final List<Product> products = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>(); // of each product's rows among all
    private int rows;
    private long work;

    Products(Kernels kernels) {
        this.kernels = kernels;
    }

    void add(Matrix weights, Vectors x, Vectors y) {
        add(kernels.product(weights, x, y), weights, x.count());
    }

    /** Adds a product of a matrix with so many vectors. */
    void add(Product product, Matrix weights, int vectors) {
        products.add(product);
        rows += weights.rows();
        work += (long) weights.rows() * weights.columns() * vectors;
        ends.add(rows);
    }

    void run(Workers workers) {
        // Several shares for each thread, so that a slow one does not hold up the others; whole vectors of rows.
        int shares = work < SMALL ? 1 : 8 * workers.count();
        int grain = Math.max(16, (rows / shares + 15) / 16 * 16);
        workers.run(rows, shares == 1 ? rows : grain, (worker, from, to) -> run(from, to));
    }

    private void run(int from, int to) {
        int start = 0;
        for (int i = 0; i < products.size() && start < to; i++) {
            int end = ends.get(i);
            if (end > from) {
                products.get(i).rows(Math.max(from, start) - start, Math.min(to, end) - start);
            }
            start = end;
        }
    }
}
