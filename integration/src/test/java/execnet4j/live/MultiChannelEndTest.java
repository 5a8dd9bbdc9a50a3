package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.ChannelItem;
import execnet4j.Group;
import execnet4j.MultiChannel;
import execnet4j.channel.Channel;
import execnet4j.error.ChannelClosedException;
import execnet4j.serial.Tuple;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a receive queue has of workers that end, by themselves, with their group or by force. */
@ParameterizedClass(name = "{0}")
@EnumSource(Team.class)
@Timeout(90)
class MultiChannelEndTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int TASKS = 300;

    @Parameter
    Team team = Team.JVM;

    private final Lines lines = new Lines();
    private final List<Long> pids = new ArrayList<>();
    private final Object ended = new Object();
    private Group group = Group.builder().build();

    @BeforeEach
    void start() {
        group = team.start(Group.builder().outputListener(lines));
        group.forEach(gateway -> pids.add(gateway.remoteInfo().pid()));
    }

    @AfterEach
    void end() {
        group.terminate(Duration.ZERO);
        Processes.awaitGone(SOON, pids);
    }

    private static ChannelItem take(BlockingQueue<ChannelItem> queue) throws InterruptedException {
        ChannelItem item = queue.poll(20, TimeUnit.SECONDS);
        if (item == null) {
            throw new AssertionError("nothing came");
        }
        return item;
    }

    @Test
    @DisplayName("T03 T04 M10 a group is ended while its workers wait: an endmarker for each, and nothing is printed")
    void terminated() throws Exception {
        MultiChannel channels = Team.exec(
                group, channel -> channel.send(channel.receive(int.class) + 1), "channel.send(channel.receive() + 1)");
        BlockingQueue<ChannelItem> queue = channels.makeReceiveQueue(ended);
        channels.get(1).send(41);
        assertThat(take(queue)).isEqualTo(new ChannelItem(channels.get(1), 42));

        group.terminate(Duration.ofSeconds(1));

        Set<Channel> over = new HashSet<>();
        for (int i = 0; i < channels.size(); i++) {
            ChannelItem item = take(queue);
            assertThat(item.value()).isSameAs(ended);
            over.add(item.channel());
        }
        assertThat(over).hasSize(channels.size());
        assertThat(queue.poll()).isNull();
        assertThat(group).hasToString("<Group []>");
        Processes.awaitGone(SOON, pids);
        assertThat(lines.all()).isEmpty();
    }

    @Test
    void theTaskServerHasEveryResult() throws Exception {
        serve(Set.of());
    }

    @Test
    void theTaskServerLosesNoResultWhenTheFirstAndTheLastWorkerAreKilled() throws Exception {
        serve(Set.of(50, 100));
    }

    /** Has all tasks done, and kills a worker, the first or the last, each time that there are so many results. */
    private void serve(Set<Integer> kills) throws Exception {
        Queue<Integer> tasks =
                new ArrayDeque<>(IntStream.range(0, TASKS).boxed().toList());
        Queue<Long> victims = new ArrayDeque<>(List.of(pids.get(0), pids.get(pids.size() - 1)));
        MultiChannel workers = serving();
        BlockingQueue<ChannelItem> queue = workers.makeReceiveQueue(ended);
        Map<Channel, Integer> given = new HashMap<>();
        Queue<Channel> idle = new ArrayDeque<>();
        List<@Nullable Object> results = new ArrayList<>();
        int alive = workers.size();
        while (alive > 0) {
            ChannelItem item = take(queue);
            Integer task = given.remove(item.channel());
            if (item.value() == ended) {
                alive--;
                idle.remove(item.channel());
                if (task != null) {
                    tasks.add(task);
                }
            } else {
                idle.add(item.channel());
            }
            if (item.value() instanceof Tuple pair) {
                results.add(pair);
                if (kills.contains(results.size())) {
                    Processes.signal("KILL", victims.remove());
                }
            }
            // Nobody is told to stop while a task may still come back from a worker that dies.
            while (!idle.isEmpty() && (!tasks.isEmpty() || results.size() == TASKS)) {
                Channel channel = idle.remove();
                Integer next = tasks.poll();
                if (next != null) {
                    given.put(channel, next);
                }
                try {
                    channel.send(next);
                } catch (ChannelClosedException e) {
                    // Its endmarker comes, and gives the task back.
                }
            }
        }
        assertThat(victims).hasSize(2 - kills.size());
        assertThat(results)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, TASKS)
                        .mapToObj(number -> Tuple.of(number, number * number))
                        .toList());
    }

    private MultiChannel serving() {
        return Team.exec(
                group,
                channel -> {
                    channel.send("ready");
                    for (Object task = channel.receive(); task != null; task = channel.receive()) {
                        int number = (int) task;
                        channel.send(Tuple.of(number, number * number));
                    }
                },
                """
                channel.send('ready')
                for task in channel:
                    if task is None:
                        break
                    channel.send((task, task * task))
                """);
    }
}
