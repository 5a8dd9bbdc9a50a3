"""The coordinator's end of a connection to a process that is served."""

from support import worker_sources
from execnet4j_served.session import HEAD

TOKEN = "a token of some length"
START = f"import sys; sys.path.insert(0, {str(worker_sources.FOLDER)!r})\n" \
    "from execnet4j_served import child, dial, install, proof, session\n"


class Parts:
    def __init__(self, connection):
        self.connection = connection

    def send(self, kind, content=b""):
        self.connection.sendall(HEAD.pack(kind, len(content)) + content)

    def next(self):
        kind, length = HEAD.unpack(self.exactly(HEAD.size))
        return kind, self.exactly(length)

    def of(self, wanted):
        kind, content = self.next()
        while kind != wanted:
            kind, content = self.next()
        return content

    def exactly(self, size):
        content = b""
        while len(content) < size:
            piece = self.connection.recv(size - len(content))
            if not piece:
                raise EOFError
            content += piece
        return content
