package execnet4j.serial;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Integers as decimal text, in the one form that Python's {@code str(int)} writes: a minus sign if negative, then digits
 * without a leading zero; zero is {@code 0}. Nothing else is taken: no plus sign, white space, underscore or other script's
 * digits.
 */
final class IntegerText {
    /** Any number of as many digits fits a long. */
    private static final int LONG_DIGITS = 18;

    private IntegerText() {}

    static boolean isCanonical(byte[] bytes, int start, int length) {
        int first = length > 0 && bytes[start] == '-' ? start + 1 : start;
        int end = start + length;
        if (first == end) {
            return false;
        }
        for (int i = first; i < end; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return false;
            }
        }
        return bytes[first] != '0' || length == 1;
    }

    /** Reads canonical text. */
    static Number parse(byte[] bytes, int start, int length) {
        if (length > LONG_DIGITS) {
            return smallest(new BigInteger(new String(bytes, start, length, StandardCharsets.ISO_8859_1)));
        }
        boolean negative = bytes[start] == '-';
        long value = 0;
        for (int i = negative ? start + 1 : start; i < start + length; i++) {
            value = value * 10 + (bytes[i] - '0');
        }
        return smallest(negative ? -value : value);
    }

    /** An Integer if it fits, a Long otherwise. */
    static Number smallest(long value) {
        if (value == (int) value) {
            return (int) value;
        }
        return value;
    }

    /** An Integer if it fits, a Long if that fits, the number itself otherwise. */
    static Number smallest(BigInteger value) {
        return value.bitLength() < Long.SIZE ? smallest(value.longValue()) : value;
    }
}
