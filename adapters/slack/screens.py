"""Views in a modal: where somebody did something at a place that holds no messages, it is answered on the screen."""

from adapters.slack.forms import draw_ask
from adapters.slack.render import draw_view
from adapters.slack.text import Drawn, People, plain_text
from bot.chat.form import Form, Search
from bot.chat.limits import FORM_TITLE
from bot.chat.outbound import Reply
from bot.chat.text import one_line
from bot.chat.view import View

NAME = "HeadsUp"
CLOSE = "Close"


def draw_screen(reply: Reply, carried: str, people: People) -> Drawn | None:
    """What a reply puts on the screen: what it asks, or says; None where it does neither."""
    shown: Form | Search | View | None = reply.ask or reply.view or reply.replace
    if shown is None:
        return None
    return _modal(shown, carried, people) if isinstance(shown, View) else draw_ask(shown, carried)


def _modal(view: View, carried: str, people: People) -> Drawn:
    """Nothing to fill in; a title that is longer than a modal's stands whole above the rest."""
    whole = len(one_line(view.title)) <= FORM_TITLE
    return {
        "type": "modal",
        "private_metadata": carried,
        "title": plain_text(view.title if view.title and whole else NAME, FORM_TITLE),
        "close": plain_text(CLOSE, FORM_TITLE),
        "blocks": draw_view(View(view.blocks) if whole else view, people)["blocks"],
    }
