package io.yotposync.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Benchmarks that nobody runs stop running. The figures of such tiny sizes mean nothing and are not looked at. */
class SmokeIT {

    static Stream<Section> sections() {
        return Benchmarks.all().stream();
    }

    @ParameterizedTest
    @MethodSource("sections")
    void printsATable(Section section) throws Exception {
        Table table = section.run(Scale.tiny());

        assertThat(table.size()).isPositive();
        assertThat(table.markdown()).doesNotContain("NaN");
        assertThat(section.about()).isNotBlank();
    }
}
