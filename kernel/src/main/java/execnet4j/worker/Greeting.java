package execnet4j.worker;

import execnet4j.channel.Heartbeat;
import execnet4j.protocol.Offer;
import execnet4j.protocol.WorkerInfo;
import execnet4j.serial.ChannelResolver;
import execnet4j.serial.Limits;
import execnet4j.serial.ValueWriter;
import execnet4j.serial.WriteOptions;
import execnet4j.wire.Frame;
import execnet4j.wire.FrameType;
import execnet4j.wire.Trace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a worker answers to the first line, before there is a connection at its end: its coordinator makes ready and sends
 * the first task in the time that the rest of the start takes.
 */
final class Greeting {
    private static final WriteOptions OPTIONS = new WriteOptions(Limits.DEFAULT, false, true);

    private Greeting() {}

    /** Says that it is ready; to a coordinator of ours, in the same breath, what it is. */
    static void say(OutputStream out, Offer offer, boolean isOurs) throws IOException {
        if (!isOurs) {
            out.write(Offer.READY);
            out.flush();
            return;
        }
        Map<String, Object> hello =
                new LinkedHashMap<>(WorkerInfo.ofThisProcess().toMap());
        hello.put(Heartbeat.FIELD, true);
        Frame frame = new Frame(FrameType.HELLO, 0, ValueWriter.write(hello, ChannelResolver.NONE, OPTIONS));
        ByteBuffer bytes = ByteBuffer.allocate(1 + frame.encodedLength()).put((byte) Offer.READY);
        frame.encodeStart(bytes);
        out.write(bytes.put(frame.body()).array());
        out.flush();
        Trace.ofEnvironment(offer.id()).sent(frame);
    }
}
