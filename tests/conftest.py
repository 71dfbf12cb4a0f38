"""What every test may ask for, and the rule that in CI a skipped test is a failed one."""

import gc
import os
import shutil
import subprocess
import threading
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.async_api import Browser, async_playwright

from storage.process import YOUNG_OBJECTS
from tests.postgres import fresh_database, running_postgres

DRILL = bool(os.environ.get("HEADSUP_DRILL"))
CI = bool(os.environ.get("CI"))

settings.register_profile("small", max_examples=50, deadline=None, derandomize=CI)
settings.register_profile("drill", max_examples=5_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("drill" if DRILL else "small")

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW_TO_GET_A_BROWSER = "no browser here: sudo apt-get install chromium (or set HEADSUP_TEST_BROWSER)"
BROWSER_FLAGS = (
    "--headless",
    "--no-sandbox",  # neither root nor a container can have one, and only our own pages are shown
    "--remote-debugging-port=0",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


LONG = ("tests/browser", "tests/simulate", "tests/world", "tests/door", "tests/pulse")
"""Folders whose files take longest. They go first: several workers then end at about the same time."""


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    with running_postgres() as url:
        yield url


@pytest.fixture
def fresh_postgres(postgres_url: str) -> Iterator[str]:
    with fresh_database(postgres_url) as url:
        yield url


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One for the whole run, by its address: starting it costs more than most tests."""
    program = os.environ.get("HEADSUP_TEST_BROWSER") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip(HOW_TO_GET_A_BROWSER)
    profile = f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"
    command = [program, *BROWSER_FLAGS, profile, "about:blank"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        listening = (line.partition("DevTools listening on ")[2].strip() for line in process.stderr)
        address = next(filter(None, listening))
        threading.Thread(target=process.stderr.read, daemon=True).start()  # a full pipe would stop it
        yield address
        process.terminate()


@pytest.fixture
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """The browser, from the loop of the test that uses it; what the test opened is closed behind it."""
    async with async_playwright() as playwright:
        connected = await playwright.chromium.connect_over_cdp(chromium)
        yield connected
        await connected.close()


@pytest.fixture
def shared_folder() -> Path:
    """What lies beside the project on a machine of its makers; a test that asks for it is skipped elsewhere."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("needs the folder ../shared, which is no part of the project")
    return folder


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long files first; within a file nothing changes its place. What only drills do is left out elsewhere."""
    rank = {folder: place for place, folder in enumerate(LONG)}
    items.sort(key=lambda one: rank.get("/".join(one.path.relative_to(config.rootpath).parts[:2]), len(LONG)))
    if DRILL:
        return
    config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("drill")])
    items[:] = [item for item in items if not item.get_closest_marker("drill")]


def pytest_collection_finish() -> None:
    """What was collected stays to the end: looking for circles in it, again and again, took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, 20, 20)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if not (item.get_closest_marker("may_skip") or "shared_folder" in getattr(item, "fixturenames", ())):
        refuse_skip_in_ci(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    refuse_skip_in_ci(report)
    return report


def refuse_skip_in_ci(report: pytest.TestReport | pytest.CollectReport) -> None:
    if CI and report.skipped and not hasattr(report, "wasxfail"):
        why = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"A skipped test proves nothing, and this is CI. {why}"
