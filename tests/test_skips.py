"""The list of skips: what it allows, what it fails on, and that no file skipped in a worker is lost."""

from __future__ import annotations

import pytest

from tests.skips import allowance_for

pytest_plugins = ["pytester"]

SUITE = """
import pytest

def test_runs():
    pass

@pytest.mark.skip(reason="{reason}")
def test_is_skipped():
    pass
"""


def run(pytester: pytest.Pytester, *args: str) -> pytest.RunResult:
    return pytester.runpytest_subprocess("-p", "tests.skips", "-p", "no:cacheprovider", *args)


def test_a_skip_without_a_listed_reason_fails_the_run(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(SUITE.format(reason="the moon was full"))
    result = run(pytester, "--only-allowed-skips")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*NOT ALLOWED*the moon was full"])


def test_a_listed_reason_is_shown_and_passes(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(SUITE.format(reason="only on macOS"))
    result = run(pytester, "--only-allowed-skips")
    assert result.ret == pytest.ExitCode.OK
    result.stdout.fnmatch_lines(["*allowed*only on macOS"])


def test_without_the_option_any_skip_is_listed_and_passes(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(SUITE.format(reason="the moon was full"))
    result = run(pytester)
    assert result.ret == pytest.ExitCode.OK
    result.stdout.fnmatch_lines(["*not listed*the moon was full"])


def test_a_file_skipped_as_a_whole_is_counted_once_with_two_workers(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        test_whole="import pytest\npytest.skip('no such thing here', allow_module_level=True)",
        test_other="def test_runs():\n    pass",
    )
    result = run(pytester, "--only-allowed-skips", "-n", "2")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["   1  NOT ALLOWED*no such thing here"])


def test_an_unlisted_reason_has_no_allowance() -> None:
    assert allowance_for("the moon was full") is None
    assert allowance_for("only on Windows") is not None
