package execnet4j.ship;

import execnet4j.ship.Reference.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Collects what the code of one method needs of other classes. */
final class CodeReferences extends MethodVisitor {
    private final List<Reference> found;

    CodeReferences(List<Reference> found) {
        super(Opcodes.ASM9);
        this.found = found;
    }

    /** Any type: the classes in a method's, the element of an array's. */
    static void addType(List<Reference> references, Type type) {
        switch (type.getSort()) {
            case Type.OBJECT -> references.add(Reference.to(Kind.DEFINED, type));
            case Type.ARRAY -> addType(references, type.getElementType());
            case Type.METHOD -> {
                addType(references, type.getReturnType());
                for (Type argument : type.getArgumentTypes()) {
                    addType(references, argument);
                }
            }
            default -> {
                // A primitive type is no class.
            }
        }
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        if (opcode == Opcodes.NEW) {
            found.add(new Reference(Kind.WHOLE, type));
        } else {
            addType(found, Type.getObjectType(type));
        }
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        boolean isStatic = opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC;
        found.add(new Reference(isStatic ? Kind.INITIALIZED : Kind.WHOLE, owner));
        addType(found, Type.getType(descriptor));
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        addMethod(opcode == Opcodes.INVOKESTATIC, owner, name, descriptor);
    }

    private void addMethod(boolean isStatic, String owner, String name, String descriptor) {
        if (owner.startsWith("[")) {
            addType(found, Type.getObjectType(owner));
        } else if (isStatic) {
            found.add(new Reference(Kind.STATIC_METHOD, owner, name + descriptor));
        } else {
            found.add(new Reference(Kind.WHOLE, owner));
        }
        addType(found, Type.getMethodType(descriptor));
    }

    @Override
    public void visitInvokeDynamicInsn(
            String name, String descriptor, Handle bootstrapMethod, @Nullable Object... arguments) {
        Type type = Type.getMethodType(descriptor);
        addType(found, type);
        // The instance of a lambda: the JDK may call the default methods of its interface.
        if (type.getReturnType().getSort() == Type.OBJECT) {
            found.add(Reference.to(Kind.WHOLE, type.getReturnType()));
        }
        addConstant(bootstrapMethod);
        for (Object argument : arguments) {
            addConstant(argument);
        }
    }

    @Override
    public void visitLdcInsn(Object value) {
        addConstant(value);
    }

    private void addConstant(@Nullable Object value) {
        if (value instanceof Type type) {
            addType(found, type);
        } else if (value instanceof Handle handle) {
            addHandle(handle);
        } else if (value instanceof ConstantDynamic dynamic) {
            addType(found, Type.getType(dynamic.getDescriptor()));
            addConstant(dynamic.getBootstrapMethod());
            for (int i = 0; i < dynamic.getBootstrapMethodArgumentCount(); i++) {
                addConstant(dynamic.getBootstrapMethodArgument(i));
            }
        }
    }

    private void addHandle(Handle handle) {
        switch (handle.getTag()) {
            case Opcodes.H_GETSTATIC, Opcodes.H_PUTSTATIC ->
                found.add(new Reference(Kind.INITIALIZED, handle.getOwner()));
            case Opcodes.H_GETFIELD, Opcodes.H_PUTFIELD -> found.add(new Reference(Kind.WHOLE, handle.getOwner()));
            default ->
                addMethod(
                        handle.getTag() == Opcodes.H_INVOKESTATIC,
                        handle.getOwner(),
                        handle.getName(),
                        handle.getDesc());
        }
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
        addType(found, Type.getType(descriptor));
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
        if (type != null) {
            found.add(new Reference(Kind.DEFINED, type));
        }
    }
}
