package execnet4j.bench.jmh;

import java.io.InputStream;

/** The same bytes again and again, as many at a time as are asked for and are left of a round. */
final class EndlessInput extends InputStream {
    private final byte[] round;
    private int position;

    EndlessInput(byte[] round) {
        this.round = round.clone();
    }

    @Override
    public int read() {
        position %= round.length;
        return round[position++] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        position %= round.length;
        int count = Math.min(length, round.length - position);
        System.arraycopy(round, position, target, offset, count);
        position += count;
        return count;
    }
}
