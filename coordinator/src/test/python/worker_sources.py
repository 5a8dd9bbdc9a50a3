"""The worker's sources: importing this has its package imported from there."""

import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[4]
FOLDER = ROOT / "coordinator/src/main/resources/execnet4j/bootstrap"
COMMAND = ("-u", "-c", "import sys;exec(eval(sys.stdin.readline()))")

sys.dont_write_bytecode = True
sys.path.insert(0, str(FOLDER))


def first_line(config):
    """What the coordinator sends first: an expression whose value ``exec`` takes; a Python too old says so."""
    texts = {path.stem: path.read_text("ascii") for path in FOLDER.glob("execnet4j_worker/[!_]*.py")}
    loader = (FOLDER / "load_worker.py").read_text("ascii") + f"\nstart(sources, {config!r})\n"
    too_old = "'execnet4j needs Python 3.8 or newer, and %s is Python %s' % (sys.executable, sys.version.split()[0])"
    line = (
        f"globals().update(sources={texts!r}) or compile({loader!r}, '<execnet4j worker>', 'exec')"
        f" if sys.version_info >= (3, 8) else sys.exit({too_old})\n"
    )
    return line.encode("ascii")
