"""What reaches a worker's module root, and what does not."""

import os
import re
from pathlib import Path

import pytest

from wrangler.stage import PACKAGES, StageError, mirror, share, sources, stage


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with one file in each package, and a vendored package."""
    for package in {p for packages in PACKAGES.values() for p in packages}:
        folder = tmp_path / package
        folder.mkdir(parents=True)
        (folder / "noun.py").write_text(f"# {package}\n")
    modules = tmp_path / ".build" / "python_modules"
    modules.mkdir(parents=True)
    (modules / "lib.py").write_text("x = 1\n")
    (modules / "pyvenv.cfg").write_text("# one\n")
    return tmp_path


def test_a_worker_gets_the_shared_packages_and_its_own_alone(root: Path) -> None:
    files = sources("community-worker", root)
    assert set(files) == {
        "community_worker.py",
        "schema/noun.py",
        "domain/noun.py",
        "records/noun.py",
        "edge/noun.py",
        "access/noun.py",
        "community/noun.py",
    }


def test_only_chat_worker_gets_the_durable_objects(root: Path) -> None:
    holders = [w for w in PACKAGES if "durable_objects/noun.py" in sources(w, root)]
    assert holders == ["chat-worker"]


def test_the_main_module_exports_what_the_entry_lists(root: Path) -> None:
    assert b"from chat.entry import *" in sources("chat-worker", root)["chat_worker.py"]


def test_sql_and_pages_ship_but_no_caches_and_no_notes(root: Path) -> None:
    folder = root / "durable_objects"
    for name in ("room.sql", "page.html", "words.txt", "notes.md"):
        (folder / name).write_text("x")
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "noun.py").write_text("x")
    shipped = {n for n in sources("chat-worker", root) if n.startswith("durable_objects/")}
    names = ("noun.py", "room.sql", "page.html", "words.txt")
    assert shipped == {f"durable_objects/{name}" for name in names}


def test_a_missing_package_is_one_plain_sentence(root: Path) -> None:
    (root / "workers" / "edge" / "noun.py").unlink()
    (root / "workers" / "edge").rmdir()
    with pytest.raises(StageError, match=re.escape("chat-worker needs the package workers/edge")):
        sources("chat-worker", root)


def test_staging_again_writes_nothing_and_a_change_writes_one_file(root: Path) -> None:
    build = root / ".build"
    assert stage("chat-worker", root, build) > 0
    assert stage("chat-worker", root, build) == 0
    (root / "schema" / "noun.py").write_text("# changed\n")
    assert stage("chat-worker", root, build) == 1


def test_a_deleted_source_leaves_the_module_root(tmp_path: Path) -> None:
    mirror({"a.py": b"1", "b/c.py": b"2"}, tmp_path)
    mirror({"a.py": b"1"}, tmp_path)
    assert [f.name for f in tmp_path.rglob("*") if f.is_file()] == ["a.py"]


def test_vendored_packages_are_linked_and_renewed_when_their_mark_changes(root: Path) -> None:
    modules, target = root / ".build" / "python_modules", root / "beside"
    share(modules, target)
    assert (target / "lib.py").stat().st_ino == (modules / "lib.py").stat().st_ino
    (modules / "more.py").write_text("y = 1\n")
    share(modules, target)
    assert not (target / "more.py").exists()
    (modules / "pyvenv.cfg").unlink()
    (modules / "pyvenv.cfg").write_text("# two\n")
    share(modules, target)
    assert (target / "more.py").exists()


def test_packages_that_were_linked_halfway_are_linked_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modules, target = root / ".build" / "python_modules", root / "beside"
    names = {"lib.py", "pyvenv.cfg"}

    def is_killed_at_the_last(source: str, there: str) -> None:
        link(source, there)
        if {file.name for file in Path(there).parent.iterdir()} == names:
            raise KeyboardInterrupt

    link = os.link
    with monkeypatch.context() as patch:
        patch.setattr(os, "link", is_killed_at_the_last)
        with pytest.raises(KeyboardInterrupt):
            share(modules, target)
    assert not target.exists()
    share(modules, target)
    assert {file.name for file in target.iterdir()} == names


def test_staging_before_vendoring_says_what_to_run(root: Path) -> None:
    (root / ".build" / "python_modules" / "pyvenv.cfg").unlink()
    with pytest.raises(StageError, match=r"run wrangler/vendor\.py first"):
        stage("chat-worker", root, root / ".build")
