package execnet4j.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import execnet4j.serial.Bytes;
import execnet4j.serial.Complex;
import execnet4j.serial.Tuple;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values of a channel as JSON. What JSON has no form for:
 *
 * <ul>
 *   <li>NaN and the infinities are the texts {@code "NaN"}, {@code "Infinity"}, {@code "-Infinity"};
 *   <li>bytes are a text in Base64; a complex number is an array of its real and its imaginary part;
 *   <li>tuples, sets and arrays of numbers are arrays;
 *   <li>a key that is not text is its JSON text ({@code 1} becomes {@code "1"}). If two keys of a map come out the same,
 *       the value is refused rather than losing one.
 * </ul>
 */
final class JsonValue {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator json;

    private JsonValue(JsonGenerator json) {
        this.json = json;
    }

    /** The JSON text of a value, on one line; throws IOException, saying why, if it has none. */
    static String text(@Nullable Object value) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            new JsonValue(json).write(value);
        }
        return text.toString();
    }

    private void write(@Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Integer number) {
            json.writeNumber(number);
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof BigInteger number) {
            json.writeNumber(number);
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else if (value instanceof Complex complex) {
            writeArray(List.of(complex.real(), complex.imaginary()));
        } else if (value instanceof byte[] bytes) {
            json.writeString(Base64.getEncoder().encodeToString(bytes));
        } else if (value instanceof Bytes bytes) {
            json.writeString(Base64.getEncoder().encodeToString(bytes.toByteArray()));
        } else if (value instanceof List || value instanceof Set || value instanceof Tuple) {
            writeArray((Iterable<?>) value);
        } else if (value instanceof double[] numbers) {
            json.writeStartArray();
            for (double each : numbers) {
                json.writeNumber(each);
            }
            json.writeEndArray();
        } else if (value instanceof float[] numbers) {
            json.writeStartArray();
            for (float each : numbers) {
                json.writeNumber(each);
            }
            json.writeEndArray();
        } else if (value instanceof int[] numbers) {
            json.writeArray(numbers, 0, numbers.length);
        } else if (value instanceof long[] numbers) {
            json.writeArray(numbers, 0, numbers.length);
        } else if (value instanceof Map<?, ?> map) {
            writeObject(map);
        } else {
            throw new IOException("a " + value.getClass().getName() + " cannot be written as JSON");
        }
    }

    private void writeArray(Iterable<?> items) throws IOException {
        json.writeStartArray();
        for (Object item : items) {
            write(item);
        }
        json.writeEndArray();
    }

    private void writeObject(Map<?, ?> map) throws IOException {
        Set<String> names = new HashSet<>();
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = entry.getKey() instanceof String key ? key : text(entry.getKey());
            if (!names.add(name)) {
                throw new IOException("a map has two keys that are both \"" + name + "\" in JSON");
            }
            json.writeFieldName(name);
            write(entry.getValue());
        }
        json.writeEndObject();
    }
}
