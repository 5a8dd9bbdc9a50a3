package execnet4j.integration;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.MethodCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasModifiers;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import execnet4j.error.ExecnetException;
import execnet4j.spec.GatewaySpec;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The packages stand on a ladder: each imports only from those above it. */
class LadderTest {
    private static final List<String> KERNEL = List.of(
            "execnet4j.error",
            "execnet4j.text",
            "execnet4j.concurrent",
            "execnet4j.link",
            "execnet4j.process",
            "execnet4j.wire",
            "execnet4j.serial",
            "execnet4j.channel",
            "execnet4j.protocol",
            "execnet4j.serve",
            "execnet4j.worker");

    private static final List<String> LADDER = Stream.concat(
                    KERNEL.stream(),
                    Stream.of(
                            "execnet4j.spec",
                            "execnet4j.transport",
                            "execnet4j.ship",
                            "execnet4j.bootstrap",
                            "execnet4j.foreign",
                            "execnet4j.rehearsal",
                            "execnet4j",
                            "execnet4j.pool",
                            "execnet4j.sync",
                            "execnet4j.cli"))
            .toList();

    private static final String[] INTERNAL = {
        "execnet4j.text",
        "execnet4j.concurrent",
        "execnet4j.link",
        "execnet4j.process",
        "execnet4j.wire",
        "execnet4j.protocol",
        "execnet4j.worker",
        "execnet4j.transport",
        "execnet4j.ship",
        "execnet4j.bootstrap",
        "execnet4j.foreign",
        "execnet4j.rehearsal"
    };

    private static final String[] EXPORTED = {
        "execnet4j.error",
        "execnet4j.serial",
        "execnet4j.channel",
        "execnet4j.serve",
        "execnet4j.spec",
        "execnet4j",
        "execnet4j.pool",
        "execnet4j.sync"
    };

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importLocations(Stream.of(ExecnetException.class, GatewaySpec.class, execnet4j.cli.Main.class)
                    .map(each -> Location.of(
                            each.getProtectionDomain().getCodeSource().getLocation()))
                    .collect(Collectors.toSet()));

    @TestFactory
    Stream<DynamicTest> aPackageImportsOnlyWhatStandsAboveIt() {
        return LADDER.stream()
                .map(step -> DynamicTest.dynamicTest(
                        step,
                        () -> noClasses()
                                .that()
                                .resideInAPackage(step)
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(below(step))
                                .allowEmptyShould(true)
                                .check(CLASSES)));
    }

    @Test
    void everyPackageHasItsPlaceOnTheLadder() {
        classes()
                .that()
                .doNotHaveSimpleName("module-info")
                .should()
                .resideInAnyPackage(LADDER.toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void theKernelNeedsJavaBaseAlone() {
        Set<String> base = Object.class.getModule().getPackages();
        DescribedPredicate<JavaClass> ofJavaBase =
                describe("are of java.base", type -> type.isPrimitive() || base.contains(packageOf(type)));
        DescribedPredicate<JavaClass> annotations =
                resideInAnyPackage("org.jspecify.annotations", "com.google.errorprone.annotations..");
        classes()
                .that()
                .resideInAnyPackage(KERNEL.toArray(String[]::new))
                .should()
                .onlyDependOnClassesThat(
                        ofJavaBase.or(annotations).or(resideInAnyPackage(KERNEL.toArray(String[]::new))))
                .check(CLASSES);
    }

    @Test
    void nothingReadsOrWritesSerializedJavaObjects() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ObjectInputStream.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ObjectOutputStream.class)
                .check(CLASSES);
    }

    @Test
    void nothingSleeps() {
        noClasses()
                .should()
                .callMethodWhere(describe("it puts the thread to sleep", LadderTest::isSleep))
                .check(CLASSES);
    }

    @Test
    void noPublicNameLeaksAnInternalType() {
        DescribedPredicate<HasModifiers> open = describe(
                "public or protected",
                member -> member.getModifiers().contains(JavaModifier.PUBLIC)
                        || member.getModifiers().contains(JavaModifier.PROTECTED));
        DescribedPredicate<List<JavaClass>> withInternal =
                describe("an internal type", types -> types.stream().anyMatch(resideInAnyPackage(INTERNAL)));
        noCodeUnits()
                .that(open.forSubtype())
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(EXPORTED)
                .should()
                .haveRawParameterTypes(withInternal)
                .orShould()
                .haveRawReturnType(resideInAnyPackage(INTERNAL))
                .check(CLASSES);
        noFields()
                .that(open.forSubtype())
                .and()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(EXPORTED)
                .should()
                .haveRawType(resideInAnyPackage(INTERNAL))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    private static String[] below(String step) {
        List<String> below = LADDER.subList(LADDER.indexOf(step) + 1, LADDER.size());
        return below.isEmpty() ? new String[] {"none"} : below.toArray(String[]::new);
    }

    private static String packageOf(JavaClass type) {
        return type.getBaseComponentType().getPackageName();
    }

    private static boolean isSleep(JavaMethodCall call) {
        MethodCallTarget target = call.getTarget();
        return target.getName().equals("sleep")
                && Set.of("java.lang.Thread", "java.util.concurrent.TimeUnit")
                        .contains(target.getOwner().getName());
    }
}
