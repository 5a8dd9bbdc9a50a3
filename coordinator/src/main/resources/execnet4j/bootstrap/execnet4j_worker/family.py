"""The processes that a worker has started."""

from __future__ import annotations

import os
import signal


def processes() -> dict[int, int]:
    """All living processes with their parents, as far as they can be told."""
    found = {}
    try:
        if os.path.isdir("/proc/self"):
            for name in filter(str.isdigit, os.listdir("/proc")):
                try:
                    with open(f"/proc/{name}/stat", "rb") as stat:
                        # proc(5): after the program's name in parentheses come state and parent.
                        state, parent = stat.read().rpartition(b")")[2].split()[:2]
                except OSError:  # it has just ended
                    continue
                if state not in (b"Z", b"X"):
                    found[int(name)] = int(parent)
        else:
            import subprocess

            with subprocess.Popen(["ps", "-A", "-o", "pid=,ppid=,stat="], stdout=subprocess.PIPE) as ps:
                for line in ps.communicate()[0].splitlines():
                    process, parent, state = line.split()[:3]
                    if not state.startswith(b"Z") and int(process) != ps.pid:
                        found[int(process)] = int(parent)
    except (OSError, ValueError):
        pass
    return found


# What forks faster than this is killed cannot be ended from outside its own machine's kernel.
MOST_ROUNDS = 100


def kill_family(head: int, leads: bool) -> None:
    """Kills what a process has started, directly or not, and the rest of the session that it leads, if it does."""
    spared = head, os.getpid()
    killed: set[int] = set()
    # What is born meanwhile is found the next time.
    for _ in range(MOST_ROUNDS):
        parents = processes()
        doomed = set()
        for process in parents:
            if process not in spared and (descends(process, head, parents) or leads and session(process) == head):
                doomed.add(process)
        for process in doomed:
            send(process, signal.SIGKILL)
        if doomed <= killed:
            return
        killed |= doomed


def send(process: int, number: int) -> None:
    try:
        os.kill(process, number)
    except OSError:  # it has just ended
        pass


# A shell that finds its worker killed clears up.
FOR_ITS_LAST_WORDS = 0.2


def kill_sessions_below(head: int) -> bool:
    """Kills the sessions that were begun below a process; false if there are none."""
    parents = processes()
    leaders = [each for each in parents if each not in (head, os.getpid()) and session(each) == each]
    below = [each for each in leaders if descends(each, head, parents)]
    for each in below:
        send(each, signal.SIGSTOP)
        kill_family(each, True)
        send(each, signal.SIGKILL)
    return bool(below)


def descends(process: int, head: int, parents: dict[int, int]) -> bool:
    while process in parents and process != head and process > 1:
        process = parents[process]
    return process == head


def session(process: int) -> int:
    try:
        return os.getsid(process)
    except OSError:
        return -1


def leads_session() -> bool:
    return os.getsid(0) == os.getpid()
