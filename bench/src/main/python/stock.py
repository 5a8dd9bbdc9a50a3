"""Stock execnet, measured: reads a request a line from standard input, answers each with a line.

A request is a name, arguments, and for how many milliseconds to measure. An answer is name=value pairs,
or "! " and what went wrong.
"""

import os
import sys
import threading
import time

import execnet

ECHO = """
for item in channel:
    channel.send(item)
"""

COUNT = """
count = 0
while channel.receive() >= 0:
    count += 1
channel.send(count)
"""

TAKE = """
count = 0
while channel.receive():
    count += 1
channel.send(count)
"""

GIVE = """
import time
size, seconds = channel.receive()
value = b"x" * size
end = time.perf_counter() + seconds
while time.perf_counter() < end:
    channel.send(value)
channel.send(b"")
"""

GIVE_SMALL = """
import time
end = time.perf_counter() + channel.receive()
while time.perf_counter() < end:
    for _ in range(64):
        channel.send(7)
channel.send(-1)
"""

OWN_PAGES = """
import re
rollup = open("/proc/self/smaps_rollup").read()
own = sum(int(kb) for kb in re.findall(r"Private_\\w+: +(\\d+) kB", rollup)[:2])
channel.send((own / 1024, int(re.search(r"Rss: +(\\d+) kB", rollup).group(1)) / 1024))
"""

SPEC = "popen//python=" + sys.executable
SMALL_MESSAGES = 64


class Kept:
    """Gateways that stay from one request to the next."""

    def __init__(self):
        self.group = execnet.Group()
        self.gateways = {}

    def gateway(self, name):
        if name not in self.gateways:
            self.gateways[name] = self.group.makegateway(SPEC)
        return self.gateways[name]


kept = Kept()


def round_trip(seconds):
    channel = kept.gateway("round-trip").remote_exec(ECHO)
    start = time.perf_counter()
    count, took = 0, 0.0
    while took < seconds:
        for _ in range(8):
            channel.send(7)
            channel.receive()
        count += 8
        took = time.perf_counter() - start
    channel.close()
    return {"": took / count * 1e6}


def small_values(seconds):
    channel = kept.gateway("small").remote_exec(COUNT)
    start = time.perf_counter()
    while time.perf_counter() - start < seconds:
        for _ in range(SMALL_MESSAGES):
            channel.send(7)
    channel.send(-1)
    count = channel.receive()
    return {"": count / (time.perf_counter() - start) / 1e6}


def small_values_back(seconds):
    channel = kept.gateway("small").remote_exec(GIVE_SMALL)
    start = time.perf_counter()
    channel.send(seconds)
    count = 0
    while channel.receive() >= 0:
        count += 1
    return {"": count / (time.perf_counter() - start) / 1e6}


def bytes_there(size, seconds):
    channel = kept.gateway("bytes").remote_exec(TAKE)
    value = b"x" * size
    start = time.perf_counter()
    while time.perf_counter() - start < seconds:
        channel.send(value)
    channel.send(b"")
    return {"": channel.receive() * size / (time.perf_counter() - start) / 1e6}


def bytes_back(size, seconds):
    channel = kept.gateway("bytes").remote_exec(GIVE)
    start = time.perf_counter()
    channel.send((size, seconds))
    count = 0
    while channel.receive():
        count += 1
    return {"": count * size / (time.perf_counter() - start) / 1e6}


def first_answer(group):
    return group.makegateway(SPEC).remote_exec("channel.send(7)").receive()


def start(seconds):
    group = execnet.Group()
    begin = time.perf_counter()
    first_answer(group)
    took = time.perf_counter() - begin
    group.terminate(10)
    return {"": took * 1e3}


def starts(count, seconds):
    group = execnet.Group()
    threads = [threading.Thread(target=first_answer, args=(group,)) for _ in range(count)]
    begin = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - begin
    group.terminate(10)
    return {"": took * 1e3}


def memory(seconds):
    own, resident = kept.gateway("memory").remote_exec(OWN_PAGES).receive()
    return {"own": own, "resident": resident}


CASES = {
    "ints": list(range(10000)),
    "floats": {"key %d" % i: i / 3 for i in range(1000)},
}


def repeated(work, size, seconds):
    start = time.perf_counter()
    count, took = 0, 0.0
    while took < seconds:
        work()
        count += 1
        took = time.perf_counter() - start
    return {"": count * size / took / 1e6}


def dumps(case, seconds):
    value = CASES[case]
    return repeated(lambda: execnet.dumps(value), len(execnet.dumps(value)), seconds)


def loads(case, seconds):
    dump = execnet.dumps(CASES[case])
    return repeated(lambda: execnet.loads(dump), len(dump), seconds)


PROBES = {
    "round-trip": round_trip,
    "small-values": small_values,
    "small-values-back": small_values_back,
    "bytes-there": bytes_there,
    "bytes-back": bytes_back,
    "start": start,
    "starts": starts,
    "memory": memory,
    "dumps": dumps,
    "loads": loads,
}


def answer(line):
    name, *words = line.split()
    *arguments, millis = [int(word) if word.isdigit() else word for word in words]
    figures = PROBES[name](*arguments, millis / 1e3)
    return " ".join("%s=%r" % item for item in figures.items())


def main():
    # Workers that print must not print answers.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in iter(sys.stdin.readline, ""):
        try:
            text = answer(line)
        except Exception as failure:
            text = "! %s: %s" % (type(failure).__name__, failure)
        print(" ".join(text.split("\n")), file=answers, flush=True)
    kept.group.terminate(5)


main()
