package execnet4j.live;

import execnet4j.Group;
import execnet4j.GroupBuilder;
import execnet4j.MultiChannel;
import execnet4j.channel.Channel;
import execnet4j.channel.RemoteTask;
import java.util.ArrayList;
import java.util.List;

/** Groups of three or four, of one kind of worker or of two, that a test starts for itself, to end or to break them. */
enum Team {
    JVM("3*popen"),
    PYTHON("3*popen//python=python3"),
    MIXED("2*popen", "2*popen//python=python3");

    private final String[] specs;

    Team(String... specs) {
        this.specs = specs;
    }

    /** Starts one. */
    Group start(GroupBuilder builder) {
        return builder.start(specs);
    }

    /** Runs a task in each of a group. */
    static MultiChannel exec(Group group, RemoteTask java, String python) {
        List<Channel> channels = new ArrayList<>();
        group.forEach(gateway -> channels.add(Workers.exec(gateway, java, python)));
        return MultiChannel.of(channels);
    }
}
