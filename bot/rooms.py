"""Every room of the bot, with its settings by value. A new room is one line here."""

from collections.abc import Callable, Sequence

from bot.accounts import feature as accounts
from bot.announcements import feature as announcements
from bot.announcements.model import Lasts, Setup, at_once
from bot.blocks import feature as blocks
from bot.calendars import feature as calendars
from bot.chat.address import EVENTS, NEWS
from bot.checkins import feature as checkins
from bot.checkins.flow import figures
from bot.config import Config
from bot.core import tidying
from bot.core.feature import Feature
from bot.core.hours import Hours
from bot.core.post import Policy
from bot.core.terms import Terms
from bot.events import feature as events
from bot.events.model import EventSettings
from bot.friday import feature as friday
from bot.members import feature as members
from bot.onboarding import feature as onboarding
from bot.onboarding.model import OnboardingSettings
from bot.pairing import feature as pairing
from bot.pairing.engine import Matcher
from bot.pairing.model import Weeks
from bot.pulse import feature as pulse
from bot.pulse.box import Box
from bot.pulse.feature import Where
from bot.relay import feature as relay
from bot.reports import feature as reports
from bot.sections import Vouching
from bot.support import feature as support
from bot.support.model import SupportSettings


def features(
    config: Config, terms: Terms, hash_code: Callable[[str], bytes], lasts: Lasts = at_once, box: Box | None = None
) -> tuple[Feature, ...]:
    """All door plates. `hash_code` is the keyed hash under which personal codes are kept; `lasts` says how long the
    platforms take for many letters; `box` is the one place where answers to the pulse are: one that was handed over by
    the process before, or an empty one."""
    network = config.network
    letter = config.friday.settings
    weeks = Weeks(config.introductions.settings, terms, network.nation, network.zone, letter.schedule)
    policy = Policy(Hours(network.zone, network.nation), terms, config.hours.rules)
    planned = EventSettings(network.zone, network.nation, terms, config.places(EVENTS), config.calendars)
    where = Where(network.nation, network.zone, terms, letter.schedule)
    is_open = network.vouching is Vouching.OPEN
    rooms = (
        onboarding.feature(OnboardingSettings(hash_code, is_open, network.nation, network.zone)),
        pairing.feature(weeks, Matcher(), figures),
        checkins.feature(config.checkins.settings, weeks, config.help_lines),
        pulse.feature(config.pulse.settings, where, config.help_lines, box or Box()),
        blocks.feature(),
        accounts.feature(),
        relay.feature(weeks, policy),
        events.feature(policy, planned, calendars.add_buttons, calendars.open_buttons()),
        calendars.feature(config.calendar.settings),
        members.feature(network.zone),
        reports.feature(weeks),
        support.feature(config.help_lines, _listening(config)),
        tidying.feature(),
    )
    announcing = announcements.feature(_setup(config, rooms, lasts))
    parts = [room.friday for room in (*rooms, announcing) if room.friday is not None]
    return (*rooms, announcing, friday.feature(letter, policy, parts))


def _listening(config: Config) -> SupportSettings:
    network = config.network
    return SupportSettings(network.zone, network.nation, config.support.concern, config.is_demo)


def _setup(config: Config, rooms: Sequence[Feature], lasts: Lasts) -> Setup:
    """What announcements need, with what all other rooms contribute to them."""
    return Setup(
        config.network.zone,
        config.places(NEWS),
        frozenset(config.network.organisers),
        config.announcements.settings,
        config.friday.settings.schedule,
        lasts,
        crowds=tuple(crowd for room in rooms for crowd in room.crowds),
        invites=tuple(invite for room in rooms for invite in room.invites),
    )
