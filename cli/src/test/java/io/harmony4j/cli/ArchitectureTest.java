package io.harmony4j.cli;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonToken;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The arrows of docs/architecture.md: what each package may know, and nothing else. */
class ArchitectureTest {
    private static final String CORE = "io.harmony4j";
    private static final String JACKSON = "com.fasterxml.jackson";

    /** What each package may use, besides itself, the JDK and JSpecify; no package may use one that is not named. */
    private static final Map<String, List<String>> MAY_USE = new TreeMap<>(Map.ofEntries(
            Map.entry("io.harmony4j.json", List.of(JACKSON + ".core..")),
            Map.entry("io.harmony4j.tokenizer", List.of()),
            Map.entry("io.harmony4j.generation", List.of()),
            Map.entry(CORE, modules("json")),
            Map.entry("io.harmony4j.renderer", modules("json", "tokenizer", "")),
            Map.entry("io.harmony4j.parser", modules("json", "tokenizer", "generation", "")),
            Map.entry("io.harmony4j.grammar", modules("json", "tokenizer", "generation", "")),
            Map.entry("io.harmony4j.chat", modules("json", "tokenizer", "generation", "", "renderer", "parser")),
            Map.entry(
                    "io.harmony4j.openai",
                    modules("json", "tokenizer", "generation", "", "renderer", "parser", "chat", "grammar")),
            Map.entry(
                    "io.harmony4j.training",
                    join(
                            modules("json", "tokenizer", "", "renderer", "chat", "openai"),
                            List.of("com.github.luben.zstd.."))),
            Map.entry("io.harmony4j.backends", modules("json", "tokenizer", "generation", "", "grammar")),
            Map.entry(
                    "io.harmony4j.testkit",
                    join(
                            modules("json", "tokenizer", "generation", "", "renderer"),
                            List.of("com.sun.net.httpserver.."))),
            Map.entry(
                    "io.harmony4j.server",
                    join(
                            modules(
                                    "json",
                                    "tokenizer",
                                    "generation",
                                    "",
                                    "renderer",
                                    "parser",
                                    "chat",
                                    "openai",
                                    "grammar",
                                    "backends"),
                            List.of("io.vertx..", "io.netty..", "io.micrometer.."))),
            Map.entry(
                    "io.harmony4j.mcp",
                    join(
                            modules("json", "tokenizer", "generation", "", "renderer", "parser", "chat", "openai"),
                            List.of("io.modelcontextprotocol..", "reactor.core.."))),
            Map.entry("io.harmony4j.engine", modules("json", "generation", "engine.spi", "engine.storage")),
            Map.entry("io.harmony4j.engine.spi", modules("engine")),
            Map.entry("io.harmony4j.engine.storage", modules("json", "engine")),
            Map.entry("io.harmony4j.engine.synthetic", modules("json", "engine", "engine.spi", "engine.storage")),
            Map.entry("io.harmony4j.engine.vector", modules("engine", "engine.spi")),
            Map.entry(
                    "io.harmony4j.tiny",
                    modules("json", "tokenizer", "generation", "", "renderer", "engine", "engine.synthetic")),
            Map.entry("io.harmony4j.tiny.bundle", modules("tiny", "engine.spi")),
            Map.entry(
                    "io.harmony4j.conformance",
                    join(
                            modules(
                                    "json",
                                    "tokenizer",
                                    "generation",
                                    "",
                                    "renderer",
                                    "parser",
                                    "chat",
                                    "openai",
                                    "grammar",
                                    "training"),
                            List.of("org.junit.jupiter.api..", "org.w3c.dom..", "org.xml.sax.."))),
            Map.entry(
                    "io.harmony4j.bench",
                    join(
                            modules("json", "tokenizer", "generation", "grammar", "engine", "training", "server"),
                            List.of("com.knuddels.."))),
            Map.entry(
                    "io.harmony4j.cli",
                    join(
                            modules(
                                    "json",
                                    "tokenizer",
                                    "generation",
                                    "",
                                    "renderer",
                                    "parser",
                                    "chat",
                                    "openai",
                                    "grammar",
                                    "training",
                                    "backends",
                                    "server",
                                    "mcp",
                                    "engine",
                                    "engine.synthetic",
                                    "tiny",
                                    "conformance",
                                    "bench"),
                            List.of("picocli..", "org.jline..")))));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(CORE);

    /** Returns the packages of modules by the words after {@code io.harmony4j}; core has none. */
    private static List<String> modules(String... words) {
        return Stream.of(words)
                .map(word -> word.isEmpty() ? CORE : CORE + "." + word)
                .toList();
    }

    private static List<String> join(List<String> one, List<String> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    private static ArchRule usesOnly(String packageName, List<String> allowed) {
        Stream<String> always =
                Stream.of(packageName, "java..", "javax..", "jdk..", "com.sun.management..", "org.jspecify..");
        String[] packages = Stream.concat(always, allowed.stream()).toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(packageName)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(packages);
    }

    @TestFactory
    Stream<DynamicTest> eachPackageUsesOnlyWhatItMay() {
        return MAY_USE.entrySet().stream()
                .filter(entry -> isHere(entry.getKey()))
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(),
                        () -> usesOnly(entry.getKey(), entry.getValue()).check(CLASSES)));
    }

    /** Vector kernels need a JDK 25 to be built; where there is none, their jar is empty. */
    private static boolean isHere(String packageName) {
        return !packageName.equals("io.harmony4j.engine.vector") || packages().contains(packageName);
    }

    @Test
    void eachPackageIsInTheTable() {
        assertThat(MAY_USE.keySet()).containsAll(packages());
        assertThat(MAY_USE.keySet().stream().filter(ArchitectureTest::isHere))
                .containsExactlyInAnyOrderElementsOf(packages());
    }

    private static List<String> packages() {
        return CLASSES.stream().map(JavaClass::getPackageName).distinct().toList();
    }

    @Test
    void noArrowLeadsBack() {
        MAY_USE.forEach((packageName, allowed) -> allowed.stream()
                .filter(other -> MAY_USE.getOrDefault(other, List.of()).contains(packageName))
                .forEach(other -> assertThat(moduleOf(other)).isEqualTo(moduleOf(packageName))));
    }

    /** The engine has four packages, and the tiny model two, which know each other. */
    private static String moduleOf(String packageName) {
        return Stream.of("io.harmony4j.engine.vector", "io.harmony4j.engine", "io.harmony4j.tiny")
                .filter(packageName::startsWith)
                .findFirst()
                .orElse(packageName);
    }

    @Test
    void noJacksonTypeIsInASignature() {
        ArchRule rule = classes().that().resideInAPackage(CORE + "..").should(haveNoSignatureWith(JACKSON));

        rule.check(CLASSES);
        assertThatThrownBy(() -> rule.check(new ClassFileImporter().importClasses(ShowsJackson.class)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("ShowsJackson.token");
    }

    @Test
    void anArrowThatIsNotAllowedIsFound() {
        ArchRule rule = usesOnly(CORE + ".cli", List.of());

        assertThatThrownBy(() -> rule.check(new ClassFileImporter().importClasses(ShowsJackson.class)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("JsonToken");
    }

    /** What no rule may let pass. */
    public static final class ShowsJackson {
        private ShowsJackson() {}

        /** Returns a type of Jackson. */
        public static JsonToken token() {
            return JsonToken.NOT_AVAILABLE;
        }
    }

    /** No supertype, field, parameter, result or exception that users can see is of a library. */
    private static ArchCondition<JavaClass> haveNoSignatureWith(String library) {
        return new ArchCondition<>("have no signature with " + library) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getModifiers().contains(JavaModifier.PUBLIC)) {
                    return;
                }
                type.getAllRawSuperclasses().forEach(parent -> report(parent, type.getName(), events));
                type.getAllRawInterfaces().forEach(parent -> report(parent, type.getName(), events));
                for (JavaMember member : type.getMembers()) {
                    if (isVisible(member)) {
                        member.getAllInvolvedRawTypes().forEach(used -> report(used, member.getFullName(), events));
                        if (member instanceof JavaCodeUnit code) {
                            code.getExceptionTypes()
                                    .forEach(thrown -> report(thrown.toErasure(), member.getFullName(), events));
                        }
                    }
                }
            }

            private void report(JavaClass used, String where, ConditionEvents events) {
                if (used.getPackageName().startsWith(library)) {
                    events.add(violated(used, where + " shows " + used.getName()));
                }
            }
        };
    }

    private static boolean isVisible(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }
}
