package execnet4j;

import execnet4j.error.ExecnetException;
import execnet4j.error.GatewayLostException;
import execnet4j.error.SpecException;
import execnet4j.spec.GatewaySpec;
import org.jspecify.annotations.Nullable;

/** The member of a group through whose worker another is to be reached. */
final class ViaHost {
    private ViaHost() {}

    /**
     * The one that a spec names, null if it names none.
     *
     * @throws SpecException if there is no such member, or it cannot be the way
     * @throws ExecnetException if it is gone
     */
    static @Nullable Gateway of(Members members, GatewaySpec spec) {
        String id = spec.via().orElse(null);
        if (id == null) {
            return null;
        }
        Gateway host = members.find(id).orElseThrow(() -> unknown(spec, id));
        if (host.spec().plainExecnet()) {
            throw new SpecException(
                    "in the spec '" + spec + "': gateway '" + id + "' is plain execnet, which would hold"
                            + " what is not read without limit; 'via' takes a worker of ours");
        }
        try {
            host.requireLive();
        } catch (GatewayLostException e) {
            throw new ExecnetException(
                    "gateway " + spec.id().orElseThrow() + " (" + spec + ") did not start: gateway " + id
                            + ", which it is to go through, is gone",
                    e);
        }
        return host;
    }

    static SpecException unknown(GatewaySpec spec, String host) {
        return new SpecException("in the spec '" + spec + "': there is no gateway '" + host
                + "' to go through; 'via' takes the id of another gateway of the group, which is started before");
    }
}
