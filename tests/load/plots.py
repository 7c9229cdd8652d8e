"""Pictures of a run, as SVG in the product's colours. matplotlib is there only for --publish."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

PAPER, INK, MUTED, LINE = "#ffffff", "#1b222b", "#5c646f", "#dfe1e5"
COLOURS = {"ours": "#01729f", "bare": "#8d5d1c"}
NAMES = {"ours": "the platform", "bare": "the bare room"}
WAITS = {
    "switch": "milliseconds until what was missed is there",
    "thundering": "milliseconds from coming back to all that was missed",
}
LIVE = "milliseconds from send to receiver"
Draw = Callable[[Any, Mapping[str, Any]], None]


def draw_all(scenarios: Mapping[str, Any], folder: Path) -> dict[str, str]:
    """Draw what was measured; return each picture's path from docs/, by scenario."""
    import matplotlib  # type: ignore[import-not-found]

    matplotlib.use("svg")
    matplotlib.rcParams |= {"svg.fonttype": "none", "svg.hashsalt": "vegvisr", "font.size": 10}
    matplotlib.rcParams |= {"font.family": "sans-serif", "text.color": INK}
    folder.mkdir(parents=True, exist_ok=True)
    made = {}
    for name, found in scenarios.items():
        draw = chosen(name, found)
        if draw is not None:
            save(draw, found, folder / f"{name}.svg")
            made[name] = f"images/performance/{name}.svg"
    return made


def chosen(name: str, found: Mapping[str, Any]) -> Draw | None:
    """Return the drawing that shows a scenario best; None when it has nothing to draw."""
    first = next(iter(found["rounds"].values()))[0]
    if name == "burst":
        return deliveries
    if "memory_curve" in first and name == "many":
        return memory
    return partial(latencies, wait=WAITS.get(name, LIVE)) if "curve" in first else None


def save(draw: Draw, found: Mapping[str, Any], file: Path) -> None:
    """Draw one picture into a file. It has no date, so the same run gives the same bytes."""
    from matplotlib.figure import Figure  # type: ignore[import-not-found]

    picture = Figure(figsize=(7.2, 3.6), facecolor=PAPER, layout="constrained")
    axes = picture.add_subplot(facecolor=PAPER)
    draw(axes, found)
    axes.grid(color=LINE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(colors=MUTED)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["bottom", "left"]].set_color(MUTED)
    axes.legend(frameon=False)
    picture.savefig(file, format="svg", metadata={"Date": None})


def each(found: Mapping[str, Any], what: str) -> list[tuple[str, str, list[Any]]]:
    """Return colour, label and list of every round; only a side's first round is labelled."""
    return [
        (COLOURS[side], NAMES[side] if number == 0 else "", one[what])
        for side, rounds in found["rounds"].items()
        for number, one in enumerate(rounds)
        if what in one
    ]


def latencies(axes: Any, found: Mapping[str, Any], wait: str) -> None:
    """Draw how many came within how many milliseconds of a wait; a line is a round."""
    for colour, label, curve in each(found, "curve"):
        axes.plot([ms for _, ms in curve], [share for share, _ in curve], color=colour, label=label)
    axes.set_xscale("log")
    axes.set_xlabel(wait, color=INK)
    axes.set_ylabel("per cent of all", color=INK)
    axes.xaxis.set_major_formatter("{x:g}")
    axes.set_ylim(0, 100.5)


def deliveries(axes: Any, found: Mapping[str, Any]) -> None:
    """Draw deliveries so far over time; a line is a round."""
    for colour, label, counts in each(found, "timeline"):
        so_far = [sum(counts[:place]) for place in range(len(counts) + 1)]
        seconds = [place * 0.02 for place in range(len(counts) + 1)]
        axes.plot(seconds, so_far, color=colour, label=label)
    axes.set_xlabel("seconds since the first message", color=INK)
    axes.set_ylabel("deliveries so far", color=INK)
    axes.yaxis.set_major_formatter("{x:,.0f}")


def memory(axes: Any, found: Mapping[str, Any]) -> None:
    """Draw the memory that sockets take, over their number."""
    for colour, label, points in each(found, "memory_curve"):
        axes.plot([n for n, _ in points], [mb for _, mb in points], color=colour, label=label)
    axes.set_xlabel("open sockets", color=INK)
    axes.set_ylabel("MB more than before", color=INK)
    axes.xaxis.set_major_formatter("{x:,.0f}")
