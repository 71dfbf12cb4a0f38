"""Whom an answer names can be pressed where it is shown: it carries their accounts there."""

from dataclasses import replace

import msgspec

from bot.chat.address import Account
from bot.chat.ids import Id
from bot.chat.outbound import Reply
from bot.chat.view import mentions
from bot.core.feature import Call, Doing, Slow
from bot.core.work import Work
from bot.members.store import MEMBERS


def reaching(do: Doing) -> Doing:
    """The same, whose answer carries the accounts of those it mentions."""
    if isinstance(do, Slow):
        return replace(do, keep=lambda work, call, thought: reached(work, call, do.keep(work, call, thought)))
    return lambda work, call: reached(work, call, do(work, call))


def reached(work: Work, call: Call, reply: Reply) -> Reply:
    """The reply with an account of each who is mentioned and can be reached in the workspace of whoever reads it, and
    with no other. Where nobody is mentioned, which is nearly always, nothing is asked."""
    named = mentioned(reply)
    if not named or call.account is None:
        return reply
    found = {int(one): account for one in sorted(named) for account in _here(work, one, call.account)}
    return msgspec.structs.replace(reply, accounts=found) if found else reply


def mentioned(reply: Reply) -> frozenset[Id]:
    """The members that the words of a reply mention."""
    views = (view for view in (reply.view, reply.replace) if view)
    return frozenset(member for view in views for member in mentions(view))


def _here(work: Work, member: Id, reader: Account) -> list[Account]:
    """The account that became theirs first."""
    where = (reader.platform, reader.workspace)
    theirs = [one.account for one in work.use(MEMBERS).identities(member) if one.left_at is None]
    return [one for one in theirs if (one.platform, one.workspace) == where][:1]
