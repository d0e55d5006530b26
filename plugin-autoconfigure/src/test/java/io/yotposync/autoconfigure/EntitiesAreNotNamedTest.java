package io.yotposync.autoconfigure;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * With Broadleaf's load-time weaving, an entity that is loaded too early ends the start of the whole store. So none is
 * named, neither as a type nor in the text of a condition.
 */
class EntitiesAreNotNamedTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.yotposync");

    private static final Pattern IN_TEXT = Pattern.compile("org[./]broadleafcommerce[\\w./$]*Impl\\b");

    @Test
    void inNoSignatureAndNoBody() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("org.broadleafcommerce..").and(simpleNameEndingWith("Impl")))
                .check(OURS);
    }

    @Test
    void norAsTextInAConditionOrAFile() throws IOException {
        assertThat("org.broadleafcommerce.profile.core.domain.CustomerImpl").containsPattern(IN_TEXT);
        assertThat("Lorg/broadleafcommerce/profile/core/domain/PhoneImpl;").containsPattern(IN_TEXT);
        for (Path classes : List.of(Path.of("target", "classes"), Path.of("..", "plugin-core", "target", "classes"))) {
            try (Stream<Path> files = Files.walk(classes)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                    assertThat(IN_TEXT.matcher(text).find()).as(file.toString()).isFalse();
                }
            }
        }
    }
}
