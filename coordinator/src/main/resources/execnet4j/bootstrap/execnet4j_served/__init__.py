"""What stands between a coordinator of execnet4j and a process for it, on a host that has only a Python.

One text is made of these files to be run there: ``python3 -c TEXT`` or a file. A module imports only what stands above
it here:

- (execnet4j_worker) family: the processes that another has started
- proof: both ends show that they have the token
- child: the process that is served, and all that it starts
- session: one process served
- dial: goes to a coordinator and starts a worker for it
- install: gives a shell to the one coordinator that comes
"""
