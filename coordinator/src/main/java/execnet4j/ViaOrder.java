package execnet4j;

import execnet4j.error.SpecException;
import execnet4j.spec.GatewaySpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** In which order gateways start and end that go through each other. */
final class ViaOrder {
    private ViaOrder() {}

    /**
     * Checks that each finds the one that it goes through, in the group or among them.
     *
     * @throws SpecException if one does not, or they go round in a circle
     */
    static void requireHosts(List<GatewaySpec> specs, Group group) {
        Set<String> ids = specs.stream().map(spec -> spec.id().orElseThrow()).collect(Collectors.toSet());
        for (GatewaySpec spec : specs) {
            String host = spec.via().orElse(null);
            if (host != null && !ids.contains(host) && !group.contains(host)) {
                throw ViaHost.unknown(spec, host);
            }
        }
        List<GatewaySpec> unused = hostsFirst(specs);
    }

    /**
     * The same, each after the one that it goes through; otherwise in their order.
     *
     * @throws SpecException if they go round in a circle
     */
    static List<GatewaySpec> hostsFirst(List<GatewaySpec> specs) {
        List<GatewaySpec> left = new ArrayList<>(specs);
        List<GatewaySpec> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            Set<String> waiting =
                    left.stream().map(spec -> spec.id().orElseThrow()).collect(Collectors.toSet());
            List<GatewaySpec> ready = left.stream()
                    .filter(spec -> !waiting.contains(spec.via().orElse("")))
                    .toList();
            if (ready.isEmpty()) {
                throw new SpecException("in the spec '" + left.get(0) + "': the gateways "
                        + String.join(", ", waiting.stream().sorted().toList())
                        + " go through each other in a circle; one of them has to be reached from here");
            }
            ordered.addAll(ready);
            left.removeAll(ready);
        }
        return ordered;
    }

    /** In rounds: those that none of the others goes through, then those whose others are in earlier rounds. */
    static List<List<Gateway>> leavesFirst(List<Gateway> gateways) {
        List<List<Gateway>> rounds = new ArrayList<>();
        List<Gateway> left = new ArrayList<>(gateways);
        while (!left.isEmpty()) {
            Set<@Nullable Gateway> hosts =
                    left.stream().map(Gateway::host).collect(Collectors.toCollection(HashSet::new));
            List<Gateway> round =
                    left.stream().filter(gateway -> !hosts.contains(gateway)).toList();
            rounds.add(round);
            left.removeAll(round);
        }
        return rounds;
    }
}
