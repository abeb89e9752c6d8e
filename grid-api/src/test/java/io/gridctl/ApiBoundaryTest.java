package io.gridctl;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ApiBoundaryTest {
    private static final JavaClasses API = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.gridctl");

    @Test
    void theApiStandsAlone() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.gridctl", "io.gridctl.function", "java..", "org.jspecify..")
                .check(API);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("io.gridctl.(**)").should().beFreeOfCycles().check(API);
        slices().matching("io.(**)").should().beFreeOfCycles().check(API);
    }
}
