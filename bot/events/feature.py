"""The door plate of events."""

from bot.core.feature import Feature
from bot.events.model import EventSettings
from bot.events.organiser_samples import samples
from bot.events.organising import plates


def feature(settings: EventSettings) -> Feature:
    """Events."""
    organising = plates(settings, lambda work, event: None)
    return Feature(
        name="events",
        package="bot.events",
        commands=organising.commands,
        actions=organising.actions,
        rules=organising.rules,
        timers=organising.timers,
        hears=organising.hears,
        samples=samples,
    )
