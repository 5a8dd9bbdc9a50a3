package execnet4j.live.programs;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.channel.Channel;
import execnet4j.error.GatewayLostException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;

/** Keeps every thread of the common pool busy, then has a worker die and another end, and prints how it learns of that. */
public final class BlockedCommonPool {
    private BlockedCommonPool() {}

    public static void main(String[] args) throws InterruptedException {
        int threads = ForkJoinPool.getCommonPoolParallelism();
        CountDownLatch blocked = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            ForkJoinPool.commonPool().execute(() -> {
                blocked.countDown();
                join(Thread.currentThread());
            });
        }
        blocked.await();
        try (Group group = Group.start("2*popen//jvm=-Xmx64m")) {
            Gateway dying = group.get(0);
            Channel channel = dying.remoteExec(BlockedCommonPool::holdOutputOpen);
            channel.receive();
            ProcessHandle.of(dying.remoteInfo().pid()).orElseThrow().destroyForcibly();
            try {
                channel.receive();
            } catch (GatewayLostException e) {
                System.out.println("lost " + e.getMessage().contains("exit 137"));
            }
            group.terminate(Duration.ofSeconds(5)).workers().forEach(System.out::println);
        }
    }

    /** What it prints has no end before that of a process that it leaves behind. */
    private static void holdOutputOpen(Channel channel) throws IOException {
        new ProcessBuilder("sleep", "600").inheritIO().start();
        channel.send(null);
        channel.receive();
    }

    /** For ever, without a busy loop. */
    private static void join(Thread self) {
        try {
            self.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
