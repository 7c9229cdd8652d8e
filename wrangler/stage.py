"""Copy one worker's source and packages to `.build/<worker>/`, where wrangler bundles them.

wrangler ships every file below the module root, so the root must hold this worker's packages alone.
"""

SHARED = ("schema", "workers/domain", "workers/records", "workers/edge", "workers/access")
PACKAGES = {
    "chat-worker": (*SHARED, "workers/chat", "durable_objects"),
    "ai-chat-worker": (*SHARED, "workers/ai_chat"),
    "community-worker": (*SHARED, "workers/community"),
    "knowledge-bridge-worker": (*SHARED, "workers/knowledge_bridge"),
}

import fcntl
import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / ".build"
SHIPPED = {".py", ".sql", ".html", ".txt"}


class StageError(Exception):
    """A worker cannot be staged; the text says why in one sentence."""


def sources(worker: str, root: Path = ROOT) -> dict[str, bytes]:
    """Return what the worker's module root holds: path to content, main module included."""
    found = {main(worker): entry(worker)}
    for package in PACKAGES[worker]:
        folder = root / package
        if not folder.is_dir():
            raise StageError(f"{worker} needs the package {package}, which is not there.")
        for file in sorted(folder.rglob("*")):
            if file.suffix in SHIPPED and "__pycache__" not in file.parts:
                found[f"{folder.name}/{file.relative_to(folder).as_posix()}"] = file.read_bytes()
    return found


def main(worker: str) -> str:
    """Return the main module's file; each worker's differs, as wrangler/snapshot.py needs it."""
    return worker.replace("-", "_") + ".py"


def entry(worker: str) -> bytes:
    """Return the main module: the names that the worker's own `entry.py` lists in `__all__`."""
    package = next(p for p in PACKAGES[worker] if p not in SHARED).rsplit("/", 1)[-1]
    return f"from {package}.entry import *  # noqa: F403\n".encode()


def mirror(files: dict[str, bytes], target: Path) -> int:
    """Make `target` hold exactly these files, writing what differs; return how many changed."""
    changed = 0
    for file in [f for f in target.rglob("*") if f.is_file()]:
        if file.relative_to(target).as_posix() not in files:
            file.unlink()
            changed += 1
    for name, content in files.items():
        path = target / name
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            half = path.with_name(path.name + ".part")
            half.write_bytes(content)
            half.replace(path)
            changed += 1
    return changed


def share(modules: Path, target: Path) -> None:
    """Put the packages beside the worker's config, as hard links: wrangler skips symlinks."""
    mark = "pyvenv.cfg"
    if not (modules / mark).is_file():
        raise StageError("The worker packages are not there: run wrangler/vendor.py first.")
    if (target / mark).is_file() and (target / mark).read_text() == (modules / mark).read_text():
        return
    fresh = target.with_name(target.name + ".part")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        shutil.copytree(modules, fresh, copy_function=os.link)
    except OSError:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(modules, fresh)
    shutil.rmtree(target, ignore_errors=True)
    fresh.replace(target)


def stage(worker: str, root: Path = ROOT, build: Path = BUILD) -> int:
    """Stage one worker; return how many source files changed.

    One at a time: an edit sets every running platform to it at once.
    """
    folder = build / worker
    folder.mkdir(parents=True, exist_ok=True)
    claimed = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(claimed, fcntl.LOCK_EX)
        share(build / "python_modules", folder / "python_modules")
        return mirror(sources(worker, root), folder / "src")
    finally:
        os.close(claimed)


if __name__ == "__main__":
    try:
        for name in sys.argv[1:] or PACKAGES:
            stage(name)
    except StageError as error:
        sys.exit(str(error))
