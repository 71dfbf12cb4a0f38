"""The fixtures of conftest: what they promise, that nothing of them remains, and that CI lets no skip pass."""

import asyncio
from pathlib import Path

import asyncpg
import pytest
from playwright.async_api import Browser

from tests.postgres import execute, fresh_database, running_postgres

pytest_plugins = ("pytester",)


async def test_every_test_gets_an_empty_database_of_its_own(fresh_postgres: str) -> None:
    connection = await asyncpg.connect(fresh_postgres.replace("+asyncpg", ""))
    try:
        assert await connection.fetchval("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == 0
        assert int(await connection.fetchval("SHOW server_version_num")) >= 17_00_00
    finally:
        await connection.close()


def test_a_fresh_database_is_dropped_whoever_still_holds_it(postgres_url: str) -> None:
    async def hold_while_it_goes() -> str:
        with fresh_database(postgres_url) as url:
            holder = await asyncpg.connect(url.replace("+asyncpg", ""))
        holder.terminate()
        return url

    gone = asyncio.run(hold_while_it_goes())
    with pytest.raises(asyncpg.InvalidCatalogNameError):
        asyncio.run(execute(gone, "SELECT 1"))


def test_nothing_remains_of_a_server(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.delenv("HEADSUP_TEST_PG_URL", raising=False)
    with running_postgres() as url:
        asyncio.run(execute(url, "CREATE TABLE heads (name text)"))
    with pytest.raises(ConnectionRefusedError):
        asyncio.run(execute(url, "SELECT 1"))


async def test_the_browser_draws_a_page(browser: Browser) -> None:
    page = await browser.new_page()
    await page.set_content("<h1>Good morning</h1>")
    assert await page.get_by_role("heading").inner_text() == "Good morning"


SKIPPING = """
    import pytest

    def test_that_runs_away():
        pytest.skip("no luck today")

    @pytest.mark.may_skip("tests the rule")
    def test_that_may():
        pytest.skip("as announced")
"""


@pytest.mark.parametrize(("ci", "failed", "skipped"), [("true", 1, 1), ("", 0, 2)])
def test_a_skip_is_a_failure_in_ci(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, ci: str, failed: int, skipped: int
) -> None:
    here = Path(__file__).parent
    monkeypatch.setenv("CI", ci)
    monkeypatch.setenv("PYTHONPATH", str(here.parent))
    pytester.makeconftest((here / "conftest.py").read_text())
    pytester.makeini("[pytest]\nmarkers =\n    may_skip: x\n    drill: x\nasyncio_mode = auto")
    pytester.makepyfile(SKIPPING)
    told = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    told.assert_outcomes(failed=failed, skipped=skipped)
    assert ("A skipped test proves nothing, and this is CI. Skipped: no luck today" in told.stdout.str()) == bool(ci)


def test_a_module_that_skips_itself_is_a_failure_in_ci(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Path(__file__).parent
    monkeypatch.setenv("CI", "true")
    monkeypatch.setenv("PYTHONPATH", str(here.parent))
    pytester.makeconftest((here / "conftest.py").read_text())
    pytester.makepyfile("import pytest\npytest.importorskip('no_such_thing')\ndef test_it(): assert True")
    assert pytester.runpytest_subprocess("-p", "no:cacheprovider").ret != 0
