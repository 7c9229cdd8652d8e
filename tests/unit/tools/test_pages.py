"""The watch of the pages: it builds what changed, and nothing before; old files stay."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from run.child import leashed, let_go
from run.setup import NODE, tool_environment
from tests.unit.tools.test_leash import until

UP = "Editing a page reloads it."
BUILT = "The pages are built anew."
PAGE = '<script type="module" src="/src/main.js"></script>'


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A front end that the set-up has built, with the stamp that says so."""
    root = tmp_path / "pages"
    files = {"index.html": PAGE, "src/main.js": "log(1)", "dist/assets/old.js": "x"}
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    (tmp_path / "stamp").write_text("mark")
    return root


@pytest.fixture
def said(pages: Path) -> Iterator[Path]:
    """What the watch says."""
    with (pages.parent / "said").open("w") as said:
        command = [str(NODE), "run/pages.mjs", str(pages), str(pages.parent / "stamp")]
        watch = leashed(command, tool_environment(), said, said)
        yield Path(said.name)
        let_go(watch)


def test_the_first_build_comes_with_the_first_change(pages: Path, said: Path) -> None:
    assert until(lambda: UP in said.read_text())
    assert (pages.parent / "stamp").exists()
    (pages / "src" / "main.js").write_text("log('changed')")
    assert until(lambda: BUILT in said.read_text()), said.read_text()
    assert said.read_text().count(BUILT) == 1
    built = "".join(file.read_text() for file in (pages / "dist" / "assets").iterdir())
    assert "changed" in built
    assert (pages / "dist" / "assets" / "old.js").exists()
    assert not (pages.parent / "stamp").exists()


def test_a_page_that_does_not_build_is_told_and_the_watch_goes_on(pages: Path, said: Path) -> None:
    assert until(lambda: UP in said.read_text())
    (pages / "src" / "main.js").write_text("log(")
    assert until(lambda: "main.js" in said.read_text()), said.read_text()
    assert BUILT not in said.read_text()
    (pages / "src" / "main.js").write_text("log(2)")
    assert until(lambda: BUILT in said.read_text()), said.read_text()
