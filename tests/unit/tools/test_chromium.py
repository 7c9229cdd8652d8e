"""npm's Chromium: unpacked whole, or again."""

from pathlib import Path

import pytest

from run import chromium, steps


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the browser is unpacked; stamps lie beside it."""
    monkeypatch.setattr(steps, "STAMPS", tmp_path / "stamps")
    monkeypatch.setattr(chromium, "FOLDER", tmp_path / "chromium")
    return tmp_path / "chromium"


def test_a_browser_that_was_unpacked_halfway_is_unpacked_again(folder: Path) -> None:
    folder.mkdir()
    (folder / "chromium").write_text("half of it")
    path = chromium.unpacked()
    assert chromium.starts(path, chromium.environment(path))
    made = Path(path).stat().st_mtime_ns
    assert chromium.unpacked() == path
    assert Path(path).stat().st_mtime_ns == made
