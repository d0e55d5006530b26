package io.yotposync;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The data's way as arrows between packages. Whoever adds one here changes the design. */
class ArchitectureTest {

    private static final String BASE = "io.yotposync";

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(BASE);

    /**
     * What each step may know of the others. The base package names the whole way up to the outbox and knows every step of
     * it; only what hears of saves knows the base package.
     */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            entry("customer", Set.of()),
            entry("store", Set.of("customer")),
            entry("identity", Set.of("customer", "store")),
            entry("payload", Set.of("customer", "store", "identity")),
            entry("outbox", Set.of("customer", "store", "payload")),
            entry("recent", Set.of("store", "payload", "outbox")),
            entry("observe", Set.of("store", "outbox")),
            entry("client", Set.of("store", "payload", "outbox")),
            entry("dispatch", Set.of("store", "payload", "outbox", "client", "observe")),
            entry("capture", Set.of("", "customer", "store", "outbox", "observe", "source", "jdbc")),
            entry("broadleaf", Set.of("", "capture", "customer", "observe", "source")),
            entry("source", Set.of("customer")),
            entry("prepare", Set.of("customer", "store", "identity", "payload", "outbox", "observe")),
            entry("scan", Set.of("prepare", "customer", "store", "payload", "outbox", "observe", "source")),
            entry("readback", Set.of("store", "payload", "outbox", "client", "scan")),
            entry(
                    "operator",
                    Set.of("prepare", "store", "payload", "outbox", "observe", "dispatch", "scan", "readback")),
            entry("jdbc", Set.of("store", "payload", "outbox", "scan", "operator")));

    /** Public although neither port, value, exception nor customizer: what the wiring calls, and rules that steps share. */
    private static final Set<String> PUBLIC_CLASSES = Set.of(
            "AllowedPayloads",
            "CustomerSync",
            "RereadPayloads",
            "YotpoSync",
            "YotpoSync$Builder",
            "broadleaf.BroadleafCustomerSource",
            "broadleaf.BroadleafEntities",
            "broadleaf.CustomerIds",
            "broadleaf.CustomerPersistedListener",
            "broadleaf.CustomerReader",
            "broadleaf.SystemProperties",
            "capture.AtomicCapture",
            "capture.Captured",
            "capture.HibernateCapture",
            "capture.LastFlush",
            "client.HttpYotpoClient",
            "customer.CustomerSnapshot$Builder",
            "customer.IsoCodes",
            "customer.SourceVersions",
            "dispatch.CatchUpMarks",
            "dispatch.Dispatcher",
            "dispatch.Lanes",
            "dispatch.SyncThreads",
            "identity.CustomerIdentifier",
            "identity.EmailAddresses",
            "identity.ExternalIds",
            "observe.CustomerFaults",
            "observe.LogFields",
            "observe.LoggingListener",
            "observe.StorageFault",
            "jdbc.AtomicWriter",
            "jdbc.JdbcSchema",
            "jdbc.JdbcStorage",
            "operator.Activity",
            "operator.Alerts",
            "operator.AuditRetention",
            "operator.Backlog",
            "operator.CatchUp",
            "operator.Controls",
            "operator.Explainer",
            "operator.LastHeard",
            "operator.Overviews",
            "operator.RecentErrors",
            "operator.Refusals",
            "operator.StoreHealth",
            "operator.SupportBundle",
            "payload.Bodies",
            "payload.Contact",
            "payload.CustomerPayload",
            "payload.CustomerPayload$Builder",
            "payload.FieldPrints",
            "payload.PayloadMapper",
            "prepare.Preparation",
            "readback.ReadBack",
            "recent.RecentUpserts",
            "scan.Backfills",
            "scan.Erasure",
            "scan.Identifiers",
            "scan.Foresight",
            "scan.Preview",
            "scan.Resending",
            "scan.Scanner",
            "scan.WaitingStates",
            "source.Rereads",
            "store.StoreSwitch",
            "store.Stores");

    static Stream<String> steps() {
        return ARROWS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("steps")
    void aStepKnowsEarlierStepsOnly(String step) {
        Map<String, Set<String>> offenders = new TreeMap<>();
        for (JavaClass type : CORE) {
            if (stepOf(type).equals(step)) {
                Set<String> others = type.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                        .filter(target -> target.getPackageName().startsWith(BASE))
                        .map(ArchitectureTest::stepOf)
                        .filter(other -> !other.equals(step))
                        .filter(other -> !ARROWS.getOrDefault(step, Set.of()).contains(other))
                        .collect(Collectors.toSet());
                if (!others.isEmpty()) {
                    offenders.put(type.getName(), others);
                }
            }
        }
        assertThat(offenders).isEmpty();
    }

    @Test
    void everyPackageIsAStepOfTheDesign() {
        assertThat(CORE.stream().map(ArchitectureTest::stepOf).filter(step -> !step.isEmpty()))
                .isSubsetOf(ARROWS.keySet());
    }

    @Test
    void nobodyImportsBroadleafsStep() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + ".broadleaf..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(BASE + ".broadleaf..", "org.broadleafcommerce..")
                .check(CORE);
    }

    @Test
    void thereAreNoCycles() {
        slices().matching(BASE + ".(**)").should().beFreeOfCycles().check(CORE);
        noClasses()
                .that()
                .resideInAPackage(BASE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(BASE + ".capture..", BASE + ".broadleaf..")
                .check(CORE);
    }

    @Test
    void springIsInTheHostsStepsOnlyAndBootNowhere() {
        noClasses()
                .that()
                .resideOutsideOfPackages(BASE + ".broadleaf..", BASE + ".jdbc..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(CORE);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.boot..")
                .check(CORE);
    }

    /** Weaving agents break on them, and the names differ between javax and jakarta hosts. */
    @Test
    void entitiesPersistenceAndServletsAreLeftAlone() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("org.broadleafcommerce..").and(simpleNameEndingWith("Impl")))
                .check(CORE);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "javax.persistence..",
                        "jakarta.persistence..",
                        "javax.servlet..",
                        "jakarta.servlet..",
                        "org.hibernate..")
                .check(CORE);
    }

    @Test
    void onlyPortsValuesAndWhatTheWiringCallsArePublic() {
        classes()
                .that(not(isPortOrValue()))
                .and()
                .haveModifier(JavaModifier.PUBLIC)
                .should(be(known()))
                .check(CORE);
    }

    @Test
    void noPackageForgetsItsNulls() {
        assertThat(CORE.stream().map(JavaClass::getPackage).distinct())
                .allSatisfy(each -> assertThat(each.isAnnotatedWith(NullMarked.class))
                        .as(each.getName())
                        .isTrue());
    }

    @Test
    void nobodyPrintsOrSleeps() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(CORE);
        noClasses().should().accessField(System.class, "out").check(CORE);
        noClasses().should().accessField(System.class, "err").check(CORE);
    }

    private static String stepOf(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith(BASE + ".")) {
            return "";
        }
        String step = name.substring(BASE.length() + 1);
        int dot = step.indexOf('.');
        return dot < 0 ? step : step.substring(0, dot);
    }

    private static DescribedPredicate<JavaClass> isPortOrValue() {
        return DescribedPredicate.describe(
                "ports, values and exceptions",
                type -> type.isInterface()
                        || type.isRecord()
                        || type.isEnum()
                        || type.isAssignableTo(Exception.class)
                        || type.getSimpleName().equals("package-info"));
    }

    private static DescribedPredicate<JavaClass> known() {
        return DescribedPredicate.describe(
                "among the few that are meant to be",
                type -> PUBLIC_CLASSES.contains(type.getName().substring(BASE.length() + 1)));
    }
}
