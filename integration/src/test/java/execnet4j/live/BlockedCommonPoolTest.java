package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.live.programs.BlockedCommonPool;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BlockedCommonPoolTest {
    /** It was: a worker then looked as if it could not be reached, and its death had no exit status. */
    @Test
    void aProgramThatBlocksTheCommonPoolHidesNoWorkersEnd() throws Exception {
        List<String> options = List.of("-Djava.util.concurrent.ForkJoinPool.common.parallelism=2");
        try (ChildJvm program = ChildJvm.of(BlockedCommonPool.class, options, Map.of())) {
            assertThat(program.rest())
                    .containsExactly(
                            "lost true",
                            "Worker[gatewayId=gw0, outcome=DIED, exitStatus=OptionalInt[137]]",
                            "Worker[gatewayId=gw1, outcome=GRACEFUL, exitStatus=OptionalInt[0]]");
            assertThat(program.exitStatus()).isZero();
        }
    }
}
