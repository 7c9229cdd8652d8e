"""The platform for tests: the four real workers on workerd, and a look into what they stored.

One is started for all tests. At the desk, VEGVISR_URL and VEGVISR_STATE name one that runs already.
"""

import asyncio
import contextlib
import json
import os
import secrets
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from run.serve import free_port
from run.steps import ROOT

READY = "Ready after"
PATIENCE_S = 150.0
BLOB = "SELECT blob_id FROM _mf_entries WHERE key = ?"


@dataclass
class Platform:
    """A running platform: where it answers, and the folder of its local state."""

    url: str
    state: Path

    @property
    def port(self) -> int:
        port = urlsplit(self.url).port
        assert port is not None, f"{self.url} names no port"
        return port

    def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        """What D1 holds."""
        return _rows(self._object("d1/miniflare-D1DatabaseObject"), sql, *values)

    def change(self, sql: str, *values: Any) -> int:
        """Change D1 behind the platform's back, as only time does; the number of rows."""
        with (
            contextlib.closing(
                sqlite3.connect(self._object("d1/miniflare-D1DatabaseObject"))
            ) as db,
            db,
        ):
            return db.execute(sql, values).rowcount

    def kv(self, key: str) -> Any | None:
        """The JSON value of a KV key, or None."""
        for _ in range(3):
            found = [row for file in self._keys() for row in _rows(file, BLOB, key)]
            if not found:
                return None
            with contextlib.suppress(FileNotFoundError):  # a newer value took its place just now
                blob = self.state / "v3" / "kv" / "vegvisr-chat" / "blobs" / found[0]["blob_id"]
                return json.loads(blob.read_text("utf-8"))
        raise AssertionError(f"KV {key} changes faster than it can be read")

    def write_site_config(self, host: str, value: Any) -> None:
        """Write what the existing Vegvisr would have written. That host was asked for before, so
        that there is a file for such keys."""
        ours = "SELECT 1 FROM _mf_entries WHERE key NOT LIKE 'site-config:%'"
        [file] = [file for file in self._keys() if not _rows(file, ours)]
        blobs, name = self.state / "v3" / "kv" / "site-configs" / "blobs", secrets.token_hex(40)
        blobs.mkdir(parents=True, exist_ok=True)
        (blobs / name).write_text(json.dumps(value), "utf-8")
        with contextlib.closing(sqlite3.connect(file)) as db, db:
            sql = "INSERT INTO _mf_entries (key, blob_id) VALUES (?, ?)"
            db.execute(sql, (f"site-config:{host}", name))

    def _keys(self) -> list[Path]:
        """The SQLite files of the KV namespaces, of which the looks of other hosts are one."""
        files = (self.state / "v3/kv/miniflare-KVNamespaceObject").glob("*.sqlite")
        return [file for file in files if file.name != "metadata.sqlite"]

    def files(self, prefix: str) -> list[str]:
        """The R2 keys that begin so, in order."""
        file = self._object("r2/miniflare-R2BucketObject")
        sql = "SELECT key FROM _mf_objects WHERE key GLOB ? || '*' ORDER BY key"
        return [row["key"] for row in _rows(file, sql, prefix)]

    def _object(self, folder: str) -> Path:
        """The one SQLite file of a local binding."""
        files = (self.state / "v3" / folder).glob("*.sqlite")
        [file] = [file for file in files if file.name != "metadata.sqlite"]
        return file


def _rows(file: Path, sql: str, *values: Any) -> list[dict[str, Any]]:
    with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
        db.row_factory = sqlite3.Row
        return [dict(row) for row in db.execute(sql, values)]


class OwnPlatform(Platform):
    """One that we started, and may kill. It ends with us, however we end."""

    def __init__(self, state: Path, **named: str):
        super().__init__(f"http://127.0.0.1:{free_port()}", state)
        self.environment = os.environ | named
        self.log = state.parent / "platform.log"
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start on the state that is there; returns when all four workers are well."""
        options = ["--quick", "--no-demo", "--until-eof"]
        place = ["--port", str(self.port), "--state", str(self.state)]
        self._process = subprocess.Popen(
            [sys.executable, *self.program(), *options, *place],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        ready, ended = threading.Event(), threading.Event()
        threading.Thread(target=self._keep_log, args=(ready, ended), daemon=True).start()
        assert ready.wait(PATIENCE_S), f"The platform did not start:\n{self.log.read_text('utf-8')}"
        assert not ended.is_set(), f"The platform ended:\n{self.log.read_text('utf-8')}"

    def program(self) -> list[str]:
        """What starts it, and its own arguments."""
        return ["run/start.py"]

    @property
    def pid(self) -> int:
        """The process that holds all the others."""
        assert self._process is not None
        return self._process.pid

    def _keep_log(self, ready: threading.Event, ended: threading.Event) -> None:
        assert self._process is not None and self._process.stdout is not None
        with self._process.stdout as lines, self.log.open("a", encoding="utf-8") as log:
            for line in lines:
                log.write(line)
                log.flush()
                if line.startswith(READY):
                    ready.set()
        ended.set()
        ready.set()

    def stop(self) -> None:
        """End it in order."""
        assert self._process is not None and self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(20)

    def check_log(self) -> None:
        """Whatever the tests did to it, no worker met an error that it did not expect."""
        log = self.log.read_text("utf-8")
        assert "Traceback" not in log, f"A worker broke:\n{log[-8_000:]}"

    def kill(self) -> None:
        """`kill -9` the whole runtime at once: leash, wrangler and every workerd are one group."""
        assert self._process is not None
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        [leash] = [int(child) for child in children.read_text("ascii").split()]
        os.killpg(os.getpgid(leash), signal.SIGKILL)
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(20)

    @contextlib.asynccontextmanager
    async def killed(self) -> AsyncIterator[None]:
        """Dead by `kill -9` inside, and whatever happens there, started again for the others."""
        self.kill()
        try:
            yield
        finally:
            await asyncio.to_thread(self.start)


def named_in_environment() -> Platform | None:
    """The platform of VEGVISR_URL, if it is set; then VEGVISR_STATE must be its state folder."""
    url = os.environ.get("VEGVISR_URL")
    if not url:
        return None
    state = Path(os.environ.get("VEGVISR_STATE", ""))
    assert (state / "v3").is_dir(), "VEGVISR_STATE must name the state folder of VEGVISR_URL"
    return Platform(url.rstrip("/"), state)
