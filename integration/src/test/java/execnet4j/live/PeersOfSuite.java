package execnet4j.live;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Those of other hosts for a class that is {@link OverSsh}, else those that need no other host. */
final class PeersOfSuite implements ArgumentsProvider {
    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        boolean far = context.getRequiredTestClass().isAnnotationPresent(OverSsh.class);
        List<PeerKind> kinds = far ? List.of(PeerKind.SSH, PeerKind.SSH_PYTHON) : PeerKind.here();
        return kinds.stream().map(Arguments::of);
    }
}
