"""Whatever people may write and the view language may say, for Hypothesis."""

from datetime import UTC, datetime

from hypothesis import reject
from hypothesis import strategies as st

from bot.chat.form import DateTime, Form, LongText, ManyOf, OneOf, Search, ShortText
from bot.chat.ids import Id
from bot.chat.limits import ALT, FACTS, LABEL, QUOTE, TITLE, TooLarge
from bot.chat.text import Link, Mention, Moment, Plain, Strong, plain
from bot.chat.view import (
    Button,
    Buttons,
    Confirm,
    Divider,
    Fact,
    Facts,
    File,
    Note,
    Option,
    Paragraph,
    Picture,
    Quote,
    Select,
    Style,
    View,
)
from tests.contracts.test_platform import HOSTILE

SIGNS = "<>&|*_~`:@#!^/\\[](){}\"'.\n \u200b\u2060\u202e\u200daA1é漢😀…"
MORE = [
    *HOSTILE,
    "see evil.example or ann@evil.example",
    ":sob: :+1:",
    "<!date^0^{date}^https://a.org|x>",
    "&gt; >> >>> x",
]
ZERO = [datetime(1, 1, 1, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)]

written = st.one_of(st.sampled_from(MORE), st.text(st.sampled_from(SIGNS), max_size=40), st.text(max_size=40))
"""What somebody may have typed."""
long = st.builds(lambda sign, length: sign * length, st.sampled_from('x"<&\n*😀'), st.integers(500, 2000))
actions = st.text("abc~:-19", min_size=1, max_size=90)
names = st.text("abcdefg", min_size=1, max_size=12)
moments = st.one_of(st.sampled_from(ZERO), st.datetimes(timezones=st.just(UTC)))


def most(length: int) -> st.SearchStrategy[str]:
    return st.one_of(written.map(lambda text: text[:length]), st.text(max_size=length))


spans = st.one_of(
    st.builds(Plain, written),
    st.builds(Strong, written),
    st.builds(Mention, st.integers(1, 3).map(Id), written),
    st.builds(Moment, moments),
    st.builds(Link, written, written.map(lambda text: "https://" + text)),
)
texts = st.lists(spans, max_size=6).map(tuple)
confirms = st.builds(Confirm, most(400), most(40), most(40))
buttons = st.builds(
    Button, most(LABEL).filter(str.strip), actions, st.sampled_from(Style), st.one_of(st.none(), confirms)
)
options = st.lists(st.builds(Option, most(18), most(LABEL)), max_size=25, unique_by=lambda one: one.value).map(tuple)
blocks = st.one_of(
    st.builds(Paragraph, texts),
    st.builds(Paragraph, long.map(plain)),
    st.builds(Note, texts),
    st.builds(Quote, most(QUOTE)),
    st.builds(Facts, st.lists(st.builds(Fact, most(LABEL), texts), max_size=FACTS).map(tuple)),
    st.builds(Buttons, st.lists(buttons, max_size=3).map(tuple)),
    st.builds(Select, most(LABEL), actions, options),
    st.builds(Picture, st.just(b"\x89PNG"), most(ALT).filter(str.strip)),
    st.builds(File, st.sampled_from(["my-data.json", "_~`&.csv", "@here #x.txt"]), st.binary(), st.just("text/plain")),
    st.just(Divider()),
)


@st.composite
def views(draw: st.DrawFn) -> View:
    """Any view, of few blocks or of many."""
    repeated = draw(st.sampled_from([1, 1, 1, 30]))
    few = draw(st.lists(blocks, max_size=8))
    try:
        return View(
            tuple(few + [one for one in few if not isinstance(one, Buttons | Select)] * (repeated - 1)),
            draw(most(TITLE)),
        )
    except TooLarge:
        reject()


fields = st.one_of(
    st.builds(ShortText, names, most(45), written, written, st.booleans(), st.integers(0, 5000)),
    st.builds(LongText, names, most(45), written, written, st.booleans(), st.integers(0, 5000)),
    st.builds(OneOf, names, most(45), options, most(18), written, st.booleans()),
    st.builds(ManyOf, names, most(45), options, st.lists(most(18), max_size=3).map(tuple), written, st.booleans()),
    st.builds(DateTime, names, most(45), st.one_of(st.none(), moments), written, st.booleans()),
)
forms = st.builds(
    Form, most(24), actions, st.lists(fields, max_size=5, unique_by=lambda one: one.name).map(tuple), written
)
searches = st.builds(Search, most(24), actions, most(LABEL), written, written)
