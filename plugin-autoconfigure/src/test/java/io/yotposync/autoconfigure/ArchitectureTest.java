package io.yotposync.autoconfigure;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;

/** The wiring's rooms, and which of them a room may know. */
class ArchitectureTest {

    private static final String BASE = "io.yotposync.autoconfigure";

    private static final JavaClasses WIRING = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(BASE);

    /** The base package is the way itself; what shows it or leads to it comes after. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            entry("properties", Set.of()),
            entry("", Set.of("properties")),
            entry("capture", Set.of("", "properties")),
            entry("operator", Set.of("", "properties")),
            entry("health", Set.of("operator", "properties")),
            entry("observe", Set.of("", "operator", "properties")));

    /** Public although neither auto-configuration nor properties: what Boot or XML asks for by name, and what rooms share. */
    private static final Set<String> PUBLIC_CLASSES = Set.of(
            "BoundScans",
            "MissingOutboxFailureAnalyzer",
            "OutboxStorage",
            "SyncListeners",
            "SyncRuntime",
            "YotpoSyncXmlConfiguration",
            "properties.ConditionalOnSetting",
            "properties.InvalidSettingFailureAnalyzer",
            "properties.SwitchedOffFailureAnalyzer",
            "properties.SyncSettings");

    static Stream<String> rooms() {
        return ARROWS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomKnowsThoseItMay(String room) {
        Set<String> known = WIRING.stream()
                .filter(type -> roomOf(type).equals(room))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(target -> target.getPackageName().startsWith(BASE))
                .map(ArchitectureTest::roomOf)
                .filter(other -> !other.equals(room))
                .collect(Collectors.toSet());

        assertThat(known).isEqualTo(ARROWS.get(room));
    }

    @Test
    void everyPackageIsARoomOfTheDesign() {
        assertThat(WIRING.stream().map(ArchitectureTest::roomOf)).isSubsetOf(ARROWS.keySet());
    }

    @Test
    void thereAreNoCycles() {
        slices().matching("io.yotposync.(**)").should().beFreeOfCycles().check(WIRING);
    }

    @Test
    void whatTheHostMayLackIsNamedInItsRoomAlone() {
        onlyIn("observe", "io.micrometer..");
        onlyIn("operator", "org.springframework.boot.actuate.endpoint.annotation..");
        onlyIn("health", "org.springframework.boot.actuate.health..", "org.springframework.boot.health..");
        onlyIn("capture", "io.yotposync.capture..", "org.springframework.transaction.support..");
    }

    private static void onlyIn(String room, String... packages) {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + "." + room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .check(WIRING);
    }

    /** Each line's classes are loaded where that line is. */
    @Test
    void noClassNamesTheHealthOfTwoLinesOfBoot() {
        classes()
                .that()
                .resideInAPackage(BASE + ".health")
                .and(are(simpleNameStartingWith("Boot4").or(simpleNameStartingWith("YotpoBoot4"))))
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackage("org.springframework.boot.actuate.health..")
                .check(WIRING);
        noClasses()
                .that()
                .haveNameNotMatching(".*\\.(Yotpo)?Boot4[^.]*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.boot.health..")
                .check(WIRING);
    }

    @Test
    void onlyConfigurationsPropertiesAndWhatRoomsShareArePublic() {
        assertThat(WIRING.stream()
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(type -> !type.isAnnotatedWith(AutoConfiguration.class))
                        .filter(type -> !type.getName().matches(".*\\.properties\\.\\w+Properties(\\$\\w+)?"))
                        .map(type -> type.getName().substring(BASE.length() + 1)))
                .containsExactlyInAnyOrderElementsOf(PUBLIC_CLASSES);
    }

    @Test
    void noPackageForgetsItsNulls() {
        assertThat(WIRING.stream().map(JavaClass::getPackage).distinct())
                .allSatisfy(each -> assertThat(each.isAnnotatedWith(NullMarked.class))
                        .as(each.getName())
                        .isTrue());
    }

    private static String roomOf(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(BASE) ? "" : name.substring(BASE.length() + 1);
    }
}
