package execnet4j.bench.compare;

import java.util.List;

/** All that can be measured, in the order of the table. */
final class Topics {
    static final List<Topic> ALL = List.of(
            new RoundTripTopic(),
            new SmallValuesTopic(),
            new BytesTopic(),
            new StartTopic(),
            new SerializerTopic(),
            new ChannelsTopic(),
            new TasksTopic(),
            new WorkersTopic(),
            new FlowControlTopic(),
            new MapTopic(),
            new PythonTopic());

    private Topics() {}
}
