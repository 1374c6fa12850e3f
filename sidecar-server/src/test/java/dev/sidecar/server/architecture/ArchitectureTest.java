package dev.sidecar.server.architecture;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.sidecar.runtime.AtomicFiles;
import dev.sidecar.runtime.Commands;
import dev.sidecar.runtime.Threads;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.NullMarked;

/** Who may know whom, and what is done in one place only. Each rule says why. */
@AnalyzeClasses(packages = "dev.sidecar", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String CLIENT = "dev.sidecar.client..";
    private static final String AUTOCONFIGURE = "dev.sidecar.autoconfigure..";
    private static final String SERVER = "dev.sidecar.server..";
    private static final String TCK = "dev.sidecar.tck..";
    private static final List<String> FEATURES =
            List.of("logging", "discovery", "health", "config", "watchdog", "resilience", "environment", "monitor");

    @ArchTest
    static final ArchRule coreKnowsNoModuleOfOurs = noClasses()
            .that()
            .resideOutsideOfPackages(CLIENT, AUTOCONFIGURE, SERVER, TCK)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CLIENT, AUTOCONFIGURE, SERVER, TCK)
            .because("the core is what both deliveries share");

    @ArchTest
    static final ArchRule coreClientAndTckKnowNoSpring = noClasses()
            .that()
            .resideOutsideOfPackages(AUTOCONFIGURE, SERVER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..")
            .because("the core serves programs that are not Spring applications");

    @ArchTest
    static final ArchRule clientAndTckKnowOnlyCore = noClasses()
            .that()
            .resideInAnyPackage(CLIENT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(AUTOCONFIGURE, SERVER, TCK)
            .because("the client is a second implementation of the ports and nothing else");

    @ArchTest
    static final ArchRule tckKnowsOnlyCore = noClasses()
            .that()
            .resideInAnyPackage(TCK)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(AUTOCONFIGURE, SERVER, CLIENT)
            .because("a contract that knows a delivery cannot judge it");

    @ArchTest
    static final ArchRule nobodyKnowsTheServer = noClasses()
            .that()
            .resideOutsideOfPackage(SERVER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SERVER)
            .because("the server is a process, not a library");

    @ArchTest
    static void featuresOfTheCoreMeetOnlyWhereAllowed(JavaClasses classes) {
        for (String feature : FEATURES) {
            String[] others = FEATURES.stream()
                    .filter(other -> !other.equals(feature))
                    .filter(other -> !(feature.equals("discovery") && other.equals("health")))
                    .filter(other -> !(feature.equals("watchdog") && other.equals("health")))
                    .filter(other -> !(feature.equals("resilience") && other.equals("discovery")))
                    .map(other -> "dev.sidecar." + other + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("dev.sidecar." + feature + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .because(
                            "features meet only through ports, and only discovery asks health and resilience asks discovery")
                    .check(classes);
        }
    }

    @ArchTest
    static final ArchRule threadsAreMadeInOnePlace = noClasses()
            .that()
            .areNotAssignableTo(Threads.class)
            .should()
            .callConstructor(Thread.class)
            .orShould()
            .callConstructor(Thread.class, Runnable.class)
            .orShould()
            .callConstructor(Thread.class, Runnable.class, String.class)
            .orShould()
            .callConstructor(Thread.class, String.class)
            .orShould()
            .dependOnClassesThat(nameMatching(Executors.class.getName() + "|" + ForkJoinPool.class.getName()))
            .orShould()
            .callConstructorWhere(targetOwner(name(ThreadPoolExecutor.class.getName())))
            .because("every thread has a name, is a daemon, and can be counted");

    @ArchTest
    static final ArchRule processesAreStartedInOnePlace = noClasses()
            .that()
            .areNotAssignableTo(Commands.class)
            .should()
            .callMethod(ProcessBuilder.class, "start")
            .orShould()
            .callConstructor(ProcessBuilder.class, List.class)
            .orShould()
            .callConstructor(ProcessBuilder.class, String[].class)
            .orShould()
            .callMethod(Runtime.class, "exec", String.class)
            .orShould()
            .callMethod(Runtime.class, "exec", String[].class)
            .because("no shell is ever put in between, and what is started can be found");

    @ArchTest
    static final ArchRule filesAreReplacedInOnePlace = noClasses()
            .that()
            .areNotAssignableTo(AtomicFiles.class)
            .should()
            .callMethodWhere(target(name("move")).and(targetOwner(name(Files.class.getName()))))
            .because("a reader must see the old content or the new, and never a part of either");

    @ArchTest
    static final ArchRule autoConfigurationsAreFinalAndShowNothing = classes()
            .that()
            .haveSimpleNameEndingWith("AutoConfiguration")
            .should()
            .haveModifier(JavaModifier.FINAL)
            .because("they are wiring, not an API")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule autoConfigurationsHaveNoPublicMethods = methods()
            .that()
            .areDeclaredInClassesThat()
            .haveSimpleNameEndingWith("AutoConfiguration")
            .should()
            .notBePublic()
            .because("they are wiring, not an API")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .that(resideInAnyPackage("dev.sidecar.."))
            .should(resideInANullMarkedPackage())
            .because("null is said, never guessed");

    @ArchTest
    static final ArchRule noNamesThatSayNothing = noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .because("a name says the one idea of its class");

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a @NullMarked package") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                boolean marked = item.getPackage()
                        .tryGetPackageInfo()
                        .map(info -> info.isAnnotatedWith(NullMarked.class))
                        .orElse(false);
                events.add(new SimpleConditionEvent(
                        item, marked, item.getPackageName() + " has no @NullMarked package-info"));
            }
        };
    }
}
