package execnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapInputTest {
    @TempDir
    Path folder;

    @Test
    void argumentsAreItems() throws IOException {
        try (MapInput input = new MapInput(List.of("a", "b c"), null, InputStream.nullInputStream())) {
            assertThat(input.count()).isEqualTo(2);
            assertThat(input).toIterable().containsExactly("a", "b c");
            assertThatThrownBy(input::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void aDashStandsForStandardInputAndAFileComesLast() throws IOException {
        Path file = Files.writeString(folder.resolve("items"), "y\nz");
        InputStream in = new ByteArrayInputStream("é\n-\n".getBytes(StandardCharsets.UTF_8));
        try (MapInput input = new MapInput(List.of("a", "-", "b"), file, in)) {
            assertThat(input.count()).isEqualTo(Progress.UNKNOWN);
            assertThat(input).toIterable().containsExactly("a", "é", "-", "b", "y", "z");
        }
    }

    @Test
    void whatIsNoTextIsNotTurnedIntoOtherNames() throws IOException {
        InputStream in = new ByteArrayInputStream("caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        try (MapInput input = new MapInput(List.of("-"), null, in)) {
            assertThatThrownBy(input::hasNext).hasCauseInstanceOf(CharacterCodingException.class);
        }
    }

    @Test
    void linesAreReadAsTheyAreAskedFor() throws IOException {
        PipedOutputStream producer = new PipedOutputStream();
        try (producer;
                MapInput input = new MapInput(List.of("-"), null, new PipedInputStream(producer))) {
            producer.write("first\n".getBytes(StandardCharsets.UTF_8));
            producer.flush();
            assertThat(input.next()).isEqualTo("first");
            producer.write("second\n".getBytes(StandardCharsets.UTF_8));
            producer.flush();
            assertThat(input.next()).isEqualTo("second");
        }
    }

    @Test
    void itemsAreCountedAsFarAsTheyAreKnown() throws IOException {
        Path file = Files.writeString(folder.resolve("items"), "y\nz");
        Path empty = Files.writeString(folder.resolve("empty"), "");
        try (MapInput input = new MapInput(List.of("a"), file, InputStream.nullInputStream())) {
            assertThat(input.countUpTo(2)).isEqualTo(2);
            assertThat(input.countUpTo(9)).isEqualTo(3);
            assertThat(input).toIterable().containsExactly("a", "y", "z");
        }
        try (MapInput input = new MapInput(List.of("-"), empty, InputStream.nullInputStream())) {
            assertThat(input.countUpTo(9)).isZero();
            assertThat(input.hasNext()).isFalse();
        }
    }

    @Test
    void ofStandardInputOnlyTheFirstLineIsWaitedFor() throws IOException {
        PipedOutputStream producer = new PipedOutputStream();
        try (producer;
                MapInput input = new MapInput(List.of("-"), null, new PipedInputStream(producer))) {
            producer.write("first\n".getBytes(StandardCharsets.UTF_8));
            producer.flush();
            assertThat(input.countUpTo(9)).isEqualTo(9);
            assertThat(input.next()).isEqualTo("first");
        }
    }

    @Test
    void aMissingFileIsRefusedAtOnce() {
        assertThatThrownBy(() -> new MapInput(List.of(), folder.resolve("none"), InputStream.nullInputStream()))
                .isInstanceOf(NoSuchFileException.class);
    }
}
