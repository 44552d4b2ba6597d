package io.harmony4j.engine;

import io.harmony4j.engine.spi.Matrix;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tensors of a checkpoint by name.
 *
 * @param source the file or folder that they come from
 */
record Tensors(Path source, Map<String, Tensor> byName) {

    /** Checks that no two tensors have bytes in common: otherwise a small file could fill any memory. */
    Tensors {
        List<Tensor> inOrder = new ArrayList<>(byName.values());
        inOrder.sort(Comparator.comparingLong(Tensor::offset));
        Map<MappedFile, Tensor> last = new HashMap<>(); // of each file, the one that ends last so far
        for (Tensor tensor : inOrder) {
            Tensor before = last.getOrDefault(tensor.file(), tensor);
            if (tensor.bytes() > 0 && last.containsKey(tensor.file()) && tensor.offset() < before.end()) {
                throw tensor.problem("expected bytes of its own but found them in tensor " + before.name() + ", too");
            }
            last.put(tensor.file(), tensor.end() > before.end() ? tensor : before);
        }
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }

    /**
     * Returns a tensor.
     *
     * @throws CheckpointException if there is none of this name
     */
    Tensor get(String name) {
        @Nullable Tensor tensor = byName.get(name);
        if (tensor == null) {
            throw new CheckpointException(
                    source, "expected tensor " + name + " but there is none among " + byName.size());
        }
        return tensor;
    }

    /** Returns the files that the tensors are in. */
    Set<MappedFile> files() {
        return byName.values().stream().map(Tensor::file).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns a small tensor of one dimension. */
    float[] vector(String name, int length) {
        return get(name).expectShape(length).floats();
    }

    /** Returns a linear layer from the tensors {@code name + ".weight"} and {@code name + ".bias"}. */
    Linear linear(String name, int rows, int columns) {
        return new Linear(matrix(name + ".weight", rows, columns), vector(name + ".bias", rows));
    }

    /** Returns the matrix of a tensor of two dimensions. */
    List<Matrix> matrix(String name, int rows, int columns) {
        return get(name).expectShape(rows, columns).matrices();
    }

    /** Returns a row for each expert of a small tensor of two dimensions. */
    float[][] rows(String name, int experts, int length) {
        float[] all = get(name).expectShape(experts, length).floats();
        float[][] rows = new float[experts][];
        for (int expert = 0; expert < experts; expert++) {
            rows[expert] = Arrays.copyOfRange(all, expert * length, (expert + 1) * length);
        }
        return rows;
    }
}
