"""The courier through any mixture of letters, faults, crashes and clocks: a state machine."""

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from bot.chat.outbound import Refused, ToChannel, Why
from bot.core.outbox import Kind
from scheduler.attempt import Hand
from scheduler.pacing import Pace, Pacing
from tests.scheduler.office import Post
from tests.scheduler.test_courier_crashes import NaiveHand, assert_well, cut_off
from tests.scheduler.twins import PLACE, Lost, circle, person
from tests.virtual import START

RECIPIENTS = [person("ann"), person("ben"), circle("circle"), ToChannel("w", "staff")]
REFUSALS = [Refused(why) for why in Why] + [Refused(Why.SLOW_DOWN, wait=timedelta(seconds=90))]
HOUR = timedelta(hours=1)

deeds = st.lists(st.sampled_from([*REFUSALS, *Lost]), min_size=1, max_size=6)
spans = st.sampled_from([timedelta(seconds=1), timedelta(seconds=6), timedelta(minutes=3), HOUR, timedelta(days=1)])


class CourierMachine(RuleBasedStateMachine):
    """Each rule is something that happens to a courier; at the end all is mended, and a week goes by."""

    hand: type[Hand] = Hand

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.Runner()
        self.post = Post(pacing=Pacing({(PLACE, "all"): Pace(rate=5, burst=5, kept=1)}), hand=self.hand)

    def run(self, work: Coroutine[Any, Any, object]) -> None:
        self.loop.run(work)

    @rule(to=st.sampled_from(RECIPIENTS), kind=st.sampled_from(Kind), wait=spans, many=st.integers(1, 4))
    def letters_are_posted(self, to: Any, kind: Kind, wait: timedelta, many: int) -> None:
        for _ in range(many):
            self.post.outbox.post(to, self.post.clock.now() + wait, kind)

    @rule(script=deeds)
    def the_platform_will_misbehave(self, script: list[Any]) -> None:
        self.post.platform.script += script

    @rule(can_look=st.booleans())
    def looking_becomes_possible_or_not(self, can_look: bool) -> None:
        self.post.platform.can_look = can_look

    @rule()
    def the_disk_fails_or_is_mended(self) -> None:
        self.post.outbox.broken = not self.post.outbox.broken

    @rule(span=spans)
    def time_goes_by(self, span: timedelta) -> None:
        self.run(self.post.run_for(span))

    @rule(span=spans)
    def nobody_is_awake_for_a_while(self, span: timedelta) -> None:
        self.post.clock.advance(span)

    @rule(steps=st.integers(0, 60), span=spans)
    def it_crashes_under_way_and_starts_anew(self, steps: int, span: timedelta) -> None:
        self.run(cut_off(self.post.run_for(span), steps))
        self.post.courier = self.post.start()

    @precondition(lambda self: self.post.clock.now() - START < timedelta(days=20))
    @rule()
    def the_clock_is_set_back(self) -> None:
        self.post.clock.set(self.post.clock.now() - HOUR)

    def teardown(self) -> None:
        try:
            self.post.outbox.broken, self.post.platform.script = False, []
            self.run(self.post.run_for(timedelta(days=7)))
            assert_well(self.post)
        finally:
            self.loop.close()


class NaiveMachine(CourierMachine):
    hand = NaiveHand


CourierMachine.TestCase.settings = settings(stateful_step_count=30, suppress_health_check=[HealthCheck.too_slow])
TestTheCourier = CourierMachine.TestCase


def test_a_naive_courier_is_caught() -> None:
    quickly = settings(max_examples=200, derandomize=True, database=None, phases=[Phase.generate])
    with pytest.raises(AssertionError, match="twice"):
        run_state_machine_as_test(NaiveMachine, settings=quickly)
