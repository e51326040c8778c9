package io.countinghouse.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A rule that cannot fail guards nothing: each fails on code that breaks it on purpose. */
class ArchitectureRulesTest {

    private static final String BROKEN = "io.countinghouse.broken";

    @TestFactory
    Stream<DynamicTest> eachRuleFailsWhereItIsBroken() {
        JavaClasses broken = new ClassFileImporter().importPackages(BROKEN);
        return ArchitectureRules.rules(BROKEN).entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(),
                        () -> assertThatThrownBy(() -> rule.getValue().check(broken))
                                .isInstanceOf(AssertionError.class)
                                .hasMessageContaining("Architecture Violation")));
    }
}
