package execnet4j.ship;

import execnet4j.channel.Channel;
import execnet4j.protocol.CodeNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.util.Enumeration;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;

/**
 * Classes that are never shipped: the JDK's and the kernel's because every worker has them, the coordinator's because they
 * have no work there.
 */
final class ResidentClasses {
    private static final Set<String> JDK_PACKAGES = ModuleFinder.ofSystem().findAll().stream()
            .map(ModuleReference::descriptor)
            .filter(module -> module.name().startsWith("java.") || module.name().startsWith("jdk."))
            .map(ModuleDescriptor::packages)
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    private static final Class<?>[] OURS = {Channel.class, ResidentClasses.class};

    /** Ours, but sent as a user's are: what a worker rehearses while its class archive is made. */
    private static final String REHEARSAL = "execnet4j.rehearsal.";

    private ResidentClasses() {}

    static boolean contains(String binaryName) {
        String packageName = binaryName.substring(0, Math.max(0, binaryName.lastIndexOf('.')));
        return JDK_PACKAGES.contains(packageName) || (isNamedAsOurs(binaryName) && isOurs(binaryName));
    }

    /** Whether it is one of the coordinator's, which a task that names it by mistake does not get. */
    static boolean isOfCoordinator(String binaryName) {
        return isNamedAsOurs(binaryName) && isBeside(ResidentClasses.class, binaryName);
    }

    private static boolean isNamedAsOurs(String binaryName) {
        return binaryName.startsWith("execnet4j.") && !binaryName.startsWith(REHEARSAL);
    }

    /**
     * The class file of an interface of the coordinator's that a user's class may implement, such as a listener: without it
     * such a class cannot be loaded at the worker, even though nobody calls it there.
     *
     * @return null for everything else
     */
    static byte @Nullable [] publicInterface(String binaryName) {
        if (!isOfCoordinator(binaryName)) {
            return null;
        }
        // Read, not loaded: the name is a worker's.
        try (InputStream in = ResidentClasses.class.getResourceAsStream("/" + CodeNames.classFile(binaryName))) {
            byte[] classFile = in == null ? new byte[0] : in.readAllBytes();
            return classFile.length > 0 && isPublicInterface(classFile) ? classFile : null;
        } catch (IOException e) {
            throw new UncheckedIOException("the class path cannot be read", e);
        }
    }

    private static boolean isPublicInterface(byte[] classFile) {
        int access = new ClassReader(classFile).getAccess();
        return Modifier.isInterface(access) && Modifier.isPublic(access);
    }

    /** By place, not by name alone: a user's classes may have our package names, as our own tests do. */
    private static boolean isOurs(String binaryName) {
        return Stream.of(OURS).anyMatch(anchor -> isBeside(anchor, binaryName));
    }

    private static boolean isBeside(Class<?> anchor, String binaryName) {
        String file = CodeNames.classFile(binaryName);
        String anchorFile = CodeNames.classFile(anchor.getName());
        String anchorUrl = Objects.requireNonNull(anchor.getResource("/" + anchorFile), anchorFile)
                .toString();
        String url = anchorUrl.substring(0, anchorUrl.length() - anchorFile.length()) + file;
        return exists(anchor.getClassLoader(), file, url);
    }

    private static boolean exists(ClassLoader loader, String file, String url) {
        try {
            Enumeration<URL> found = loader.getResources(file);
            while (found.hasMoreElements()) {
                if (found.nextElement().toString().equals(url)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("the class path cannot be read", e);
        }
    }
}
