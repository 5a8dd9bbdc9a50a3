package execnet4j.worker;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;

/** Addresses of resources that have no file on this machine: the bytes are held by the address itself. */
final class MemoryUrl {
    private MemoryUrl() {}

    static URL of(String name, byte[] bytes) {
        try {
            return new URL("execnet4j", null, -1, "/" + name, new Handler(bytes));
        } catch (MalformedURLException e) {
            throw new IllegalStateException("no address for the resource " + name, e);
        }
    }

    private static final class Handler extends URLStreamHandler {
        private final byte[] bytes;

        Handler(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        protected URLConnection openConnection(URL url) {
            return new Connection(url, bytes);
        }
    }

    private static final class Connection extends URLConnection {
        private final byte[] bytes;

        Connection(URL url, byte[] bytes) {
            super(url);
            this.bytes = bytes;
        }

        @Override
        public void connect() {
            connected = true;
        }

        @Override
        public long getContentLengthLong() {
            return bytes.length;
        }

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(bytes);
        }
    }
}
