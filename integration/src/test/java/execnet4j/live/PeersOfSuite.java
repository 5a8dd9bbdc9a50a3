package execnet4j.live;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;
import org.junit.platform.commons.support.AnnotationSupport;

/** The {@link Kinds} of a class, or those of this machine where it names none. */
final class PeersOfSuite implements ArgumentsProvider {
    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        return kinds(context.getRequiredTestClass()).stream().map(Arguments::of);
    }

    static Collection<PeerKind> kinds(Class<?> suite) {
        return AnnotationSupport.findAnnotation(suite, Kinds.class)
                .<Collection<PeerKind>>map(kinds -> List.of(kinds.value()))
                .orElseGet(PeerKind::here);
    }
}
