"""Put together the Pyodide bundle that workerd would otherwise download.

It is made of the npm package `pyodide`. The glue code in it is adapted so that it asks the runtime
for what an isolate refuses to plain code: compiling WebAssembly, a moving clock, random bytes.
See docs/decisions/001-python-workers-without-the-internet.md.
"""

import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "node_modules" / "pyodide"
CACHE = ROOT / ".build" / "pyodide"
PREFIX = "pyodideRuntime-internal:"

PRELUDE = """import {
  addEventListener, getRandomValues, location, monotonicDateNow, newWasmModule,
  patchedLoadLibData, wasmInstantiate,
} from "pyodide-internal:builtin_wrappers";
function refuseEval() { throw new Error("eval is not available in a worker"); }
"""


class BundleError(Exception):
    """The bundle cannot be built; the text says why in one sentence."""


@dataclass(frozen=True)
class Replacement:
    """One change to the glue: every match of `pattern` becomes `text`."""

    name: str
    pattern: str
    text: str | Callable[[re.Match[str]], str]


LIB_DATA = """function loadLibData(){
const found=()=>patchedLoadLibData(Module,libName,flags.rpath);
return flags.loadAsync?Promise.resolve(found()):found()}function getExports("""

REPLACEMENTS = (
    Replacement("Module compilation", r"new WebAssembly\.Module\(", "newWasmModule("),
    Replacement("instantiation", r"WebAssembly\.instantiate\(", "wasmInstantiate("),
    Replacement("clock", r"\bDate\.now\b", "monotonicDateNow"),
    Replacement(
        "random bytes", r"\bcrypto\.getRandomValues\((\w+)\)", r"getRandomValues(Module,\1)"
    ),
    Replacement("eval", r"(?<![\w.$])eval\(", "refuseEval("),
    Replacement(
        "library loading",
        r"function loadLibData\(\)\{.*?\}function getExports\(",
        lambda _: LIB_DATA,
    ),
    Replacement(
        "library memory", r"(?<![\w.$])getMemory\(", "Module.getMemoryPatched(Module,libName,"
    ),
    Replacement(
        "named export",
        r"export default _createPyodideModule;",
        "export default _createPyodideModule;export{_createPyodideModule};",
    ),
)


def adapt(glue: str) -> str:
    """Return the glue code with every replacement made; refuse when one of them matches nothing."""
    for change in REPLACEMENTS:
        glue, count = re.subn(change.pattern, change.text, glue, flags=re.DOTALL)
        if count == 0:
            raise BundleError(
                f"The replacement '{change.name}' matched nothing in pyodide.asm.mjs:"
                " this Pyodide is not the one that wrangler/pyodide_bundle.py knows."
            )
    return PRELUDE + glue


def expected_version(workerd: bytes) -> str:
    """Return the newest Pyodide that a workerd binary names, such as `314.0.6`."""
    found = {
        tuple(map(int, m)) for m in re.findall(rb"V\d+_\d+_\d+: '(\d+)\.(\d+)\.(\d+)'", workerd)
    }
    if not found:
        raise BundleError(
            "The workerd binary names no Pyodide version: it is not one that runs Python."
        )
    return ".".join(map(str, max(found)))


def check_version(installed: str, expected: str) -> None:
    """Refuse a Pyodide package that this workerd was not built for."""
    if installed != expected:
        raise BundleError(
            f"Pyodide {installed} is installed but this workerd expects {expected}:"
            " pin that version of `pyodide` in package.json."
        )


def write(package: Path, target: Path) -> None:
    """Write the bundle made of the npm package's folder as one Cap'n Proto message."""
    import capnp

    schema = capnp.load(str(Path(__file__).with_suffix(".capnp")))
    bundle = schema.Bundle.new_message()
    glue, wasm, stdlib = bundle.init("modules", 3)
    glue.name = PREFIX + "pyodide.asm"
    glue.src = adapt((package / "pyodide.asm.mjs").read_text("utf-8")).encode()
    wasm.name = PREFIX + "pyodide.asm.wasm"
    wasm.wasm = (package / "pyodide.asm.wasm").read_bytes()
    stdlib.name = PREFIX + "python_stdlib.zip"
    stdlib.data = (package / "python_stdlib.zip").read_bytes()
    for module in (glue, wasm, stdlib):
        module.type = "internal"
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_suffix(".part")
    half.write_bytes(bundle.to_bytes())
    half.replace(target)


def build(workerd: Path, package: Path = PACKAGE, cache: Path = CACHE) -> Path:
    """Check the versions, write the bundle under the id `dev` and return its path."""
    installed = json.loads((package / "package.json").read_text("utf-8"))["version"]
    check_version(installed, expected_version(workerd.read_bytes()))
    target = cache / "pyodide_dev.capnp.bin"
    write(package, target)
    return target


if __name__ == "__main__":
    try:
        print(build(Path(sys.argv[1])))
    except BundleError as error:
        sys.exit(str(error))
