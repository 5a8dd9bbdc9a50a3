"""Goes to a coordinator of execnet4j and starts a Python worker for it, whose program comes from there once both have
shown that they have the token."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re
import signal
import socket
import ssl
import sys

from execnet4j_served.proof import PATIENCE, Handshake, Refused, complaint, keep_alive, token_of_environment
from execnet4j_served.session import WORKER, Session

PROGRAM = "import sys;exec(eval(sys.stdin.readline()))"
USAGE = "the arguments are HOST PORT [sha256:PIN]; the environment has EXECNET4J_TOKEN or EXECNET4J_TOKEN_FILE"
# In all, however slowly what listens there speaks; its name, TLS and the proofs included.
TO_CONNECT = 30.0
STOPS = signal.SIGHUP, signal.SIGINT, signal.SIGTERM


def connect(host: str, port: int, pin: str) -> socket.socket:
    """To who has that certificate, or without a pin within this machine."""
    if pin and not ssl.HAS_TLSv1_3:
        raise Refused(f"{sys.executable} is built with {ssl.OPENSSL_VERSION}, which has no TLS 1.3")
    connection = socket.create_connection((host, port), PATIENCE)
    keep_alive(connection)
    if not pin:
        # Before 3.9 an address with the name of an interface is none to it.
        if not ipaddress.ip_address(connection.getpeername()[0].partition("%")[0]).is_loopback:
            raise Refused("beyond this machine a coordinator is known by its certificate: give its pin, sha256:...")
        return connection
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # the certificate is compared with the pin
    secure = context.wrap_socket(connection)
    shown = f"sha256:{hashlib.sha256(secure.getpeercert(True) or b'').hexdigest()}"
    if not hmac.compare_digest(shown, pin):
        raise Refused(f"the coordinator's certificate is another: {shown}, not the {pin}; nothing was sent to it")
    return secure


def dial(host: str, port: int, pin: str) -> int:
    token = token_of_environment()
    signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, TO_CONNECT)
    connection = connect(host, port, pin)
    Handshake(connection, token, "listen", pin).as_client()
    signal.setitimer(signal.ITIMER_REAL, 0)
    session = Session(connection)
    session.send(WORKER, b"python")
    return session.run([sys.executable, "-u", "-c", PROGRAM])


def late(*_: object) -> None:
    raise Refused(f"it did not prove itself within {TO_CONNECT:g} seconds")


def stop(number: int, _: object) -> None:
    """Ends what this process has started, too; that is not broken off by another signal."""
    for each in STOPS:
        signal.signal(each, lambda *_: None)
    sys.exit(128 + number)


def main(arguments: list[str]) -> None:
    """Does not return."""
    for each in STOPS:
        if signal.getsignal(each) != signal.SIG_IGN:  # as nohup has it
            signal.signal(each, stop)
    host, port, pin = (*arguments, "", "", "")[:3]
    pin = pin.strip().lower().replace(":", "").replace("sha256", "sha256:", 1)
    is_port = re.fullmatch("[0-9]{1,5}", port) and 0 < int(port) < 1 << 16
    if len(arguments) not in (2, 3) or not is_port or not re.fullmatch("(sha256:[0-9a-f]{64})?", pin):
        sys.exit(complaint(USAGE))
    try:
        status = dial(host, int(port), pin)
    except (Refused, OSError, UnicodeError) as e:  # the last of a name that can be no host's, or no text for a token
        status = complaint(f"the coordinator at {host}:{port}: {e}")
    sys.exit(status)
