package execnet4j.live;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Those of other hosts for a class that is {@link OverSsh}, those behind others for {@link OverVia}, else the rest. */
final class PeersOfSuite implements ArgumentsProvider {
    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        return kinds(context.getRequiredTestClass()).stream().map(Arguments::of);
    }

    private static List<PeerKind> kinds(Class<?> suite) {
        if (suite.isAnnotationPresent(OverSsh.class)) {
            return List.of(PeerKind.SSH, PeerKind.SSH_PYTHON);
        }
        return suite.isAnnotationPresent(OverVia.class) ? PeerKind.behind() : PeerKind.here();
    }
}
