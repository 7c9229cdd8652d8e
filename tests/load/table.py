"""What the bench prints while it runs: one line for each round, then the goals."""

from collections.abc import Mapping
from typing import Any

COLUMNS = {
    "p50_ms": "p50 ms",
    "p95_ms": "p95 ms",
    "p99_ms": "p99 ms",
    "max_ms": "max ms",
    "deliveries_per_s": "deliv./s",
    "cpu_us_per_delivery": "CPU us/d",
    "kb_per_connection": "kB/conn.",
    "recovered_s": "back s",
    "lost": "lost",
    "doubled": "doubled",
    "disordered": "disord.",
    "generator_share": "gen. CPU",
}


def head() -> str:
    """Return the head of the table."""
    return f"{'':<17}" + " ".join(f"{name:>9}" for name in COLUMNS.values())


def line(scenario: str, side: str, result: Mapping[str, Any]) -> str:
    """Return one line of the table."""
    cells = [cell(result[name]) if name in result else f"{'–':>9}" for name in COLUMNS]
    return f"{scenario:<11}{side:<6}" + " ".join(cells)


def cell(value: float) -> str:
    """Return a figure in nine places."""
    return f"{value:>9,}" if isinstance(value, int) else f"{value:>9,.2f}"


def goals(judged: list[dict[str, Any]]) -> str:
    """Return a line for each goal."""
    lines = [
        f"{'met' if one['met'] else 'NOT MET':<8} {one['scenario']:<11}{one['goal']}:"
        f" {one['figure']:,.2f}"
        for one in judged
    ]
    return "\n".join(lines)
