package execnet4j.ship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.channel.RemoteFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class ReachableClassesTest {
    private final FarSide worker = new FarSide();

    private Set<String> reached(RemoteFunction<?, ?> function) {
        String prefix = ReachableClassesTest.class.getName();
        return worker.shipper.function(function, FarSide.RELEASE).kept().classes().keySet().stream()
                .map(name -> name.startsWith(prefix) ? name.substring(prefix.length()) : name)
                .collect(Collectors.toSet());
    }

    @Test
    void aLambdaTakesNothingOfItsNeighboursAlong() {
        assertThat(reached(item -> 1)).containsExactly("");
    }

    @Test
    void whatIsMadeCountsWholeWithItsParentsAndInterfaces() throws Exception {
        RemoteFunction<Object, String> function = item -> new Dog().greet();

        assertThat(reached(function)).containsExactlyInAnyOrder("", "$Dog", "$Animal", "$Greets", "$Sound");
        assertThat(worker.apply(function, null)).isEqualTo("Dog says WOOF");
    }

    @Test
    void enumsAndSwitchesOnThemWork() throws Exception {
        RemoteFunction<String, String> function = name -> Paint.mix(Color.valueOf(name));

        assertThat(worker.apply(function, "RED")).isEqualTo("warm RED red!");
        // javac 17 makes one more class for the switch, javac 25 none.
        assertThat(reached(function)).contains("$Color", "$Color$1", "$Paint");
    }

    @Test
    void recordsPatternsAndLambdasInHelpersWork() throws Exception {
        RemoteFunction<Integer, String> function = n -> {
            Object pair = new Pair<>(n, List.of("a", "b"));
            return pair instanceof Pair<?> p && p.first() > 0 ? p + Shapes.join(p.list()) : "";
        };

        assertThat(worker.apply(function, 1)).isEqualTo("Pair[first=1, list=[a, b]]<a><b>");
    }

    @Test
    void privateMembersOfNestMatesAreAccessible() throws Exception {
        assertThat(worker.apply(item -> new Nest().new Inner().reads(), null)).isEqualTo("private");
    }

    @Test
    void staticInitializersRunThere() throws Exception {
        assertThat(worker.apply(item -> Initialized.VALUE + Initialized.inherited(), null))
                .isEqualTo("setbase");
    }

    @Test
    void aClassThatExistsNowhereAsAFileIsRefused() throws Exception {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "Generated", null, "java/lang/Object", new String[] {
            "execnet4j/channel/RemoteTask"
        });
        MethodVisitor constructor = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
        constructor.visitVarInsn(Opcodes.ALOAD, 0);
        constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        constructor.visitInsn(Opcodes.RETURN);
        constructor.visitMaxs(1, 1);
        byte[] bytes = writer.toByteArray();
        ClassLoader loader = new ClassLoader(getClass().getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                if (name.equals("Generated")) {
                    return defineClass(name, bytes, 0, bytes.length);
                }
                throw new ClassNotFoundException(name);
            }
        };
        Class<?> generated = Class.forName("Generated", false, loader);

        assertThatThrownBy(() ->
                        worker.shipper.task(generated.asSubclass(execnet4j.channel.RemoteTask.class), FarSide.RELEASE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Generated was generated while the program ran");
    }

    @Test
    void ofAClassThatIsOnlyMentionedNothingIsFollowed() {
        Map<String, byte[]> chain = new LinkedHashMap<>();
        for (int i = 0; i < 5; i++) {
            chain.put("chain.C" + i, classWithField("chain/C" + i, "Lchain/C" + (i + 1) + ";"));
        }

        assertThat(ReachableClasses.from(chain::get, List.of(new Reference(Reference.Kind.WHOLE, "chain/C0"))))
                .containsOnlyKeys("chain.C0", "chain.C1");
    }

    @Test
    void aThousandClassesAreTheMost() {
        Map<String, byte[]> many = new LinkedHashMap<>();
        List<Reference> start = new ArrayList<>();
        for (int i = 0; i < ReachableClasses.MOST_CLASSES + 10; i++) {
            many.put("many.C" + i, classWithField("many/C" + i, "I"));
            start.add(new Reference(Reference.Kind.WHOLE, "many/C" + i));
        }

        assertThat(ReachableClasses.from(many::get, start)).hasSize(ReachableClasses.MOST_CLASSES);
    }

    @Test
    void classFilesOfAFutureReleaseAreReadToo() {
        byte[] future = ClassVersion.patched(classWithField("Future", "LOther;"), 99);
        Map<String, byte[]> classes = Map.of("Future", future, "Other", classWithField("Other", "I"));

        assertThat(ReachableClasses.from(classes::get, List.of(new Reference(Reference.Kind.WHOLE, "Future"))))
                .containsOnlyKeys("Future", "Other");
    }

    private static byte[] classWithField(String name, String descriptor) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
        writer.visitField(0, "field", descriptor, null, null).visitEnd();
        return writer.toByteArray();
    }

    interface Greets {
        String name();

        default String greet() {
            return name() + " says " + Sound.of(name());
        }
    }

    abstract static class Animal implements Greets {
        @Override
        public String name() {
            return getClass().getSimpleName();
        }
    }

    static final class Dog extends Animal {}

    static final class Sound {
        static String of(String name) {
            return name.equals("Dog") ? "WOOF" : "?";
        }
    }

    enum Color {
        RED {
            @Override
            String label() {
                return "red!";
            }
        },
        BLUE;

        String label() {
            return name();
        }
    }

    static final class Paint {
        @SuppressWarnings("StatementSwitchToExpressionSwitch") // the old form makes a class of its own
        static String mix(Color color) {
            switch (color) {
                case RED:
                    return "warm " + color + " " + color.label();
                default:
                    return "cold";
            }
        }
    }

    record Pair<T>(int first, List<T> list) {}

    static final class Shapes {
        static String join(List<?> items) {
            return items.stream().map(item -> "<" + item + ">").collect(Collectors.joining());
        }
    }

    static final class Nest {
        private final String secret = String.valueOf((Object) "private");

        final class Inner {
            String reads() {
                return secret;
            }
        }
    }

    static class Base {
        static String inherited() {
            return "base";
        }
    }

    static final class Initialized extends Base {
        static final String VALUE = String.valueOf((Object) "set");
    }
}
