"""The page's own files: nothing writes HTML, nothing comes from elsewhere, every word stands in one place."""

import re
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from bot.chat import form, text, view

STATIC = files("adapters.local") / "static"
SCRIPTS = {one.name: one.read_text() for one in STATIC.iterdir() if one.name.endswith(".js")}
STYLES = {one.name: one.read_text() for one in STATIC.iterdir() if one.name.endswith(".css")}
PAGES = {one.name: one.read_text() for one in STATIC.iterdir() if one.name.endswith((".html", ".svg"))}

FORBIDDEN = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|setHTML|document\.write|createContextualFragment|DOMParser|srcdoc"
    r"|\beval\b|new Function|javascript:|import\(|setAttribute\('(on|style)|set(Timeout|Interval)\(\s*['\"`]"
)
PLANTED = [
    "a.innerHTML = b",
    "x.insertAdjacentHTML(y)",
    "eval(z)",
    "setTimeout('x()', 1)",
    "e.setAttribute('onclick', f)",
]


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_script_writes_html_or_runs_text(name: str) -> None:
    assert FORBIDDEN.findall(SCRIPTS[name]) == []


@pytest.mark.parametrize("planted", PLANTED)
def test_such_a_script_would_be_found(planted: str) -> None:
    assert FORBIDDEN.search(planted)


@pytest.mark.parametrize("name", SCRIPTS | STYLES | PAGES)
def test_nothing_comes_from_elsewhere_and_no_file_is_long(name: str) -> None:
    source = (SCRIPTS | STYLES | PAGES)[name]
    foreign = re.findall(r"(?:https?:)?//(?!www\.w3\.org/2000/svg)[a-z0-9-]+\.[a-z]{2,}", source)
    assert foreign == []
    assert "@import" not in source
    assert len(source.splitlines()) < 350


class _Inline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        if tag == "style" or (tag == "script" and "src" not in names):
            self.found.append(tag)
        self.found += [name for name in names if name == "style" or name.startswith("on")]


@pytest.mark.parametrize("name", [name for name in PAGES if name.endswith(".html")])
def test_no_page_holds_script_or_style_inline(name: str) -> None:
    parser = _Inline()
    parser.feed(PAGES[name])
    assert parser.found == []


@pytest.mark.parametrize("name", [name for name in SCRIPTS if name != "words.js"])
def test_the_words_of_the_space_stand_in_one_place(name: str) -> None:
    """A sentence is some words with spaces that begin with a capital letter."""
    code = re.sub(r"//.*", "", re.sub(r"/\*.*?\*/", "", SCRIPTS[name], flags=re.DOTALL))
    assert re.findall(r"['`][A-Z][a-z]+ [a-z][^'`]*['`]", code) == []


def test_the_browser_knows_every_block_span_and_field() -> None:
    for union, script in ((view.Block, "blocks.js"), (text.Span, "blocks.js"), (form.Field, "fields.js")):
        for kind in union.__args__:
            assert re.search(rf"^  {kind.__struct_config__.tag}[:(]", SCRIPTS[script], re.MULTILINE), kind


TOKEN = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
TOKENS = {name: schemes for name, *schemes in TOKEN.findall(STYLES["base.css"])}
READ = [
    *[(ink, ground) for ink in ("ink", "soft", "accent-deep") for ground in ("paper", "card", "rail", "tint")],
    ("on-accent", "accent"),
    ("on-accent", "accent-deep"),
    ("ink", "warm-tint"),
    ("danger", "card"),
    ("danger", "danger-tint"),
]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), READ)
def test_whatever_is_read_has_enough_contrast(ink: str, ground: str, scheme: int) -> None:
    """4.5 to 1 at least (WCAG 2.2, 1.4.3)."""
    dark, light = sorted(luminance(TOKENS[name][scheme]) for name in (ink, ground))
    assert (light + 0.05) / (dark + 0.05) >= 4.5
