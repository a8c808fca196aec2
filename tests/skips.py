"""A plug-in of pytest: lists every skip and fails on those that allowed_skips.toml does not allow."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ALLOWED_SKIPS = Path(__file__).with_name("allowed_skips.toml")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-allowed-skips",
        action="store_true",
        help="fail when a test is skipped for a reason that tests/allowed_skips.toml does not allow",
    )


def pytest_configure(config: pytest.Config) -> None:
    # The worker processes of xdist report to the main one, which keeps the list.
    config.pluginmanager.register(SkipList(config), "skip-list")


class SkipList:
    """Counts the reasons of skips, also of whole files skipped in xdist's workers."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.is_worker = hasattr(config, "workerinput")
        self.reasons: Counter[str] = Counter()
        self.files: set[tuple[str, str]] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and not hasattr(report, "wasxfail"):
            self.reasons[_reason_of(report)] += 1

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self.files.add((report.nodeid, _reason_of(report)))

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:
        # xdist itself drops the skips of whole files. Every worker collects everything, hence a set.
        self.files |= {
            (nodeid, reason) for nodeid, reason in getattr(node, "workeroutput", {}).get("skipped_files", [])
        }

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        if self.is_worker:
            self.config.workeroutput["skipped_files"] = sorted(self.files)  # type: ignore[attr-defined]
        elif exitstatus == pytest.ExitCode.OK and self.forbidden():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.is_worker or not self.counted():
            return
        forbidden = self.forbidden()
        terminalreporter.section("what was skipped")
        for reason, count in sorted(self.counted().items()):
            verdict = "NOT ALLOWED" if reason in forbidden else "allowed" if allowance_for(reason) else "not listed"
            terminalreporter.write_line(f"{count:4d}  {verdict:11s}  {reason}")
        if forbidden:
            terminalreporter.write_line(f"FAILED: list the reason in {ALLOWED_SKIPS.name}, or provide what is absent")

    def counted(self) -> Counter[str]:
        """How often each reason was given."""
        return self.reasons + Counter(reason for _, reason in self.files)

    def forbidden(self) -> list[str]:
        """The reasons that make this run a failure."""
        if not self.config.getoption("--only-allowed-skips"):
            return []
        return [reason for reason in self.counted() if allowance_for(reason) is None]


def allowance_for(reason: str) -> str | None:
    """Why a skip for this reason is in order; None when it is not."""
    for entry in tomllib.loads(ALLOWED_SKIPS.read_text(encoding="utf-8"))["skip"]:
        if re.search(entry["reason"], reason):
            return str(entry["why"])
    return None


def _reason_of(report: pytest.TestReport | pytest.CollectReport) -> str:
    detail = report.longrepr
    text = detail[2] if isinstance(detail, tuple) else str(detail)
    return " ".join(text.removeprefix("Skipped: ").split())
