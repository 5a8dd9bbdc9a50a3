package execnet4j.far;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Has the hosts started before the first test that wants them, and ended after the last test of all. */
public final class SshHostsUp implements BeforeAllCallback {
    /** Made by the test engine. */
    public SshHostsUp() {}

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SshHostsUp.class))
                .computeIfAbsent(SshHosts.class, key -> SshHosts.shared());
    }
}
