package io.yotposync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AutoConfigurationMetadataTest {

    private static final String FILE = "META-INF/spring-autoconfigure-metadata.properties";

    /** Each that is missing there is read as a class file at every start. */
    @Test
    void theShippedMetadataKnowsEachOfOurAutoConfigurations() throws IOException {
        assertThat(shipped().stringPropertyNames())
                .containsAll(Stream.of(RegisteredAutoConfigurations.classes())
                        .map(Class::getName)
                        .toList());
    }

    private static Properties shipped() throws IOException {
        Properties all = new Properties();
        var files = AutoConfigurationMetadataTest.class.getClassLoader().getResources(FILE);
        while (files.hasMoreElements()) {
            URL file = files.nextElement();
            try (InputStream in = file.openStream()) {
                all.load(in);
            }
        }
        return all;
    }
}
