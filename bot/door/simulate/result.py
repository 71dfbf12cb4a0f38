"""What a rehearsal has shown, as people read it and as machines do."""

from statistics import median, quantiles

import msgspec

from bot.door.simulate.witness import Violation


class Result(msgspec.Struct, frozen=True):
    """`groups` are `pairs` and `trios`. `letters_twice` are copies that were not declared; those that were count as
    `possible_duplicates` alone. `answers_acked` are those to check-ins, `event_answers` those to `events`, and
    `answers_lost` counts both. `places_offered`: letters about places that came free.
    `poll_answers`: how often one was acknowledged. `polls_lost` and `polls_handed_over`: deaths and planned restarts
    with answers waiting. `wall_s`: how long it took, in
    the machine's own seconds."""

    seed: int
    members: int
    weeks: int
    rounds: int
    groups: int
    pairs: int
    trios: int
    repeats: int
    left_out_twice_running: int
    letters_sent: int
    letters_dead: int
    letters_lost: int
    letters_twice: int
    possible_duplicates: int
    answers_acked: int
    answers_lost: int
    events: int
    event_answers: int
    reminders: int
    places_offered: int
    polls: int
    poll_answers: int
    polls_lost: int
    polls_handed_over: int
    unasked_per_week_median: float
    unasked_per_week_p95: float
    crashes: int
    violations: tuple[Violation, ...]
    event_log_sha256: str
    wall_s: float

    @property
    def is_well(self) -> bool:
        """Whether nothing was broken, lost or said twice."""
        return not (self.violations or self.letters_lost or self.letters_twice or self.answers_lost)


def middle(counts: list[int]) -> float:
    """The median; 0 for nobody."""
    return float(median(counts)) if counts else 0.0


def nearly_all(counts: list[int]) -> float:
    """What 95 of 100 do not exceed."""
    return float(quantiles(counts, n=20)[-1]) if len(counts) > 1 else middle(counts)
