"""The Python at the other end of Py4J: prints its port, adds one to what it gets, ends with standard input."""

import sys

from py4j.clientserver import ClientServer, JavaParameters, PythonParameters


class Adder:
    def add(self, number):
        return number + 1

    class Java:
        implements = ["execnet4j.bench.peers.Adder"]


server = ClientServer(
    java_parameters=JavaParameters(port=0),
    python_parameters=PythonParameters(port=0),
    python_server_entry_point=Adder(),
)
print(server.get_callback_server().get_listening_port(), flush=True)
sys.stdin.read()
server.shutdown()
