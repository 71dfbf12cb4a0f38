"""Somebody who has only keys: what they want is found by walking the focus, and everything is done where the focus is.

    keys = await Keys.at(page)
    await keys.tab_to("Let’s start")
    await keys.press()
    await keys.tab_to("Your role")
    await keys.choose("Coach or associate")

Every stop on the way must be seen, and have a name; a press that loses the focus fails.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from playwright.async_api import CDPSession, Page

MOST_STOPS = 400
"""More than the busiest page has: sixty people with two buttons each, and what surrounds them."""
_SEEN = """() => {
  const here = document.activeElement, style = getComputedStyle(here), box = here.getBoundingClientRect();
  const inside = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
  if (here === document.body) return '';
  if (!box.width || !box.height || !inside) return 'is out of sight';
  if (!here.matches(':focus-visible')) return 'does not show that it has the focus';
  return style.outlineStyle === 'none' || style.outlineWidth === '0px' ? 'has no ring around it' : '';
}"""
_CHOSEN = "() => document.activeElement.selectedOptions?.[0]?.label"
_INTO_VIEW = "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"


@dataclass(frozen=True)
class Stop:
    """Where the focus is, as a screen reader says it."""

    role: str
    name: str
    description: str = ""


NOWHERE = Stop("", "")


class Keys:
    """A keyboard before a page. `presses` counts as VOICE.md does: what is decided, not the way there."""

    def __init__(self, page: Page, session: CDPSession) -> None:
        self.page, self._session = page, session
        self.presses = 0

    @classmethod
    async def at(cls, page: Page) -> Self:
        """The keyboard of that page."""
        return cls(page, await page.context.new_cdp_session(page))

    async def here(self) -> Stop:
        """Where the focus is."""
        if await self.page.evaluate("() => document.activeElement === document.body"):
            return NOWHERE
        found = await self._session.send("Runtime.evaluate", {"expression": "document.activeElement"})
        asked = {"objectId": found["result"]["objectId"], "fetchRelatives": False}
        node: dict[str, Any] = (await self._session.send("Accessibility.getPartialAXTree", asked))["nodes"][0]
        role, name, more = (str(node.get(key, {}).get("value", "")) for key in ("role", "name", "description"))
        return Stop(role, " ".join(name.split()), more)

    async def step(self, back: bool = False) -> Stop:
        """One stop on. Fails where it has no name, or cannot be seen."""
        await self.page.keyboard.press("Shift+Tab" if back else "Tab")
        await self.page.evaluate(_INTO_VIEW)
        stop, wrong = await self.here(), await self.page.evaluate(_SEEN)
        assert not wrong, f"{stop} {wrong}"
        assert stop == NOWHERE or stop.name, f"{stop} has no name"
        return stop

    async def tab_to(self, name: str, role: str = "", *, back: bool = False) -> Stop:
        """Walk on until something of that name has the focus; it may have it already."""
        return await self._walk(lambda stop: stop.name == name and role in ("", stop.role), f"{name} {role}", back)

    async def tab_to_beginning(self, name: str, role: str = "", *, back: bool = False) -> Stop:
        """The same, where only the beginning of the name is known."""
        return await self._walk(
            lambda stop: stop.name.startswith(name) and role in ("", stop.role), f"{name}… {role}", back
        )

    async def _walk(self, fits: Callable[[Stop], bool], what: str, back: bool) -> Stop:
        stop, passed = await self.here(), []
        while not fits(stop):
            passed.append(stop)
            assert len(passed) < MOST_STOPS, f"no key leads to {what.strip()}; passed {passed}"
            stop = await self.step(back)
        return stop

    async def press(self, key: str = "Enter") -> None:
        """What has the focus is pressed. The focus may move, but is not lost."""
        self.presses += 1
        await self.page.keyboard.press(key)
        await self.keeps_the_focus()

    async def keeps_the_focus(self) -> None:
        """Something has the focus, once the page has come to rest; fails where nothing has."""
        await self.page.wait_for_function("() => !document.querySelector('[aria-disabled=true], [aria-busy=true]')")
        await self.page.evaluate(_INTO_VIEW)
        assert await self.here() != NOWHERE, "the focus is lost"

    async def tick(self, label: str) -> None:
        """Tick something of that name."""
        await self.tab_to(label, "checkbox")
        await self.press("Space")

    async def choose(self, option: str) -> None:
        """Choose one of what has the focus: a list, or buttons of which one is on."""
        self.presses += 1
        is_list = await self.page.evaluate("() => document.activeElement.tagName === 'SELECT'")
        seen: list[str] = []
        while (chosen := await self.page.evaluate(_CHOSEN) if is_list else (await self.here()).name) != option:
            assert chosen not in seen, f"there is no {option} among {seen}"
            seen.append(chosen)
            await self.page.keyboard.press("ArrowDown")

    async def type(self, text: str) -> None:
        """Write where the focus is, in place of what stands there."""
        await self.page.keyboard.press("Control+A")
        await self.page.keyboard.type(text)

    async def open(self, place: str) -> None:
        """Go to a conversation."""
        await self.tab_to_beginning(place, "button", back=True)
        await self.page.keyboard.press("Enter")
        await self.tab_to_beginning("Write to", "combobox")

    async def write(self, text: str) -> None:
        """Write in the conversation that is open; after a slash, a command."""
        await self.tab_to_beginning("Write to", "combobox")
        await self.type(text)
        await self.page.keyboard.press("Enter")
        await self.keeps_the_focus()

    async def escape(self) -> None:
        """Away from here, to where one was."""
        await self.page.keyboard.press("Escape")
        await self.keeps_the_focus()
