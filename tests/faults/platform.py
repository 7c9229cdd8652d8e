"""A platform that may be broken on purpose: its AI never answers, and its disk may be full."""

import contextlib
import os
import re
import resource
import shutil
import subprocess
from pathlib import Path

from tests.platform import OwnPlatform

DISK = "128m"
COLOURS = re.compile(r"\x1b\[[\d;]*m")
KIND = r"[A-Z]\w*(?:Error|Exception|Invalid)|Refused|Flooded"
LAST_LINE = re.compile(rf"ERROR\W+((?:[a-z_]+\.)*(?:{KIND})\b.*)")
MARK = "✘ [ERROR]"
CHAINED = re.compile("During handling of the above|The above exception was")
OF_THE_PLATFORM = ("pyodide.ffi.JsException", "JsException")


class FaultyPlatform(OwnPlatform):
    """One that tests/faults/start.py starts. `disk`: its state is on a disk of its own, which can
    be full; None with the reason why not in `no_disk`."""

    def __init__(self, folder: Path):
        super().__init__(folder / "state")
        self.folder = folder
        self.state.mkdir(parents=True, exist_ok=True)
        self.no_disk = mount(self.state)
        self.log.touch()

    def program(self) -> list[str]:
        return ["tests/faults/start.py", str(self.folder / "configs")]

    def end(self) -> None:
        """Stop it, and give back its disk."""
        with contextlib.suppress(Exception):
            self.stop()
        if self.no_disk is None:
            subprocess.run(["umount", "-l", str(self.state)], check=False)

    def is_up(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def words(self, since: int = 0) -> str:
        """The log from a place on, without colours."""
        with self.log.open("rb") as log:
            log.seek(since)
            return COLOURS.sub("", log.read().decode("utf-8", "replace"))

    def so_far(self) -> int:
        return self.log.stat().st_size

    def workerds(self) -> list[int]:
        """The processes of the runtime that have the state open."""
        return [pid for pid in _below(self.pid) if self._has_state(pid)]

    def _has_state(self, pid: int) -> bool:
        with contextlib.suppress(OSError):
            open_files = [os.readlink(fd) for fd in Path(f"/proc/{pid}/fd").iterdir()]
            return any(name.startswith(str(self.state / "v3")) for name in open_files)
        return False

    def limit_files(self, size: int) -> int:
        """Let no file of the runtime grow past so many bytes; -1 lifts it. How many processes."""
        pids = self.workerds()
        for pid in pids:
            _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, hard))
        return len(pids)

    def fill_disk(self) -> Path:
        """Leave no room on the disk, again if some was freed; delete the file to have it back."""
        filler = self.state / "filler"
        with contextlib.suppress(OSError), filler.open("ab") as file:
            while file.write(bytes(shutil.disk_usage(self.state).free or 4096)):
                file.flush()
        return filler


def surprises(words: str) -> list[str]:
    """Errors in a log that the platform below did not raise: bugs, whatever broke. Of a chain of
    exceptions the last one counts."""
    told = [line for line in words.splitlines() if line.removeprefix(MARK).strip()]
    found = [
        match[1]
        for line, following in zip(told, [*told[1:], ""], strict=False)
        if (match := LAST_LINE.search(line)) and not CHAINED.search(following)
    ]
    return [line for line in found if not line.startswith(OF_THE_PLATFORM)]


def mount(folder: Path) -> str | None:
    """Put a small disk in memory at a folder; None, or why this machine does not let us."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        return "mounting a small disk needs the administrator"
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return None if done.returncode == 0 else f"mount refused: {done.stderr.strip()}"


def _below(pid: int) -> list[int]:
    """The processes that one has started, and those that they started."""
    found = []
    with contextlib.suppress(OSError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split():
            found += [int(child), *_below(int(child))]
    return found
