package execnet4j.bench.host;

import execnet4j.bench.bare.BareRoundTrip;
import execnet4j.bench.bare.BareStarts;
import execnet4j.bench.bare.Computation;
import execnet4j.bench.bare.HandWrittenArrays;
import execnet4j.bench.ours.ByteValues;
import execnet4j.bench.ours.DoublesToPython;
import execnet4j.bench.ours.Dumps;
import execnet4j.bench.ours.FlowControl;
import execnet4j.bench.ours.ManyChannels;
import execnet4j.bench.ours.ManyTasks;
import execnet4j.bench.ours.ManyWorkers;
import execnet4j.bench.ours.MapItems;
import execnet4j.bench.ours.PackedArrays;
import execnet4j.bench.ours.RoundTrip;
import execnet4j.bench.ours.SmallValues;
import execnet4j.bench.ours.Starts;
import execnet4j.bench.ours.WorkerComputation;
import execnet4j.bench.ours.WorkerMemory;
import execnet4j.bench.peers.GrpcRoundTrip;
import execnet4j.bench.peers.GrpcStart;
import execnet4j.bench.peers.GrpcStream;
import execnet4j.bench.peers.Py4jRoundTrip;
import java.util.List;

/** The probes by their names. */
final class Probes {
    private Probes() {}

    static Probe make(List<String> words) throws Exception {
        return switch (words.get(0)) {
            case "bare-round-trip" -> new BareRoundTrip();
            case "bare-starts" -> new BareStarts(number(words, 1));
            case "computation" -> new Computation();
            case "hand-written" -> new HandWrittenArrays(words.get(1), words.get(2));
            case "round-trip" -> new RoundTrip(words.get(1), words.get(2));
            case "small-values" -> SmallValues.there(words.get(1), number(words, 2));
            case "small-values-back" -> SmallValues.back(words.get(1));
            case "bytes-there" -> ByteValues.there(words.get(1), number(words, 2));
            case "bytes-back" -> ByteValues.back(words.get(1), number(words, 2));
            case "starts" -> new Starts(words.get(1), number(words, 2));
            case "memory" -> new WorkerMemory(words.get(1));
            case "worker-computation" -> new WorkerComputation();
            case "dumps" -> Dumps.dumps(words.get(1));
            case "loads" -> Dumps.loads(words.get(1));
            case "packed" -> new PackedArrays(words.get(1), words.get(2));
            case "doubles" -> new DoublesToPython(words.get(1), words.get(2));
            case "flow" -> new FlowControl(words.get(1), number(words, 2));
            case "channels" -> new ManyChannels(number(words, 1));
            case "tasks" -> new ManyTasks(number(words, 1));
            case "workers" -> new ManyWorkers(number(words, 1));
            case "map" -> new MapItems(number(words, 1));
            case "grpc-round-trip" -> new GrpcRoundTrip();
            case "grpc-stream" -> new GrpcStream(number(words, 1));
            case "grpc-start" -> new GrpcStart();
            case "py4j-round-trip" -> new Py4jRoundTrip(words.get(1), words.get(2));
            default -> throw new IllegalArgumentException("there is no probe " + words);
        };
    }

    private static int number(List<String> words, int index) {
        return Integer.parseInt(words.get(index));
    }
}
