package execnet4j.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.error.DumpException;
import execnet4j.serial.Dump;
import execnet4j.serial.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FunctionServerTest {
    private final List<Object> answers = new ArrayList<>();

    @Test
    void eachItemIsAnsweredInTurn() throws Exception {
        new FunctionServer(item -> item + "!").serve(List.of("a", 1).iterator(), answers::add);

        assertThat(answers).containsExactly(Tuple.of(true, "a!"), Tuple.of(true, "1!"));
    }

    @Test
    void aFailureIsAnsweredWithItsTracebackAndServingGoesOn() throws Exception {
        new FunctionServer(item -> {
                    if (Integer.valueOf(1).equals(item)) {
                        throw new java.io.IOException("not 1");
                    }
                    if (Integer.valueOf(2).equals(item)) {
                        throw new AssertionError("not 2");
                    }
                    return item;
                })
                .serve(List.of(1, 2, 3).iterator(), answers::add);

        assertThat(answers).hasSize(3).last().isEqualTo(Tuple.of(true, 3));
        assertThat((Tuple) answers.get(0)).first().isEqualTo(false);
        assertThat(((Tuple) answers.get(0)).get(1)).asString().contains("java.io.IOException: not 1");
        assertThat(((Tuple) answers.get(1)).get(1)).asString().contains("AssertionError: not 2");
    }

    @Test
    void aResultThatCannotBeSentIsAFailureOfThatItem() throws Exception {
        new FunctionServer(item -> item).serve(List.of("bad", "good").iterator(), answer -> {
            if (answer.equals(Tuple.of(true, "bad"))) {
                throw new DumpException("cannot be sent");
            }
            answers.add(answer);
        });

        assertThat(((Tuple) answers.get(0)).get(1)).asString().contains("cannot be sent");
        assertThat(answers.get(1)).isEqualTo(Tuple.of(true, "good"));
    }

    @Test
    void thePlaceOfWhatCannotBeSentIsThatInTheResult() throws Exception {
        new FunctionServer(item -> Map.of("a", Duration.ZERO)).serve(List.of(1).iterator(), answer -> {
            Dump.dumps(answer);
            answers.add(answer);
        });

        assertThat(((Tuple) answers.get(0)).get(1))
                .asString()
                .startsWith("the result cannot be sent: ")
                .contains("at [\"a\"]", "java.time.Duration", "null, Boolean");
    }

    @Test
    void anInterruptEndsTheServing() {
        FunctionServer server = new FunctionServer(item -> {
            throw new InterruptedException();
        });

        assertThatThrownBy(() -> server.serve(List.of(1, 2).iterator(), answers::add))
                .isInstanceOf(InterruptedException.class);
        assertThat(answers).isEmpty();
    }
}
