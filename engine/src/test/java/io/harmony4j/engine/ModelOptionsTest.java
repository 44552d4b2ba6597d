package io.harmony4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ModelOptionsTest {

    @Test
    void eachOptionIsChangedAlone() {
        ModelOptions options = ModelOptions.DEFAULT
                .withThreads(3)
                .withKernels(ModelOptions.KernelChoice.VECTOR)
                .withActivations(Activations.INT8)
                .withKeyValues(KeyValues.F16)
                .withBatch(7);
        assertThat(options.threads()).isEqualTo(3);
        assertThat(options.kernels()).isEqualTo(ModelOptions.KernelChoice.VECTOR);
        assertThat(options.activations()).isEqualTo(Activations.INT8);
        assertThat(options.keyValues()).isEqualTo(KeyValues.F16);
        assertThat(options.batch()).isEqualTo(7);
        assertThat(options.withThreads(ModelOptions.DEFAULT.threads())
                        .withKernels(ModelOptions.KernelChoice.AUTO)
                        .withActivations(Activations.F32)
                        .withKeyValues(KeyValues.F32)
                        .withBatch(128))
                .isEqualTo(ModelOptions.DEFAULT)
                .isNotEqualTo(options)
                .hasSameHashCodeAs(ModelOptions.DEFAULT);
        assertThat(options).hasToString("3 threads, VECTOR kernels, INT8 activations, F16 keys and values, batch 7");
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThat(ModelOptions.DEFAULT.withThreads(1).withThreads(1024).threads())
                .isEqualTo(1024);
        assertThatThrownBy(() -> ModelOptions.DEFAULT.withThreads(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected 1 to 1024 threads but found 0");
        assertThatThrownBy(() -> ModelOptions.DEFAULT.withThreads(1025)).hasMessageEndingWith("found 1025");
        assertThat(ModelOptions.DEFAULT.withBatch(1).withBatch(4096).batch()).isEqualTo(4096);
        assertThatThrownBy(() -> ModelOptions.DEFAULT.withBatch(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a batch of 1 to 4096 tokens but found 0");
        assertThatThrownBy(() -> ModelOptions.DEFAULT.withBatch(4097)).hasMessageEndingWith("found 4097");
    }
}
