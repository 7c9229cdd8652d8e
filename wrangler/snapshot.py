"""Write down the memory of a Python that has imported the workers' packages, to start from.

Without it each of the four workers starts Python and imports FastAPI by itself: ten seconds each.
Cloudflare does the same at deploy. Usage: snapshot.py WORKERD
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / ".build"

# The main module must not share its name with that of a worker: the snapshot holds it as imported.
# What the imports looked packages up in goes while its file is open: later it would only complain.
MAIN = (
    "import asgi, fastapi, gc, httpx, importlib.metadata, jinja2, pydantic, workers;"
    " importlib.metadata.MetadataPathFinder.invalidate_caches(); gc.collect()"
)
CONFIG = """using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [(name = "main", worker = (
  modules = [
    (name = "snapshot.py", pythonModule = "%s"),
%s
  ],
  compatibilityDate = "2026-09-08",
  compatibilityFlags = ["python_workers", "python_workers_development", "experimental"],
))]);
"""


class SnapshotError(Exception):
    """The snapshot cannot be taken; the text says why in one sentence."""


def config(modules: Path, where: str) -> str:
    """Return workerd's config of a worker that only imports; packages are embedded from `where`."""
    lines = []
    for file in sorted(f for f in modules.rglob("*") if f.is_file() and f.name != "pyvenv.cfg"):
        name = file.relative_to(modules).as_posix()
        kind = "pythonModule" if file.suffix == ".py" else "data"
        lines.append(f'    (name = "python_modules/{name}", {kind} = embed "{where}/{name}"),')
    return CONFIG % (MAIN, "\n".join(lines))


def take(workerd: Path, build: Path = BUILD) -> Path:
    """Start Python once from the bundle; return the snapshot written beside it."""
    cache = build / "pyodide"
    target, written = cache / "snapshot.bin", cache / "snapshot.capnp"
    target.unlink(missing_ok=True)
    written.write_text(config(build / "python_modules", "../python_modules"), "utf-8")
    command = [str(workerd), "test", "--experimental", f"--pyodide-bundle-disk-cache-dir={cache}"]
    command += ["--python-save-snapshot", f"--python-snapshot-dir={cache}", str(written)]
    done = subprocess.run(command, capture_output=True, text=True)
    if not target.is_file():
        raise SnapshotError(f"workerd could not start Python from the bundle: {done.stderr[-800:]}")
    return target


if __name__ == "__main__":
    try:
        print(take(Path(sys.argv[1])))
    except SnapshotError as error:
        sys.exit(str(error))
