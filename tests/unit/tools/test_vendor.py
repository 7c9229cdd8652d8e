"""The worker packages: the lock, what is built from source, and pip's failures in plain words."""

from pathlib import Path

import pytest

from wrangler.vendor import LOCK, explain, mark, split, trim


def test_only_markupsafe_is_built_from_source() -> None:
    wheels, built = split(LOCK.read_text("utf-8"))
    assert built.startswith("markupsafe==")
    assert "markupsafe==" not in wheels
    assert "pydantic-core==" in wheels


def test_every_package_of_the_lock_has_a_hash() -> None:
    wheels, built = split(LOCK.read_text("utf-8"))
    names = [line for line in (wheels + built).splitlines() if "==" in line]
    assert len(names) > 10
    assert all(line.endswith("\\") for line in names)
    assert "http" not in (wheels + built).replace("httpx", "").replace("httpcore", "")


def test_the_lock_has_no_pyodide_http() -> None:
    assert "jinja2==" in LOCK.read_text("utf-8")
    assert "pyodide-http" not in LOCK.read_text("utf-8")


def test_both_locks_agree_on_the_versions_they_share() -> None:
    tools = (LOCK.parent / "tools.txt").read_text("utf-8")
    shared = {"fastapi", "pydantic", "pydantic-core", "httpx", "jinja2", "markupsafe"}
    for line in LOCK.read_text("utf-8").splitlines():
        if line.split("==")[0] in shared:
            assert line in tools


def test_another_lock_and_another_program_leave_another_mark(tmp_path: Path) -> None:
    lock, program = tmp_path / "workers.txt", tmp_path / "vendor.py"
    marks = set()
    for locked, written in [("a", "b"), ("c", "b"), ("a", "d")]:
        lock.write_text(locked)
        program.write_text(written)
        marks.add(mark(lock, program))
    assert len(marks) == 3


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            "ERROR: No matching distribution found for numpy==9",
            "There is no Pyodide wheel of numpy==9: choose another version or go without.",
        ),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE",
            "A worker package does not have the hash that requirements/workers.txt promises.",
        ),
        (
            "NewConnectionError: ...\nERROR: No matching distribution found for fastapi",
            "The package registry for Python could not be reached: is there a network?",
        ),
        ("a\nERROR: odd", "pip could not install the worker packages: ERROR: odd"),
    ],
)
def test_what_pip_says_becomes_one_sentence(said: str, sentence: str) -> None:
    assert explain(said) == sentence


def test_tests_caches_and_stubs_are_left_out(tmp_path: Path) -> None:
    for name in ("lib/core.py", "lib/tests/test_core.py", "lib/core.pyi", "lib/__pycache__/x.pyc"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    trim(tmp_path)
    assert [f.name for f in tmp_path.rglob("*") if f.is_file()] == ["core.py"]
