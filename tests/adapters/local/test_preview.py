"""The page of samples holds everything itself, and cannot be broken out of."""

import json
import re

import pytest

from adapters.local.alone import stand_alone
from adapters.local.preview import draw_preview
from bot.chat.form import Form, Search, ShortText
from bot.chat.text import plain
from bot.chat.view import File, Paragraph, Picture, View
from bot.core.feature import Sample

EVIL = "</script><script>alert(1)</script><!--"
HELD = View((Picture(b"\x89PNG", "a chart"), File("mine.json", b"{}", "application/json")))
SAMPLES = (
    Sample("Evil", View((Paragraph(plain(EVIL)),), "A title")),
    Sample("Held", HELD),
    Sample("A form", Form("A form", "save~1", (ShortText("name", "Name"),), "Save"), {"name": "Please give a name."}),
    Sample("A search", Search("A search", "find~1", "Name", "Find")),
)


def shown(page: str) -> list[dict[str, object]]:
    """What the page's script finds."""
    data = re.findall(r'<script type="application/json" id="shown">(.*?)</script>', page, re.DOTALL)
    assert len(data) == 1
    room: list[dict[str, object]] = json.loads(data[0])["rooms"][0]["samples"]
    return room


def test_what_is_shown_comes_through_whole_and_ends_no_script() -> None:
    page = draw_preview({"a room": SAMPLES})
    assert page.count("<script") == page.count("</script>") == 2
    evil, _, form, search = shown(page)
    assert EVIL in str(evil["words"])
    assert (evil["is"], form["is"], search["is"]) == ("message", "form", "search")
    assert form["errors"] == {"name": "Please give a name."}
    assert evil["id"] == "a-room-evil"


def test_pictures_and_files_are_in_the_page() -> None:
    held = json.dumps(shown(draw_preview({"a room": SAMPLES}))[1])
    assert '"data:image/png;base64,iVBORw=="' in held
    assert '"data:application/json;base64,e30="' in held


def test_the_page_fetches_nothing_and_says_so() -> None:
    page = draw_preview({})
    assert re.findall(r"(?:src|href)=\"(?!data:|https://)[^\"]*\"", page) == []
    policy = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    assert len(policy) == 1
    assert "default-src 'none'" in policy[0]
    assert "unsafe" not in policy[0]
    assert page.index("Content-Security-Policy") < page.index("<style>") < page.index("<script")


def test_there_is_no_page_of_another_name() -> None:
    with pytest.raises(FileNotFoundError):
        stand_alone("elsewhere.html", {})
