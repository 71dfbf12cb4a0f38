"""The way from a yes into one's own calendar, as it is pressed."""

from bot.chat.view import File, View
from tests.calendars.test_calendars import Fetching, fetching

__all__ = ["fetching"]


async def test_under_a_yes_stands_the_way_into_ones_calendar(fetching: Fetching) -> None:
    tom = fetching.tom
    await tom.use("events")
    await tom.press("Yes to Saturday coffee")
    await tom.press("Add to my calendar")
    views = [one.view for one in fetching.world.said(tom.account) if isinstance(one.view, View)]
    assert [block.name for view in views for block in view.blocks if isinstance(block, File)] == ["saturday-coffee.ics"]


async def test_a_no_has_none(fetching: Fetching) -> None:
    await fetching.tom.use("events")
    await fetching.tom.press("No to Saturday coffee")
    assert "Add to my calendar" not in fetching.tom.says


async def test_ones_own_page_leads_there(fetching: Fetching) -> None:
    await fetching.gwen.use("events")
    await fetching.gwen.press("My events")
    await fetching.gwen.press("My calendar")
    assert "I can give you an address" in fetching.gwen.says
