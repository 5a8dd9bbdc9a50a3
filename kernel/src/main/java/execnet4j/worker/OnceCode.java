package execnet4j.worker;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Classes that one task alone uses; everything else is its parent loader's to find. */
record OnceCode(Map<String, byte[]> classes) implements LoaderCode {
    @Override
    public byte @Nullable [] shipped(String binaryName) {
        return classes.get(binaryName);
    }

    @Override
    public byte @Nullable [] asked(String binaryName) {
        return null;
    }

    @Override
    public byte @Nullable [] resource(String name) {
        return null;
    }
}
