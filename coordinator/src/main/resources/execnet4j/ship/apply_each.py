"""Serves ``apply(item)`` of a user's file: each item is answered with (True, result) or (False, traceback).

Sent to Python workers as the source of a task; it needs a channel of execnet's kind and nothing else.
"""

import linecache
import traceback

MAX_TEXT = 1 << 16


def serve(channel, source, file):
    # The file is not on this host: tracebacks take its lines from the cache.
    linecache.cache[file] = (len(source), None, source.splitlines(True), file)
    module = {"__name__": "__channelexec__", "__file__": file}
    exec(compile(source, file, "exec", dont_inherit=True), module)
    function = module.get("apply")
    if not callable(function):
        raise NameError("%s has no function apply(item)" % file)
    for item in channel:
        outcome = answer(function, item)
        try:
            channel.send(outcome)
        except (OSError, EOFError):  # nobody wants answers any more
            raise
        except Exception as error:  # the result is nothing that a channel carries
            channel.send((False, "".join(traceback.format_exception_only(type(error), error)).strip()))


def answer(function, item):
    try:
        return True, function(item)
    except KeyboardInterrupt:  # the worker is ending
        raise
    except BaseException as error:  # SystemExit too: it is the item's failure, not the worker's
        # The first frame is this one.
        lines = traceback.format_exception(type(error), error, error.__traceback__.tb_next)
        text = "".join(lines).rstrip("\n")[-MAX_TEXT:]
        return False, text.encode("utf-8", "backslashreplace").decode("utf-8")
