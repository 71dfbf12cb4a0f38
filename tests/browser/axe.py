"""What axe-core finds in a page: rules for people who see, hear or use a keyboard differently.

assert await violations(page) == []
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from playwright.async_api import Page

WORST = frozenset({"serious", "critical"})
_RUN = "() => axe.run(document, {resultTypes: ['violations']})"


@cache
def _source() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


async def violations(page: Page) -> list[str]:
    """What is serious or critical in the page as it stands, a line for each place: the rule, what it says, where.

    It is said to the page by the debugger, not written into it: no policy of the page is loosened for it."""
    await page.evaluate(f"() => {{ if (!globalThis.axe) {{ {_source()} }} }}")
    found: dict[str, Any] = await page.evaluate(_RUN)
    return [line for violation in found["violations"] if violation["impact"] in WORST for line in _lines(violation)]


def _lines(violation: dict[str, Any]) -> Iterator[str]:
    for node in violation["nodes"]:
        where = " ".join(map(str, node["target"]))
        said = " ".join(node["failureSummary"].split())
        yield f"{violation['impact']}: {violation['id']}: {where}: {said}: {node['html'][:200]}"
