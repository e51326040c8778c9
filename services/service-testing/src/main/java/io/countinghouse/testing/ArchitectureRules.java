package io.countinghouse.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.persistence.Entity;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The dependency rules of the product, checked in each service: subclass it in the service's own base package. */
public abstract class ArchitectureRules {

    private static final String BASE = "io.countinghouse.";

    private static final DescribedPredicate<JavaMethod> ARE_OPERATIONS = DescribedPredicate.describe(
            "are JAX-RS operations",
            method -> method.getAnnotations().stream()
                    .anyMatch(annotation -> annotation.getRawType().isAnnotatedWith(HttpMethod.class)));

    @TestFactory
    List<DynamicTest> theStructureHolds() {
        String own = getClass().getPackageName();
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(own);
        return rules(own).entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(),
                        () -> rule.getValue().allowEmptyShould(true).check(classes)))
                .toList();
    }

    /** The rules for the service whose base package is {@code own}, by name. */
    public static Map<String, ArchRule> rules(String own) {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("no service depends on another", noClasses().should().dependOnClassesThat(otherServicesThan(own)));
        rules.put(
                "features do not depend on each other in circles",
                slices().matching(own + ".(*)..").should().beFreeOfCycles());
        rules.put("a feature is flat", noClasses().should().resideInAPackage(own + ".*.*.."));
        rules.put(
                "resources know HTTP only, not the database",
                noClasses()
                        .that()
                        .haveSimpleNameEndingWith("Resource")
                        .should()
                        .dependOnClassesThat()
                        .haveSimpleNameEndingWith("Repository")
                        .orShould()
                        .dependOnClassesThat()
                        .resideInAnyPackage("org.hibernate..", "io.quarkus.hibernate..", "io.vertx..sqlclient.."));
        rules.put(
                "services do not know HTTP resources",
                noClasses()
                        .that()
                        .haveSimpleNameEndingWith("Service")
                        .should()
                        .dependOnClassesThat()
                        .haveSimpleNameEndingWith("Resource"));
        rules.put(
                "repositories know entities and queries only",
                noClasses()
                        .that()
                        .haveSimpleNameEndingWith("Repository")
                        .should()
                        .dependOnClassesThat()
                        .haveSimpleNameEndingWith("Service")
                        .orShould()
                        .dependOnClassesThat()
                        .haveSimpleNameEndingWith("Resource"));
        rules.put(
                "entities have no setters",
                methods()
                        .that()
                        .areDeclaredInClassesThat()
                        .areAnnotatedWith(Entity.class)
                        .should()
                        .haveNameNotMatching("set[A-Z].*"));
        rules.put(
                "operations are public, else JAX-RS drops them",
                methods()
                        .that(ARE_OPERATIONS)
                        .and()
                        .areDeclaredInClassesThat(areResources())
                        .should()
                        .bePublic());
        rules.put(
                "names say what a thing is",
                noClasses().should().haveNameMatching(".*(Impl|DTO|Dto|Util|Utils|Manager|Helper|Common)$"));
        rules.put(
                "the time comes from the injected clock",
                noClasses()
                        .should()
                        .callMethod(Instant.class, "now")
                        .orShould()
                        .callMethod(java.time.LocalDate.class, "now")
                        .orShould()
                        .callMethod(java.time.Clock.class, "systemUTC")
                        .orShould()
                        .callMethod(System.class, "currentTimeMillis"));
        rules.put("identifiers are version 7, made by Ids", noClasses().should().callMethod(UUID.class, "randomUUID"));
        rules.put(
                "nothing blocks the event loop by waiting for a Uni",
                noClasses().should().callMethod(io.smallrye.mutiny.Uni.class, "await"));
        rules.put(
                "entities are named for the thing",
                classes()
                        .that()
                        .areAnnotatedWith(Entity.class)
                        .and()
                        .doNotHaveModifier(JavaModifier.ABSTRACT)
                        .should()
                        .haveSimpleNameNotEndingWith("Entity"));
        return rules;
    }

    private static DescribedPredicate<JavaClass> areResources() {
        return DescribedPredicate.describe(
                "are resources, not REST clients", type -> type.isAnnotatedWith(Path.class) && !type.isInterface());
    }

    private static DescribedPredicate<JavaClass> otherServicesThan(String own) {
        return DescribedPredicate.describe("belong to another service", type -> {
            String name = type.getPackageName();
            return name.startsWith(BASE) && !(name + ".").startsWith(own + ".") && !name.startsWith(BASE + "defaults");
        });
    }
}
