package execnet4j.far;

import execnet4j.integration.Repository;
import java.io.IOException;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/** Has a container of podman started before the first test that wants it, and ended after the last test of the process. */
public final class Container implements BeforeAllCallback {
    /** How podman knows it. */
    public static final String NAME =
            "execnet4j-test-" + ProcessHandle.current().pid();

    /** Made by the test engine. */
    public Container() {}

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(Container.class))
                .computeIfAbsent(Up.class, key -> new Up());
    }

    private static final class Up implements AutoCloseable {
        Up() {
            run("up");
        }

        @Override
        public void close() {
            run("down");
        }

        private static void run(String what) {
            try {
                String script = Repository.ROOT
                        .resolve("integration/testbed/container.sh")
                        .toString();
                int status = new ProcessBuilder(script, what, NAME)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
                if (status != 0) {
                    throw new AssertionError("container.sh " + what + ": exit " + status);
                }
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
