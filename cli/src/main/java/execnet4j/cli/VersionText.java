package execnet4j.cli;

import execnet4j.Execnet;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
final class VersionText implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"execnet4j " + Execnet.version(), "Java " + Runtime.version()};
    }
}
