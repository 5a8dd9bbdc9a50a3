package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.channel.RemoteFunction;
import execnet4j.pool.TaskPool;
import execnet4j.pool.TaskResult;
import execnet4j.pool.TaskResults;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pool over real workers that die, or are ended, at bad moments. */
@Timeout(120)
class PoolTest {
    @TempDir
    Path folder;

    @Test
    void whatIsEndedWithItsGroupIsNotReplaced() {
        Group group = Group.start("2*popen");
        RemoteFunction<Integer, Integer> endless = item -> {
            Thread.currentThread().join();
            return item;
        };
        try (TaskResults<?> results =
                TaskPool.of(group).map(endless, List.of(1, 2, 3).iterator())) {
            await().until(() -> group.get(0).remoteStatus().executing() == 1);
            group.terminate();
            List<TaskResult<?>> all = new ArrayList<>();
            results.forEachRemaining(all::add);
            assertThat(all).hasSize(3).allMatch(each -> each.failed());
            assertThat(all.get(2).error()).contains("no worker is left", "was ended", "not replaced");
        }
        assertThat(group).isEmpty();
    }

    @Test
    void aGatewayThatDiedBeforeTheMapIsReplacedInItsPlace() throws Exception {
        try (Group group = Group.start("2*popen")) {
            Gateway first = group.get(0);
            kill(first);
            await().until(() -> !first.isAlive());
            assertThat(twice(group)).containsExactlyElementsOf(evenNumbers());
            // The other worker may have done all of it before the first was replaced.
            Gateway successor = group.replace(first);
            assertThat(successor).isNotSameAs(first);
            assertThat(group).containsExactly(successor, group.get("gw1"));
        }
    }

    @Test
    void twoMapsOverOneGroupShareTheReplacement() throws Exception {
        try (Group group = Group.start("popen")) {
            Gateway first = group.get(0);
            RemoteFunction<String, Long> waiting = item -> {
                if (Files.notExists(Path.of(item))) {
                    Files.createFile(Path.of(item));
                    Thread.currentThread().join();
                }
                return ProcessHandle.current().pid();
            };
            Path a = folder.resolve("a");
            Path b = folder.resolve("b");
            try (TaskResults<?> one = TaskPool.of(group)
                            .map(waiting, List.of(a.toString()).iterator());
                    TaskResults<?> other = TaskPool.of(group)
                            .map(waiting, List.of(b.toString()).iterator())) {
                await().until(() -> Files.exists(a) && Files.exists(b));
                kill(first);
                assertThat(one.next().value()).isEqualTo(other.next().value()).isNotNull();
            }
            assertThat(group).hasSize(1);
        }
    }

    @Test
    void whatBecomesOfTheFileLaterChangesNothing() throws Exception {
        Path file = Files.writeString(folder.resolve("Once.java"), """
                public class Once {
                    public static Object apply(Object item) throws Exception {
                        java.nio.file.Path seen = java.nio.file.Path.of((String) item);
                        if (java.nio.file.Files.notExists(seen)) {
                            java.nio.file.Files.createFile(seen);
                            Thread.currentThread().join();
                        }
                        return "done";
                    }
                }
                """);
        try (Group group = Group.start("popen")) {
            Path seen = folder.resolve("seen");
            try (TaskResults<?> results =
                    TaskPool.of(group).map(file, List.of(seen.toString()).iterator())) {
                await().until(() -> Files.exists(seen));
                Files.writeString(file, "no Java");
                kill(group.get(0));
                assertThat(results.next()).isEqualTo(TaskResult.success(seen.toString(), "done"));
            }
        }
    }

    @Test
    void onlyWhatWasLostIsReplaced() {
        try (Group group = Group.start("popen");
                Group other = Group.builder().build()) {
            Gateway gateway = group.get(0);
            assertThat(group.replace(gateway)).isSameAs(gateway);
            assertThatThrownBy(() -> other.replace(gateway)).isInstanceOf(IllegalArgumentException.class);
            gateway.exit();
            assertThatThrownBy(() -> group.replace(gateway))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("'gw0' was ended");
            assertThat(group).isEmpty();
        }
    }

    private static List<Integer> evenNumbers() {
        return IntStream.range(0, 20).map(each -> 2 * each).boxed().toList();
    }

    private static List<Object> twice(Group group) {
        RemoteFunction<Integer, Integer> twice = item -> 2 * item;
        List<Object> values = new ArrayList<>();
        try (TaskResults<?> results =
                TaskPool.of(group).map(twice, IntStream.range(0, 20).boxed().iterator())) {
            results.forEachRemaining(each -> values.add(each.value()));
        }
        return values;
    }

    private static void kill(Gateway gateway) throws Exception {
        Processes.signal("KILL", gateway.remoteInfo().pid());
    }
}
