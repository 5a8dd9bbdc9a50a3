package execnet4j.far;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/** Has the hosts started before the first test that wants them, and ended after the last test of the process. */
public final class SshHostsUp implements BeforeAllCallback {
    /** Made by the test engine. */
    public SshHostsUp() {}

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(SshHostsUp.class))
                .computeIfAbsent(SshHosts.class, key -> SshHosts.shared());
    }
}
