"""The door plate of whom somebody would rather not meet."""

from datetime import UTC, datetime, time

from bot.blocks import flow, views
from bot.blocks.actions import AskWhom, KeepWords, MeetChosen, MeetGone, MeetNamed
from bot.blocks.model import Known, Said
from bot.chat.command import Tree
from bot.chat.ids import Id
from bot.core.calendar import Late, Rule
from bot.core.feature import Answers, Feature, Hears, On, Sample, Timed
from bot.core.walltime import Daily
from bot.members.actions import WhomNotMet
from bot.members.model import MemberNamed
from bot.pairing.actions import RatherNot


def feature() -> Feature:
    """Blocks."""
    return Feature(
        name="blocks",
        package="bot.blocks",
        commands=(Answers(Tree.MEMBER, "block", flow.block, also=("avoid",)),),
        actions=(
            On(AskWhom, flow.ask, reads=True),
            On(KeepWords, flow.keep),
            On(RatherNot, flow.rather_not),
            On(WhomNotMet, flow.show, reads=True),
            On(MeetNamed, flow.meet_named),
            On(MeetChosen, flow.meet_chosen),
            On(MeetGone, flow.meet_gone),
        ),
        rules=(Timed(Rule("blocks.seal-anew", Daily(time(3, 20)), Late.MERGE), flow.seal_anew),),
        hears=(Hears(MemberNamed, flow.named),),
        samples=samples,
    )


def samples() -> tuple[Sample, ...]:
    """Everything this room shows, about people who do not exist."""
    at = datetime(2026, 11, 11, 16, tzinfo=UTC)
    said = [Said(Id(number), Id(9), name, at) for number, name in enumerate(("Tom Reed", "Gwen", "Mo"), 1)]
    chosen = [Known(Id(5), "Ann Hughes", ()), Known(Id(6), "Lin Wu", ())]
    return (
        Sample("Whom one would rather not meet", views.form()),
        Sample("Whom one would rather not meet, noted", views.noted()),
        Sample("Whom I don't meet", views.whom(said, chosen, True, 0)),
        Sample("Whom I don't meet, the last page", views.whom(said, chosen, True, 1)),
        Sample("Whom I don't meet, nobody", views.whom((), (), False, 0)),
    )
