package execnet4j.pool;

import execnet4j.Gateway;
import execnet4j.PreparedFunction;

/** The place of a gateway in its group. */
final class GatewayPlace implements Place {
    private final PreparedFunction function;
    private Gateway gateway;

    GatewayPlace(Gateway gateway, PreparedFunction function) {
        this.gateway = gateway;
        this.function = function;
    }

    @Override
    public PoolWorker start() {
        gateway = gateway.group().replace(gateway);
        return new GatewayWorker(gateway, gateway.serve(function));
    }
}
