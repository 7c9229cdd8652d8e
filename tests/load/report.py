"""The generated part of docs/performance.md, out of what was measured and nothing else."""

from collections.abc import Mapping
from typing import Any

BEGIN, END = "<!-- measured -->", "<!-- /measured -->"

ROWS = {
    "connections": "open sockets",
    "sent": "messages sent",
    "deliveries": "deliveries",
    "deliveries_per_s": "deliveries a second",
    "switches": "switches",
    "p50_ms": "p50, ms",
    "p95_ms": "p95, ms",
    "p99_ms": "p99, ms",
    "max_ms": "maximum, ms",
    "recovered_s": "everybody recovered after, s",
    "not_back": "not back after two minutes",
    "failed_tries": "returns that failed at first",
    "cpu_us_per_delivery": "server CPU for a delivery, µs",
    "cpu_us_runtime": "of it the workers' runtime",
    "cpu_us_proxy": "of it the development proxy",
    "cpu_us_wrangler": "of it wrangler",
    "cpu_ms_per_switch": "server CPU for a switch, ms",
    "cpu_ms_per_message": "server CPU for a message and all that goes with it, ms",
    "server_cores": "cores that the server kept busy",
    "kb_per_connection": "memory for a connection, kB",
    "kb_per_connection_runtime": "of it in the workers' runtime",
    "kb_per_connection_proxy": "of it in the development proxy",
    "lost": "lost",
    "doubled": "doubled",
    "disordered": "out of order",
    "refused": "refused",
    "unanswered": "without an answer in a minute",
    "late_ms": "generator's latest post, ms after its moment",
    "generator_share": "generator's CPU, share of a core",
}
SIDES = {"ours": "ours", "bare": "bare room", "ratio": "ratio"}


def render(run: Mapping[str, Any]) -> str:
    """Return the Markdown of a run."""
    parts = [header(run), goals(run["goals"])]
    parts += [scenario(name, found, run["plots"]) for name, found in run["scenarios"].items()]
    parts.append("### To be known\n\n" + "\n".join(f"- {one}" for one in run["caveats"]))
    return "\n\n".join(parts) + "\n"


def put_in(document: str, generated: str) -> str:
    """Return a document with its generated part replaced."""
    before, rest = document.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{generated}\n{END}{after}"


def header(run: Mapping[str, Any]) -> str:
    """Return when, where and with what."""
    machine, versions = run["machine"], run["versions"]
    return (
        f"Measured {run['date']} at commit `{run['commit']}` with"
        f" {', '.join(f'{name} {version}' for name, version in versions.items())}.\n"
        f"Machine: {machine['processor']}, {machine['cores']} cores,"
        f" {machine['memory_gb']} GB, {machine['kernel']}."
    )


def goals(judged: list[dict[str, Any]]) -> str:
    """Return the table of goals."""
    lines = ["### Goals", "", "| scenario | goal | measured | met |", "|---|---|---|---|"]
    for one in judged:
        met = "yes" if one["met"] else "**no**"
        lines.append(f"| `{one['scenario']}` | {one['goal']} | {number(one['figure'])} | {met} |")
    return "\n".join(lines)


def scenario(name: str, found: Mapping[str, Any], plots: Mapping[str, str]) -> str:
    """Return the table of a scenario: medians over its rounds, and its picture."""
    middle = found["median"]
    sides = [side for side in ("ours", "bare") if side in middle]
    columns = [*sides, "ratio"] if "ratio" in found else sides
    rounds = len(found["rounds"][sides[0]])
    lines = [f"### {name}: {found['what']}", "", times(rounds), ""]
    lines += ["| | " + " | ".join(SIDES[one] for one in columns) + " |"]
    lines += ["|---" * (1 + len(columns)) + "|"]
    lines += [row(key, found, columns) for key in ROWS if any(key in middle[s] for s in sides)]
    lines += actions(found)
    if found.get("later"):
        lines += ["", f"Not in it yet, for a message posted: {', '.join(found['later'])}."]
    if name in plots:
        lines += ["", f"![{found['what']}]({plots[name]})"]
    return "\n".join(lines)


def times(rounds: int) -> str:
    """Return what the figures of so many rounds are."""
    return "One round." if rounds == 1 else f"Medians over {rounds} rounds, sides in turn."


def row(key: str, found: Mapping[str, Any], columns: list[str]) -> str:
    """Return one line of a scenario's table."""
    cells = [ROWS[key]]
    for column in columns:
        values = found["ratio"] if column == "ratio" else found["median"][column]
        cells.append(number(values[key]) if key in values else "")
    return f"| {' | '.join(cells)} |"


def actions(found: Mapping[str, Any]) -> list[str]:
    """Return the table of single actions, for a scenario that has them; of its first round."""
    first = next(iter(found["rounds"].values()))[0].get("actions")
    if not first:
        return []
    lines = ["", "| action | times | p50, ms | p95, ms | p99, ms | maximum, ms |"]
    lines.append("|---|---|---|---|---|---|")
    for what, took in first.items():
        cells = [number(took[key]) for key in ("count", "p50_ms", "p95_ms", "p99_ms", "max_ms")]
        lines.append(f"| {what} | {' | '.join(cells)} |")
    return lines


def number(value: float) -> str:
    """Return a figure with three digits that count, and thousands apart."""
    if value == int(value):
        return f"{int(value):,}"
    size = abs(value)
    return f"{value:,.0f}" if size >= 100 else f"{value:.1f}" if size >= 10 else f"{value:.2f}"
