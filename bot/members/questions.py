"""Small questions about oneself: which of them suit somebody, what an answer changes, and which one Friday brings."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.chat.text import one_line
from bot.members.actions import Question
from bot.members.kinds import BEFORE_HEADSHIP, WITHOUT_TRUST, Often, Time, Topic, Years
from bot.members.model import Member, one_of

MOST_TRUST = 100
"""Characters of a trust's name."""
MOST_REACH = 150
"""Characters of how somebody likes to be reached: an address or a number, and when."""
UNSAID = "unsaid"
"""The choice that empties an answer, for platforms on which a choice once made cannot be unmade."""

_TURNS = ((Question.TOPICS, Question.YEARS), (Question.TIMES, Question.TRUST))
"""What Friday may ask, by turns: none of one turn stands in the next, so nothing is asked twice running."""


def suits(question: Question, member: Member) -> bool:
    """Whether it can be asked of them; what they once said can always be taken back."""
    match question:
        case Question.TRUST:
            return member.role not in WITHOUT_TRUST or member.trust is not None
        case Question.YEARS:
            return member.role not in BEFORE_HEADSHIP or member.years is not None
        case _:
            return True


def on_friday(member: Member, monday: date) -> Question | None:
    """What the Friday before that Monday asks of them: every second week at most, and one thing unanswered at most.

    Half of the members are asked in one week, half in the next.
    """
    week = monday.toordinal() // 7 + member.id
    if not member.asks or week % 2:
        return None
    turn, later = week // 2 % 2, week // 4
    mine = [question for question in _TURNS[turn] if _is_open(question, member)]
    return mine[later % len(mine)] if mine else None


def answered(member: Member, question: Question, values: Mapping[str, tuple[str, ...]]) -> Member | None:
    """The member, with that answer as it came; nothing empties it. None where it cannot be kept."""
    given = values.get(question, ())
    match question:
        case Question.TOPICS:
            return replace(member, topics=frozenset(topic for topic in Topic if topic in given))
        case Question.TIMES:
            return replace(member, times=frozenset(time for time in Time if time in given))
        case Question.YEARS:
            return _with_years(member, given)
        case Question.TRUST:
            return replace(member, trust=one_line("".join(given[:1]))[:MOST_TRUST].rstrip() or None)
        case Question.REACH:
            return replace(member, reach=one_line("".join(given[:1]))[:MOST_REACH].rstrip() or None)
        case Question.OFTEN:
            often = one_of(Often, given)
            return replace(member, often=often) if often else None
        case _:
            return None


def _with_years(member: Member, given: tuple[str, ...]) -> Member | None:
    """What is taken back is not shown again by itself when it is said anew."""
    if given[:1] in ((), ("",), (UNSAID,)):
        return replace(member, years=None, shows_years=False)
    years = one_of(Years, given)
    return replace(member, years=years.first) if years else None


def _is_open(question: Question, member: Member) -> bool:
    said = {
        Question.TOPICS: bool(member.topics),
        Question.TIMES: bool(member.times),
        Question.YEARS: member.years is not None,
        Question.TRUST: member.trust is not None,
    }
    return suits(question, member) and not said[question]
