package io.yotposync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A constant that is used before it is set shows only when its class is the first to be loaded. */
@Isolated
class EveryClassLoadsTest {

    @Test
    void byItself() {
        var classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.yotposync");

        assertThat(classes).hasSizeGreaterThan(50);
        for (JavaClass each : classes) {
            if (!each.getName().endsWith("package-info")) {
                assertThatCode(() ->
                                Class.forName(each.getName(), true, getClass().getClassLoader()))
                        .as(each.getName())
                        .doesNotThrowAnyException();
            }
        }
    }
}
