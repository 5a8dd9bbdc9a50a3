package execnet4j.link;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** TLS 1.3 to a server whose certificate is known beforehand. */
final class PinnedTls {
    static final String[] PROTOCOLS = {"TLSv1.3"};

    private static final String CLOSED =
            "it closed the connection before TLS was agreed on: too many strangers were there at"
                    + " once, as its log says then, or it does not speak TLS; try again";

    private PinnedTls() {}

    /** Returns only once the server has shown that it has the certificate's key. */
    static SSLSocket over(Socket connected, Pin pin) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, new TrustManager[] {new OnlyThis(pin)}, null);
            String host = connected.getInetAddress().getHostAddress();
            SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(connected, host, connected.getPort(), true);
            socket.setEnabledProtocols(PROTOCOLS);
            socket.startHandshake();
            return socket;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (SSLException e) {
            throw LinkException.refused(why(e));
        } catch (SocketException e) {
            throw LinkException.refused(CLOSED);
        }
    }

    private static String why(SSLException e) {
        Throwable cause = e.getCause();
        if (cause instanceof EOFException || cause instanceof SocketException) {
            return CLOSED;
        }
        return cause instanceof CertificateException
                ? String.valueOf(cause.getMessage())
                : "what listens there does not speak TLS 1.3 as it should (" + e.getMessage()
                        + "); a server on loopback speaks it only with --tls";
    }

    private record OnlyThis(Pin pin) implements X509TrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            String shown = shown(chain[0]);
            if (!MessageDigest.isEqual(bytes(shown), bytes(pin.text()))) {
                throw new CertificateException("the server's certificate is another: " + shown + ", not the " + pin
                        + " of the spec; nothing was sent to it");
            }
        }

        private static String shown(X509Certificate certificate) throws CertificateException {
            try {
                return Pin.of(certificate).text();
            } catch (GeneralSecurityException e) {
                throw new CertificateException(e);
            }
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("clients show no certificate");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
