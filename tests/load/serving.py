"""Both servers, side by side: the platform as `npm start` runs it, and the bare room."""

import contextlib
import shutil
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from run.child import leashed, let_go
from run.serve import dev_command, free_port
from run.setup import tool_environment
from tests.load.bare import Bare
from tests.load.ours import Ours
from tests.load.target import Target
from tests.platform import OwnPlatform

PEERS = Path(__file__).parent / "peers"
PATIENCE_S = 60.0


@contextlib.contextmanager
def serving(sides: list[str]) -> Iterator[list[Target]]:
    """Run the servers that are asked for; they end with us, and so does their state."""
    with contextlib.ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory(prefix="vegvisr-bench-")))
        starts = {"ours": platform, "bare": bare_room}
        yield [running.enter_context(starts[side](folder / side)) for side in sides]


@contextlib.contextmanager
def platform(folder: Path) -> Iterator[Target]:
    """Run the platform, every feature on, without the demo."""
    folder.mkdir()
    own = OwnPlatform(folder / "state")
    own.start()
    try:
        yield Ours(own.port, own.pid)
    finally:
        own.stop()


@contextlib.contextmanager
def bare_room(folder: Path) -> Iterator[Target]:
    """Run the bare room on the same workerd with the same options."""
    shutil.copytree(PEERS, folder)
    port = free_port()
    command = [*dev_command(port, folder / "state"), "-c", str(folder / "wrangler.jsonc")]
    env = tool_environment() | {"WRANGLER_REGISTRY_PATH": str(folder / "registry")}
    with (folder / "log").open("w", encoding="utf-8") as log:
        server = leashed(command, env, stdout=log, stderr=log)
        try:
            until_it_answers(f"http://127.0.0.1:{port}", server, folder / "log")
            yield Bare(port, server.pid)
        finally:
            let_go(server)


def until_it_answers(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait for the bare room."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=5) as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise SystemExit(f"The bare room does not answer:\n{log.read_text('utf-8')}")
