"""Two ways to do the same things in the space: a mouse, or keys alone. What is seen is read off `Someone`."""

import re
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Literal, Self

from playwright.async_api import Locator, Page, expect

from tests.browser.keyboard import Keys
from tests.browser.running import Someone

LONGEST_JUMP = 60_000
"""Milliseconds that a week of the network may take on a busy machine."""


class Hand(ABC):
    """Does what a person does, as whoever `me` is."""

    me: Someone

    def __init__(self, page: Page) -> None:
        self.page = page
        self.presses = 0
        self.clock = page.get_by_role("region", name="Time", exact=True)
        self.meanwhile = page.get_by_role("region", name="Meanwhile")
        self.people = page.get_by_role("navigation", name="People")

    async def join(self, name: str) -> Someone:
        """Come in as somebody new."""
        self.presses = 0
        await self.come_in(name)
        return await self._is_now(name)

    async def be(self, name: str, place: str = "HeadsUp") -> Someone:
        """Be that person, beside whoever one was, in that conversation."""
        await self.look_up(name)
        someone = await self._is_now(name)
        await self.go(place)
        return someone

    async def _is_now(self, name: str) -> Someone:
        self.me = Someone(self.page, name)
        await self.me.pane.wait_for()
        return self.me

    async def jump(self, way: str, until: str) -> None:
        """Let time pass; `until` is how the clock begins then."""
        await self.pass_time(way)
        await expect(self.clock.get_by_role("paragraph").first).to_contain_text(until, timeout=LONGEST_JUMP)
        await expect(self.clock.get_by_role("button", name="+1 day")).to_be_enabled(timeout=LONGEST_JUMP)
        await self.meanwhile.wait_for()

    @property
    def _open(self) -> Locator:
        """The form or question that is open, after what stands in the conversation."""
        return self.me.log.or_(self.page.locator("dialog[open]"))

    @abstractmethod
    async def come_in(self, name: str) -> None:
        """Join by that name."""

    @abstractmethod
    async def look_up(self, name: str) -> None:
        """Find that person in the list of people, and be them beside."""

    @abstractmethod
    async def pass_time(self, way: str) -> None:
        """Press that button of the clock bar."""

    @abstractmethod
    async def follow(self, line: str) -> None:
        """Go where that line of what happened meanwhile leads; it begins so."""

    @abstractmethod
    async def go(self, place: str) -> None:
        """To the conversation that is called so, or begins so."""

    @abstractmethod
    async def write(self, text: str) -> None:
        """Write it there; after a slash, a command."""

    @abstractmethod
    async def press(self, label: str) -> None:
        """Press that: in the form that is open, or the latest that is labelled so."""

    @abstractmethod
    async def fill(self, label: str, text: str) -> None:
        """Fill in a field of the form that is open."""

    @abstractmethod
    async def choose(self, label: str, option: str) -> None:
        """Choose one of a list."""

    @abstractmethod
    async def tick(self, label: str) -> None:
        """Tick one box of the form that is open."""

    @abstractmethod
    async def save(self, link: str) -> Path:
        """Save the file behind that link."""


class MouseHand(Hand):
    """Clicks; only names and words are typed."""

    async def come_in(self, name: str) -> None:
        box = self.page.get_by_role("textbox", name="Your name").last
        await box.fill(name)
        await box.locator("..").get_by_role("button", name="Come in").click()

    async def look_up(self, name: str) -> None:
        await self.people.get_by_role("searchbox", name="Find somebody").fill(name)
        await self.people.get_by_role("button", name=f"See {name} beside", exact=True).click()

    async def pass_time(self, way: str) -> None:
        await self.clock.get_by_role("button", name=way).click()

    async def follow(self, line: str) -> None:
        await self.meanwhile.get_by_role("button", name=re.compile(f"^{re.escape(line)}")).click()

    async def go(self, place: str) -> None:
        await self.me.go(place)
        await expect(self.me.box).to_be_focused()

    async def write(self, text: str) -> None:
        await self.me.box.fill(text)
        await self.me.pane.get_by_role("button", name="Send", exact=True).click()

    async def press(self, label: str) -> None:
        self.presses += 1
        await self._open.get_by_role("button", name=label, exact=True).last.click()

    async def fill(self, label: str, text: str) -> None:
        await self.me.dialog.get_by_label(label, exact=True).fill(text)

    async def choose(self, label: str, option: str) -> None:
        self.presses += 1
        await self._open.get_by_label(label, exact=True).last.select_option(label=option)

    async def tick(self, label: str) -> None:
        self.presses += 1
        await self.me.dialog.get_by_label(label, exact=True).check()

    async def save(self, link: str) -> Path:
        async with self.page.expect_download() as download:
            await self.me.log.get_by_role("link", name=link).click()
        return await (await download.value).path()


class KeyHand(Hand):
    """Nothing but keys. From where one writes, the latest message lies behind; from a button, what came of it ahead."""

    def __init__(self, page: Page, keys: Keys) -> None:
        super().__init__(page)
        self.keys = keys

    @classmethod
    async def at(cls, page: Page) -> Self:
        return cls(page, await Keys.at(page))

    async def come_in(self, name: str) -> None:
        await self.keys.tab_to("Your name", "textbox")
        await self.keys.type(name)
        await self.page.keyboard.press("Enter")
        await self._is_in(name)
        await self.keys.tab_to_beginning("Write to", "combobox")

    async def look_up(self, name: str) -> None:
        await self.keys.tab_to("Find somebody", "searchbox")
        await self.keys.type(name)
        await self.keys.tab_to(f"See {name} beside", "button")
        await self.keys.press()
        await self._is_in(name)

    async def pass_time(self, way: str) -> None:
        await self.keys.tab_to(way, "button")
        await self.keys.press()

    async def follow(self, line: str) -> None:
        await self.keys.tab_to_beginning(line, "button")
        await self.keys.press()

    async def go(self, place: str) -> None:
        await self.keys.tab_to_beginning(place, "button", back=await self._writes())
        await self.page.keyboard.press("Enter")
        await expect(self.me.box).to_be_focused()

    async def write(self, text: str) -> None:
        await self.keys.write(text)

    async def press(self, label: str) -> None:
        await self._to(label, "button")
        await self._press("Enter")

    async def fill(self, label: str, text: str) -> None:
        await self.keys.tab_to(label, "textbox")
        await self.keys.type(text)

    async def choose(self, label: str, option: str) -> None:
        await self._to(label, "combobox")
        self.presses += 1
        await self.keys.choose(option)

    async def tick(self, label: str) -> None:
        await self.keys.tab_to(label, "checkbox")
        await self._press("Space")

    async def save(self, link: str) -> Path:
        await self._to(link, "link")
        async with self.page.expect_download() as download:
            await self._press("Enter")
        return await (await download.value).path()

    async def _to(self, name: str, role: Literal["button", "combobox", "link"]) -> None:
        """Once it is there; and it is nobody else's who has one of that name beside."""
        mine = self._open.get_by_role(role, name=name, exact=True).last
        await mine.wait_for()
        await self.keys.tab_to(name, role, back=await self._writes())
        await expect(mine).to_be_focused()

    async def _writes(self) -> bool:
        """Whether the focus is where one writes."""
        return (await self.keys.here()).name.startswith("Write to")

    async def _press(self, key: str) -> None:
        self.presses += 1
        await self.keys.press(key)

    async def _is_in(self, name: str) -> None:
        """The focus has gone to that person's half of the page, and all is there."""
        await expect(self.page.get_by_role("region", name=f"You are {name}")).to_be_focused()
        await self.keys.keeps_the_focus()
