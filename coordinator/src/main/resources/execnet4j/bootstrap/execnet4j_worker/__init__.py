"""The Python worker of execnet4j: runs tasks for a coordinator and talks to it over channels.

The coordinator sends these files with ``load_worker.py`` over stdin; ``start`` is where it begins. A module imports
only what stands above it here:

- errors, forms: what can go wrong; how numbers stand in frames and values, and how large things may be
- arrays, dumping, scanning, loading: values to bytes, and back
- texts, tracebacks: text that is safe to send and to show; errors as text
- deadlines, threads: points in time; the pool of threads
- wire, frames: the bytes; frames in
- credit, ending, items: a channel's account; how far it has got, and why it ended; what waits in it
- signals, reading, writer: where signals may interrupt; who reads; frames out
- callback, channel, files, link: who takes its items; as users see it; files over it; as the connection knows it
- gateway, connection, heartbeat: the coordinator as users see it; the channels to it; signs of life
- output, tasks, runner: what the process prints; what a task is; the threads that run tasks
- family, watcher: the processes that tasks have started; the process that stands beside this one
- relay: a process that is the way to another worker
- worker, start: one coordinator served; where the worker begins

Threads: the reader parses frames and hands them over, runs no code of users and waits for no channel and no write; a
thread that waits in ``receive`` does its work meanwhile. The writer takes all that waits and writes it in one go; on a
socket a sender writes a lone frame itself, and whoever announces credit, the reader too, does so where nothing waits.
Tasks run in the main thread or in threads of their own, callbacks on a pool. The exit thread waits for the end, and a
process beside this one sees to that it comes. Locks: a link's, the connection's, the runner's and the writer's are
never held together; the budget's and the one of the reader's count of waiters are the only ones taken while another (a
link's) is held.
"""
