"""My data: all that is held about somebody, as a file in their own direct messages, and taken away after a day.

Both letters go to the account that asked, and to no other of theirs; neither a pause nor leaving stops the second.
"""

import json
from datetime import datetime, timedelta

from bot.chat.address import Account, Guest
from bot.chat.ids import Id, show
from bot.chat.outbound import Reply
from bot.chat.view import Buttons, Confirm, File, Note, Paragraph, Style, View, button
from bot.core.feature import Call
from bot.core.outbox import Kind, Letter
from bot.core.work import Work
from bot.members.actions import SendData
from bot.members.newness import no_new_account
from bot.members.store import PRIVACY
from bot.members.views import words

KEPT = timedelta(hours=24)
"""How long the file stays in the direct messages."""
_AGAIN_AFTER = timedelta(minutes=10)
_NAME = "headsup-my-data.json"


def data(work: Work, call: Call) -> Reply:
    """The command: what will be sent, who can see it there, and for how long."""
    no_new_account(work, call)
    return Reply(view=data_view() if call.member is not None else nothing_held())


def send(work: Work, call: Call, action: SendData) -> Reply:
    """The file is on its way; asked for again within minutes, it is not sent twice."""
    no_new_account(work, call)
    if call.member is None:
        return Reply(view=nothing_held())
    if not _sent_lately(work, call.who):
        held = work.use(PRIVACY).export(call.member)
        work.post(*letters(call.who, held, work.new_id(), work.at))
    return Reply(view=on_its_way())


def letters(account: Account, held: object, id: Id, at: datetime) -> tuple[Letter, Letter]:
    """The file, and what takes it away again. Their keys name nobody."""
    key, to = f"data:{show(id)}", Guest(account)
    gone = Letter(f"data-gone:{show(id)}", to, View(()), Kind.REMOVAL, due_at=at + KEPT, instead_of=key)
    return Letter(key, to, file_view(held), Kind.ANSWER, due_at=at, until=at + _AGAIN_AFTER), gone


def data_view() -> View:
    """What is asked before anything is sent."""
    sure = Confirm(words.line("data-question"), words.line("data-yes"), words.line("data-no"))
    row = Buttons((button(words.line("data-send"), SendData(), Style.PRIMARY, sure),))
    blocks = (Paragraph(words.text("data-ask")), Note(words.text("data-seen-by")), row)
    return View(blocks, title=words.line("data-title"))


def file_view(held: object) -> View:
    """The letter with the file."""
    content = json.dumps(held, indent=2, sort_keys=True, ensure_ascii=False).encode()
    file = File(_NAME, content, "application/json")
    return View((Paragraph(words.text("data-here")), file), title=words.line("data-title"))


def on_its_way() -> View:
    """After the press, whether it was the first or not."""
    return View((Paragraph(words.text("data-sent")),))


def nothing_held() -> View:
    """To somebody of whom there is nothing to be sent."""
    return View((Paragraph(words.text("data-nothing")),))


def _sent_lately(work: Work, account: Account) -> bool:
    gone_at = work.use(PRIVACY).takes_away_at(account)
    return gone_at is not None and gone_at > work.at + KEPT - _AGAIN_AFTER
