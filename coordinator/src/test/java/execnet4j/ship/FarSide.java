package execnet4j.ship;

import execnet4j.channel.Channel;
import execnet4j.channel.RemoteFunction;
import execnet4j.channel.RemoteTask;
import execnet4j.protocol.TaskOrder;
import execnet4j.serial.ChannelResolver;
import execnet4j.worker.CodeRequests;
import execnet4j.worker.LoadedTask;
import execnet4j.worker.TaskLoaders;
import org.jspecify.annotations.Nullable;

/** A worker's side of code shipping in this process, with a parent loader that sees the kernel and no test class. */
final class FarSide {
    static final int RELEASE = Runtime.version().feature();

    final TaskShipper shipper = new TaskShipper(TaskClassPath.ofApplication());
    final TaskLoaders loaders;
    final SentClasses sent = new SentClasses();

    FarSide() {
        loaders = new TaskLoaders(new KernelOnly(), new Library(shipper.codeLibrary(RELEASE)));
    }

    void run(RemoteTask task) throws Exception {
        run(shipper.task(task, RELEASE));
    }

    /** Without a channel: for tasks that do not touch theirs. */
    @SuppressWarnings("NullAway")
    void run(PreparedTask task) throws Exception {
        try (LoadedTask loaded = accept(task)) {
            loaded.run(null);
        }
    }

    LoadedTask accept(PreparedTask task) {
        SentClasses.Order order = sent.order(task, ChannelResolver.NONE);
        order.sent();
        return loaders.accept(TaskOrder.fromPayload(order.payload(), ChannelResolver.NONE));
    }

    <T> @Nullable Object apply(RemoteFunction<T, ?> function, @Nullable Object item) throws Exception {
        return apply(shipper.function(function, RELEASE), item);
    }

    @Nullable
    Object apply(PreparedTask function, @Nullable Object item) throws Exception {
        try (LoadedTask loaded = accept(function)) {
            return loaded.apply(item);
        }
    }

    /** What the frames between a worker and its coordinator do. */
    private record Library(CodeLibrary library) implements CodeRequests {
        @Override
        public byte @Nullable [] classBytes(String binaryName) {
            return library.classBytes(binaryName);
        }

        @Override
        public byte @Nullable [] resource(String name) {
            return library.resource(name);
        }
    }

    private static final class KernelOnly extends ClassLoader {
        KernelOnly() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("execnet4j.")) {
                Class<?> found = Class.forName(name, false, Channel.class.getClassLoader());
                if (found.getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .equals(Channel.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation())) {
                    return found;
                }
            }
            throw new ClassNotFoundException(name);
        }
    }
}
