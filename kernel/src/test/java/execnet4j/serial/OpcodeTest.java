package execnet4j.serial;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OpcodeTest {
    @Test
    @DisplayName("C01 the 21 opcodes of execnet and our own four have fixed values")
    void valuesAreFixed() throws IllegalAccessException {
        var names = new TreeMap<Character, String>();
        for (Field field : Opcode.class.getDeclaredFields()) {
            if (field.getType() == byte.class) {
                names.put((char) field.getByte(null), field.getName());
            }
        }

        assertThat(names.toString())
                .isEqualTo("{@=BUILDTUPLE, A=BYTES, B=CHANNEL, C=FALSE, D=FLOAT, E=FROZENSET, F=INT, G=LONG, H=LONGINT,"
                        + " I=LONGLONG, J=NEWDICT, K=NEWLIST, L=NONE, M=PY2STRING, N=PY3STRING, O=SET, P=SETITEM,"
                        + " Q=STOP, R=TRUE, S=UNICODE, T=COMPLEX, d=DOUBLES, f=FLOATS, i=INTS, q=LONGS}");
    }
}
