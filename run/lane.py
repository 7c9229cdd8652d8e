"""A pytest plugin for a lane of npm test: it writes each report to stdout as a line of JSON.

What pytest and the tests print goes to stderr, so that nothing comes between (run/lanes.py reads).
"""

import json
import os

import pytest

REPORTS = os.fdopen(os.dup(1), "w", encoding="utf-8")  # before pytest takes stdout for its tests
os.dup2(2, 1)


def write(line: object) -> None:
    """Write a line for the run that started us."""
    REPORTS.write(json.dumps(line) + "\n")
    REPORTS.flush()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Tell how many tests there are."""
    write(len(session.items))


class Told:
    """Tells of each test."""

    def __init__(self, config: pytest.Config):
        self.config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Tell of a part of a test."""
        self.tell(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Tell of a file that cannot be collected."""
        if report.failed:
            self.tell(report)

    def tell(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        """Tell of one report as pytest writes it."""
        write(self.config.hook.pytest_report_to_serializable(config=self.config, report=report))


def pytest_configure(config: pytest.Config) -> None:
    """Listen."""
    config.pluginmanager.register(Told(config))
