package execnet4j.pool;

import execnet4j.Gateway;
import execnet4j.channel.Channel;
import execnet4j.error.DataFormatException;
import execnet4j.serial.Tuple;
import execnet4j.text.HarmlessText;
import org.jspecify.annotations.Nullable;

/** A worker behind a gateway that serves a function on a channel. */
final class GatewayWorker implements PoolWorker {
    private final Gateway gateway;
    private final Channel channel;

    GatewayWorker(Gateway gateway, Channel channel) {
        this.gateway = gateway;
        this.channel = channel;
    }

    @Override
    public void send(@Nullable Object item) {
        channel.send(item);
    }

    @Override
    public TaskResult<?> answer(@Nullable Object item) {
        Object answer = channel.receive();
        if (answer instanceof Tuple pair && pair.size() == 2 && pair.get(0) instanceof Boolean succeeded) {
            return succeeded
                    ? TaskResult.success(item, pair.get(1))
                    : TaskResult.failure(item, HarmlessText.of(pair.get(1)));
        }
        throw new DataFormatException(gateway + " answered an item with " + HarmlessText.inShort(answer));
    }

    @Override
    public void close() {
        channel.close();
    }
}
