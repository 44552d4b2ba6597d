package io.harmony4j.conformance;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of docs/architecture.md. */
@AnalyzeClasses(packages = "io.harmony4j", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String JACKSON = "com.fasterxml.jackson..";

    @ArchTest
    static final ArchRule MODULES_HAVE_NO_CYCLES =
            slices().matching("io.harmony4j.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule TOKENIZER_NEEDS_NOTHING = classes()
            .that()
            .resideInAPackage("io.harmony4j.tokenizer")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.harmony4j.tokenizer", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule CORE_NEEDS_JACKSON_ALONE = classes()
            .that()
            .resideInAPackage("io.harmony4j")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.harmony4j", "java..", "org.jspecify..", JACKSON);

    @ArchTest
    static final ArchRule RENDERER_DOES_NOT_KNOW_THE_PARSER = noClasses()
            .that()
            .resideInAPackage("io.harmony4j.render")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.harmony4j.parse");

    @ArchTest
    static final ArchRule PARSER_DOES_NOT_KNOW_THE_RENDERER = noClasses()
            .that()
            .resideInAPackage("io.harmony4j.parse")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.harmony4j.render");

    @ArchTest
    static final ArchRule NOTHING_DEPENDS_ON_CONFORMANCE_BUT_THE_COMMAND_LINE = noClasses()
            .that()
            .resideOutsideOfPackages("io.harmony4j.conformance", "io.harmony4j.cli")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.harmony4j.conformance");

    @ArchTest
    static final ArchRule JACKSON_STAYS_OUT_OF_THE_API = noMethods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .resideInAnyPackage("io.harmony4j.parse", "io.harmony4j.render")
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .should()
            .haveRawReturnType(resideInAPackage(JACKSON))
            .orShould()
            .haveRawParameterTypes(anyElementThat(resideInAPackage(JACKSON)));
}
