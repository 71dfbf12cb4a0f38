"""Both command trees, held against the words that members and organisers were promised, and against the platforms."""

from collections import Counter

import pytest

from bot import front
from bot.chat.command import Tree
from bot.chat.limits import OPTIONS
from bot.chat.outbound import NOTHING
from bot.config import Config
from bot.core.directory import Directory
from bot.core.feature import Answers, Feature, Right
from bot.core.terms import read_terms
from bot.rooms import features

MEMBERS = (
    "start profile partner pause back checkin events pulse listener concern block connect settings data leave help menu"
)
ORGANISERS = "intro event announce pulse members report status help menu"
MOST_FOR_MEMBERS = 20


def directory() -> Directory:
    return Directory(features(Config(), read_terms(), lambda code: code.encode()))


def words(tree: Tree) -> list[str]:
    return [command.word for command in front.table(directory()) if command.tree is tree]


@pytest.mark.parametrize(("tree", "promised"), [(Tree.MEMBER, MEMBERS), (Tree.ORGANISER, ORGANISERS)])
def test_every_promised_word_is_answered_and_no_other_is(tree: Tree, promised: str) -> None:
    heads = {word.split()[0] for word in words(tree)}
    assert heads == set(promised.split())


def test_both_trees_fit_into_discord() -> None:
    assert len(words(Tree.MEMBER)) <= MOST_FOR_MEMBERS
    for tree in (Tree.MEMBER, Tree.ORGANISER):
        groups = Counter(word.split()[0] for word in words(tree))
        assert len(groups) <= OPTIONS
        assert max(groups.values()) <= OPTIONS


def test_no_word_is_both_a_command_and_a_group() -> None:
    for tree in Tree:
        split = [word.split() for word in words(tree)]
        groups = {parts[0] for parts in split if len(parts) > 1}
        assert not groups & {parts[0] for parts in split if len(parts) == 1}


def test_every_command_says_what_it_does() -> None:
    assert all(command.says.endswith(".") for command in front.table(directory()))


def test_organisers_words_are_for_organisers() -> None:
    for feature in directory().features:
        for answers in feature.commands:
            assert answers.tree is not Tree.ORGANISER or answers.needs is Right.ORGANISER, answers.word


def test_two_rooms_cannot_claim_one_word() -> None:
    one, other = (
        Feature(name, "bot.core", commands=(Answers(Tree.MEMBER, "start", lambda work, call: NOTHING),))
        for name in "ab"
    )
    with pytest.raises(ValueError, match="word"):
        Directory((one, other))


@pytest.mark.parametrize("typed", ["", "menu", "help", "helpme", "events", "evnts", "intro", "Help", "@everyone"])
def test_whatever_is_typed_behind_the_slash_gets_an_answer(typed: str) -> None:
    for tree in (Tree.MEMBER, Tree.ORGANISER):
        assert front.lost(directory(), tree, typed).view is not None


def test_near_words_are_forgiven() -> None:
    assert directory().near(Tree.MEMBER, "profil") == ["profile"]
    answers, rest = directory().command(Tree.MEMBER, "STOP now")
    assert answers is not None
    assert (answers.word, rest) == ("leave", "now")
