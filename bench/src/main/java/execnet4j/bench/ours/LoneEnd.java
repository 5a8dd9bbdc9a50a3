package execnet4j.bench.ours;

import execnet4j.channel.Channel;
import execnet4j.channel.ConnectionHost;
import execnet4j.channel.Endpoint;
import execnet4j.channel.Loss;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One end of a bare connection, with no gateway and no worker behind it. */
public class LoneEnd implements ConnectionHost, Endpoint {
    /** For whoever needs no more. */
    public LoneEnd() {}

    @Override
    public void exec(Channel channel, byte[] payload) {
        throw new IllegalStateException("nobody runs tasks here");
    }

    @Override
    public void ended(Loss loss) {}

    @Override
    public Loss diagnose(String reason, @Nullable Throwable cause) {
        return new Loss(reason, null, cause);
    }

    @Override
    public String id() {
        return "lone";
    }

    @Override
    public Channel newChannel() {
        throw new IllegalStateException("nobody opens channels here");
    }

    @Override
    public Endpoint endpoint() {
        return this;
    }

    @Override
    public Map<String, Object> status() {
        return Map.of();
    }

    @Override
    public void terminate() {}

    @Override
    public boolean extension(byte type, int id, byte[] payload) {
        return false;
    }
}
