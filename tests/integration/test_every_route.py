"""Every route that the API describes, asked with requests that are made from its description.

schemathesis makes them, right ones and wrong ones, alone and one after another, and holds each
answer against the description. They are asked by Cleo, in a community that nobody else uses.
"""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from tests.cast import World

CASES = os.environ.get("VEGVISR_API_CASES", "6")
NOT_ASKED = "^/api/(local/|sign-out)"
"""What founds worlds and turns clocks, and what would end the session that asks."""

RULES_OF_OURS = "positive_data_acceptance,ensure_resource_availability"
"""A right body may still break a rule, and who has left a private room does not find it again."""


async def run(folder: Path, *words: str) -> str:
    """What schemathesis says; the test fails with it."""
    config = folder / "schemathesis.toml"
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(config), "run"]
    process = await asyncio.create_subprocess_exec(
        *command,
        *words,
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    text = said.decode()
    assert process.returncode == 0, text[-12_000:]
    return text


async def described(world: World, folder: Path) -> tuple[str, ...]:
    """The description, and Cleo's way in."""
    await world.cleo.signs_in()
    answer = await world.here.asks("GET", "/api/openapi.json")
    assert answer.status_code == 200
    (folder / "openapi.json").write_text(answer.text, "utf-8")
    token = world.cleo.cookie.split("=", 1)[1]
    sign_in = f'[auth.openapi.session]\napi_key = "{token}"\n'
    (folder / "schemathesis.toml").write_text(sign_in, "utf-8")
    return ("openapi.json", "--url", world.platform.url, "-H", f"Host: {world.here.host}")


async def test_every_route_answers_as_it_is_described(world: World, tmp_path: Path) -> None:
    words = await described(world, tmp_path)
    how = ("--max-examples", CASES, "--generation-database", "none", "--seed", "1", "--no-color")
    out = ("--exclude-path-regex", NOT_ASKED, "--exclude-checks", RULES_OF_OURS)
    said = await run(tmp_path, *words, *how, *out)
    assert "Coverage" in said and "0 generated" not in said


async def test_an_answer_that_is_not_as_described_is_seen(world: World, tmp_path: Path) -> None:
    words = await described(world, tmp_path)
    file = tmp_path / "openapi.json"
    text = file.read_text("utf-8")
    assert '"enum": ["ok", "failing"]' in text
    file.write_text(text.replace('"enum": ["ok", "failing"]', '"enum": ["fine"]'), "utf-8")
    with pytest.raises(AssertionError, match="healthz"):
        await run(tmp_path, *words, "--include-path", "/healthz", "--max-examples", "1")
