"""What the long run measured, kept in docs/measured/reliability.json and told in
docs/reliability.md. A figure that was not measured is not written."""

import json
import os
import platform as machine
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from run.steps import ROOT
from tests.faults.playing import Verdict
from tests.faults.striking import MEASURES

MEASURED = ROOT / "docs" / "measured" / "reliability.json"
PAGE = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- measured -->", "<!-- /measured -->"
TOOLS = ("wrangler", "workerd", "pyodide")
NOT_YET = ("edits", "deletions", "reactions", "receipts", "unread counts")


def publish(verdicts: list[Verdict], no_disk: str | None) -> None:
    """Write both files."""
    found = measured(verdicts, no_disk)
    MEASURED.parent.mkdir(parents=True, exist_ok=True)
    MEASURED.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", "utf-8")
    PAGE.write_text(told_in(PAGE.read_text("utf-8"), found), "utf-8")


def measured(verdicts: list[Verdict], no_disk: str | None) -> dict[str, Any]:
    """Everything that is known of a run."""
    times = sum((verdict.times for verdict in verdicts), Counter[str]())
    effects = sum((verdict.effects for verdict in verdicts), Counter[str]())
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "versions": versions(),
        "machine": {"system": machine.system(), "processor": cpu(), "cores": os.cpu_count()},
        "first_seed": verdicts[0].seed,
        "histories": len(verdicts),
        "seconds": round(sum(verdict.seconds for verdict in verdicts)),
        "operations": sum(verdict.operations for verdict in verdicts),
        "acknowledged": sum(verdict.acknowledged for verdict in verdicts),
        "refused": sum(verdict.refused for verdict in verdicts),
        "unknown": sum(verdict.unknown for verdict in verdicts),
        "sockets": sum(verdict.sockets for verdict in verdicts),
        "stored_but_told_to_nobody_before_a_kill": sum(v.told_to_nobody for v in verdicts),
        "faults": {
            kind: {"times": times[kind], "effect": effects[kind], "measure": MEASURES[kind]}
            for kind in sorted(times)
        },
        "not_possible_here": {"full_disk": no_disk} if no_disk else {},
        "histories_with_every_promise_kept": sum(not v.broken for v in verdicts),
        "histories_in_which_each_fault_hit_something": sum(not v.toothless for v in verdicts),
        "broken": [f"seed {v.seed}: {broken}" for v in verdicts for broken in v.broken],
        "without_effect": [f"seed {v.seed}: {kind}" for v in verdicts for kind in v.toothless],
        "not_checked_yet": list(NOT_YET),
    }


def versions() -> dict[str, str]:
    """Of the tools that ran it, by the lock file."""
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    found = {tool: lock.get(f"node_modules/{tool}", {}).get("version") for tool in TOOLS}
    return {tool: version for tool, version in found.items() if version}


def cpu() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.is_file() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else machine.machine()


def told_in(page: str, found: dict[str, Any]) -> str:
    """The page with its measured part made anew; what people wrote around it stays."""
    before, rest = page.split(BEGIN)
    return f"{before}{BEGIN}\n{told(found)}{END}{rest.split(END)[1]}"


def told(found: dict[str, Any]) -> str:
    """The measured part."""
    wrong = [f"- {words}" for words in found["broken"]]
    wrong += [f"- without any effect: {words}" for words in found["without_effect"]]
    wrong += [
        f"- not possible there: `{k}`, {why}" for k, why in found["not_possible_here"].items()
    ]
    lines = [*_numbers(found), "", *_table(found), ""]
    lines += ["What was not well:", "", *wrong, ""] if wrong else []
    lines += [f"Not checked, since they are not there yet: {', '.join(found['not_checked_yet'])}."]
    return "\n".join(lines) + "\n"


def _numbers(found: dict[str, Any]) -> list[str]:
    tools = ", ".join(f"{tool} {version}" for tool, version in found["versions"].items())
    place, untold = found["machine"], found["stored_but_told_to_nobody_before_a_kill"]
    good, every = found["histories_with_every_promise_kept"], found["histories"]
    hit = found["histories_in_which_each_fault_hit_something"]
    machine_words = f"{place['system']} on {place['cores']} cores ({place['processor']})"
    return [
        f"{found['date']}, {machine_words}; {tools}.",
        "",
        f"{every} histories from seed {found['first_seed']} on, {found['seconds']} s,"
        f" {found['operations']} operations: {found['acknowledged']} acknowledged,"
        f" {found['refused']} refused, {found['unknown']} unknown since the line broke;"
        f" {found['sockets']} sockets came and went.",
        f"{untold} messages were stored before a `kill -9` and told by no socket from before it.",
        "",
        f"**{good} of {every} histories kept every promise.** In {hit} of them each fault hit"
        " something.",
    ]


def _table(found: dict[str, Any]) -> list[str]:
    rows = [
        f"| `{kind}` | {one['times']} | {one['effect']} {one['measure']} |"
        for kind, one in found["faults"].items()
    ]
    return ["| fault | times | what it did |", "|---|---|---|", *rows]
