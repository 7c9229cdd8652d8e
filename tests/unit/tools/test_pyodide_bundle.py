"""The bundle that workerd reads: what is changed in the glue, and what refuses to be."""

import json
import re
from pathlib import Path

import capnp
import pytest

from wrangler.pyodide_bundle import (
    PACKAGE,
    REPLACEMENTS,
    BundleError,
    Replacement,
    adapt,
    build,
    check_version,
    expected_version,
    write,
)

GLUE = (PACKAGE / "pyodide.asm.mjs").read_text("utf-8")
WORKERD = b"\0V0_28_2: '0.28.2',\0V314_0_4: '314.0.4',\n V314_0_6: '314.0.6',\0"


def test_nothing_that_an_isolate_refuses_is_left() -> None:
    glue = adapt(GLUE)
    for refused in (r"new WebAssembly\.Module\(", r"WebAssembly\.instantiate\(", r"\bDate\.now\b"):
        assert re.search(refused, GLUE)
        assert not re.search(refused, glue)
    assert not re.search(r"(?<![\w.$])eval\(", glue)


def test_the_runtime_is_asked_instead() -> None:
    glue = adapt(GLUE)
    assert "getRandomValues(Module,view)" in glue
    assert "Module.getMemoryPatched(Module,libName,metadata.memorySize" in glue
    assert "patchedLoadLibData(Module,libName,flags.rpath)" in glue
    assert "export{_createPyodideModule}" in glue
    assert glue.startswith("import {")


@pytest.mark.parametrize("change", REPLACEMENTS, ids=lambda change: change.name)
def test_a_replacement_that_matches_nothing_is_refused_by_name(change: Replacement) -> None:
    without = re.sub(change.pattern, "", GLUE, flags=re.DOTALL)
    with pytest.raises(BundleError, match=f"'{change.name}' matched nothing"):
        adapt(without)


def test_the_newest_pyodide_in_the_binary_is_the_expected_one() -> None:
    assert expected_version(WORKERD) == "314.0.6"


def test_a_binary_without_python_is_refused() -> None:
    with pytest.raises(BundleError, match="names no Pyodide version"):
        expected_version(b"some other program")


def test_the_wrong_pyodide_is_refused_with_both_versions() -> None:
    check_version("314.0.6", "314.0.6")
    with pytest.raises(BundleError, match=r"Pyodide 314\.0\.7 .* expects 314\.0\.6: pin"):
        check_version("314.0.7", "314.0.6")


def test_build_checks_the_version_before_it_writes(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text(json.dumps({"version": "0.28.2"}))
    (tmp_path / "workerd").write_bytes(WORKERD)
    with pytest.raises(BundleError, match=r"Pyodide 0\.28\.2 is installed"):
        build(tmp_path / "workerd", tmp_path, tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_the_message_holds_the_three_modules(tmp_path: Path) -> None:
    write(PACKAGE, tmp_path / "bundle.bin")
    schema = capnp.load("wrangler/pyodide_bundle.capnp")
    with open(tmp_path / "bundle.bin", "rb") as file:
        bundle = schema.Bundle.read(file, traversal_limit_in_words=2**30)
    kinds = {m.name.split(":")[1]: str(m.which()) for m in bundle.modules}
    assert kinds == {
        "pyodide.asm": "src",
        "pyodide.asm.wasm": "wasm",
        "python_stdlib.zip": "data",
    }
    assert kinds == {
        "pyodide.asm": "src",
        "pyodide.asm.wasm": "wasm",
        "python_stdlib.zip": "data",
    }
    assert {str(m.type) for m in bundle.modules} == {"internal"}
    assert bundle.modules[1].wasm == (PACKAGE / "pyodide.asm.wasm").read_bytes()
