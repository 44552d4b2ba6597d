package io.harmony4j.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {
    private final Samples samples = new Samples();

    @Test
    void speedsAreTheBestAndTheMedianOfTheSlices() {
        samples.add(new Samples.Sample(1_000_000, 10_000_000, 20_000_000)); // 100 and 50 MB/s
        samples.add(new Samples.Sample(1_000_000, 20_000_000, 25_000_000));
        samples.add(new Samples.Sample(500_000, 20_000_000, 50_000_000));
        samples.add(new Samples.Sample(1_000_000, 25_000_000, 50_000_000));

        assertThat(samples.speed()).isEqualTo(new Speed(100, 45, 50, 30));
    }

    @Test
    void nothingIsNoSample() {
        assertThatThrownBy(samples::speed).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new Samples.Sample(1, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected bytes and times above 0 but found 1 bytes, 0 ns of processor time and 1 ns");
    }

    @Test
    void mediansAndGeometricMeans() {
        assertThat(Statistics.median(3, 1, 2)).isEqualTo(2);
        assertThat(Statistics.median(4, 1, 2, 3)).isEqualTo(2.5);
        assertThat(Statistics.median()).isNaN();
        assertThat(Statistics.geometricMean(List.of(2.0, 8.0))).isEqualTo(4);
        assertThat(Statistics.geometricMean(List.of())).isNaN();
    }

    @Test
    void threeDigitsAreShown() {
        assertThat(Speed.shown(1234.5)).isEqualTo("1235");
        assertThat(Speed.shown(123.45)).isEqualTo("123");
        assertThat(Speed.shown(12.345)).isEqualTo("12.3");
        assertThat(Speed.shown(1.2345)).isEqualTo("1.23");
        assertThat(Speed.shown(9.9951)).isEqualTo("10.0");
        assertThat(Speed.shown(99.951)).isEqualTo("100");
        assertThat(Speed.shown(Double.NaN)).isEmpty();
    }
}
