package execnet4j.channel;

/** An ordered, two-way stream of values between one place in the coordinator and one in a worker. */
public final class Channel {
    Channel() {}
}
