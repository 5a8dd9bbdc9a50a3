package execnet4j.ship;

import execnet4j.ship.Reference.Kind;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Computes which classes a task reaches, from its own method on. Of a class that is only used through static methods just
 * those are followed, so that a lambda does not drag in all that its neighbours use; a class that may have instances counts
 * whole. What this misses, such as a class found by its name, the worker asks for.
 */
final class ReachableClasses {
    static final int MOST_CLASSES = 1_000;
    static final long MOST_BYTES = 8L << 20;

    private final ClassBytes source;
    private final Map<String, Reached> reached = new LinkedHashMap<>();
    private final Set<String> absent = new HashSet<>();
    private final Deque<Reference> waiting = new ArrayDeque<>();
    private long bytes;

    private ReachableClasses(ClassBytes source) {
        this.source = source;
    }

    /** The class files found, by binary name, the nearest first; the rest is left out when there are too many. */
    static Map<String, byte[]> from(ClassBytes source, Collection<Reference> start) {
        ReachableClasses walk = new ReachableClasses(source);
        walk.waiting.addAll(start);
        while (!walk.waiting.isEmpty()) {
            walk.follow(walk.waiting.remove());
        }
        Map<String, byte[]> found = new LinkedHashMap<>();
        walk.reached.forEach((name, each) -> found.put(binaryName(name), each.classFile));
        return found;
    }

    private void follow(Reference reference) {
        Reached target = reach(reference.owner());
        if (target != null) {
            switch (reference.kind()) {
                case DEFINED -> {
                    // Reaching it was all.
                }
                case INITIALIZED -> initialize(target);
                case STATIC_METHOD -> staticMethod(target, reference.method());
                case WHOLE -> whole(target);
            }
        }
    }

    private @Nullable Reached reach(String name) {
        Reached known = reached.get(name);
        if (known != null || absent.contains(name)) {
            return known;
        }
        byte[] classFile = ResidentClasses.contains(binaryName(name)) ? null : source.of(binaryName(name));
        if (classFile == null || reached.size() == MOST_CLASSES || bytes + classFile.length > MOST_BYTES) {
            absent.add(name);
            return null;
        }
        bytes += classFile.length;
        Reached found = new Reached(classFile, ClassFacts.of(classFile));
        reached.put(name, found);
        parents(found, Kind.DEFINED);
        waiting.addAll(found.facts.surroundings);
        return found;
    }

    private void initialize(Reached target) {
        if (!target.initialized) {
            target.initialized = true;
            method(target, "<clinit>()V");
            parents(target, Kind.INITIALIZED);
        }
    }

    private void staticMethod(Reached target, String method) {
        initialize(target);
        if (target.facts.methods.containsKey(method)) {
            method(target, method);
        } else {
            for (String parent : target.facts.parents) {
                waiting.add(new Reference(Kind.STATIC_METHOD, parent, method));
            }
        }
    }

    private void whole(Reached target) {
        if (!target.whole) {
            target.whole = true;
            initialize(target);
            waiting.addAll(target.facts.fields);
            target.facts.methods.keySet().forEach(each -> method(target, each));
            parents(target, Kind.WHOLE);
        }
    }

    private void method(Reached target, String method) {
        if (target.facts.methods.containsKey(method) && target.followed.add(method)) {
            waiting.addAll(target.facts.methods.get(method));
        }
    }

    private void parents(Reached target, Kind kind) {
        for (String parent : target.facts.parents) {
            waiting.add(new Reference(kind, parent));
        }
    }

    private static String binaryName(String internalName) {
        return internalName.replace('/', '.');
    }

    private static final class Reached {
        final byte[] classFile;
        final ClassFacts facts;
        final Set<String> followed = new HashSet<>();
        boolean initialized;
        boolean whole;

        Reached(byte[] classFile, ClassFacts facts) {
            this.classFile = classFile;
            this.facts = facts;
        }
    }
}
