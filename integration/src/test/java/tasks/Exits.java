package tasks;

import execnet4j.channel.Channel;

/** Tasks that end their process, or try to. */
public final class Exits {
    private Exits() {}

    /** In the way that shipping redirects. */
    public static void directly(Channel channel) {
        channel.send("before");
        System.exit(7);
    }

    /** In a way that it does not. */
    public static void throughRuntime(Channel channel) {
        Runtime.getRuntime().exit(3);
    }

    /** With no call of the kind in its byte code. */
    public static void byReflection(Channel channel) throws ReflectiveOperationException {
        Runtime.class.getMethod("exit", int.class).invoke(Runtime.getRuntime(), 3);
    }

    /** Without any hook being run. */
    public static void halt(Channel channel) {
        Runtime.getRuntime().halt(channel.receive(int.class));
    }
}
