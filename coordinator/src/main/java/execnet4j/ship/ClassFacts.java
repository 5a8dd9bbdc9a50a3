package execnet4j.ship;

import execnet4j.ship.Reference.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** What a class file says about other classes: in its head, and method by method. */
final class ClassFacts {
    /** The release that class files are read as, so that those too new for the reader are read too; the format hardly moves. */
    static final int READ_AS = 21;

    /** Superclass and interfaces, internal names. */
    final List<String> parents = new ArrayList<>();

    /** What must be there for access checks and reflection on the class. */
    final List<Reference> surroundings = new ArrayList<>();

    /** The types of its fields. */
    final List<Reference> fields = new ArrayList<>();

    /** By name and descriptor. */
    final Map<String, List<Reference>> methods = new HashMap<>();

    private ClassFacts() {}

    static ClassFacts of(byte[] classFile) {
        ClassFacts facts = new ClassFacts();
        new ClassReader(ClassVersion.patched(classFile, READ_AS))
                .accept(facts.new Reader(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return facts;
    }

    private final class Reader extends ClassVisitor {
        private String self = "";

        Reader() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                @Nullable String signature,
                @Nullable String superName,
                String @Nullable [] interfaces) {
            self = name;
            if (superName != null) {
                parents.add(superName);
            }
            if (interfaces != null) {
                parents.addAll(List.of(interfaces));
            }
        }

        @Override
        public void visitNestHost(String host) {
            surroundings.add(new Reference(Kind.DEFINED, host));
        }

        @Override
        public void visitOuterClass(String owner, @Nullable String name, @Nullable String descriptor) {
            surroundings.add(new Reference(Kind.DEFINED, owner));
        }

        @Override
        public void visitInnerClass(String name, @Nullable String outer, @Nullable String inner, int access) {
            if (name.equals(self) && outer != null) {
                surroundings.add(new Reference(Kind.DEFINED, outer));
            }
        }

        @Override
        public @Nullable FieldVisitor visitField(
                int access, String name, String descriptor, @Nullable String signature, @Nullable Object value) {
            CodeReferences.addType(fields, Type.getType(descriptor));
            return null;
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            List<Reference> references = new ArrayList<>();
            methods.put(name + descriptor, references);
            CodeReferences.addType(references, Type.getMethodType(descriptor));
            return new CodeReferences(references);
        }
    }
}
