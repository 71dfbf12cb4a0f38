"""A second language is a second set of files beside the first: nothing else need be told of it."""

from pathlib import Path

import pytest

from bot.chat.command import Command, Tree, Wording
from bot.chat.outbound import NOTHING
from bot.core.directory import Directory
from bot.core.feature import Answers, Feature
from bot.core.words import NoSuchWords, Words

ENGLISH = "says-rest = Rest for a while.\ntakes-rest = How long\nsays-see-all = See everything.\n"
FRENCH = "word-rest = repos\nsays-rest = Se reposer un peu.\nonly-here = Ici.\n"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A room of its own name, with its words in two languages."""
    name = f"words_of_{tmp_path.name}"
    room = tmp_path / name
    room.mkdir()
    (room / "__init__.py").touch()
    (room / "words.ftl").write_text(ENGLISH)
    (room / "words.fr.ftl").write_text(FRENCH)
    (room / "kinds.fr.ftl").write_text("kind = gentil\n")
    monkeypatch.syspath_prepend(tmp_path)
    return name


def test_each_language_has_its_own_words(package: str) -> None:
    english, french = Words(package), Words(package, "fr")
    assert english.further_languages() == ["fr"]
    assert english.line("says-rest") == "Rest for a while."
    assert (french.line("says-rest"), french.line("kind")) == ("Se reposer un peu.", "gentil")
    assert not english.has("only-here")
    with pytest.raises(NoSuchWords):
        french.line("takes-rest")


def test_a_command_is_told_to_platforms_in_all_of_them(package: str) -> None:
    words = (
        Answers(Tree.MEMBER, "rest", lambda work, call: NOTHING, offers=lambda work, call: ()),
        Answers(Tree.ORGANISER, "see all", lambda work, call: NOTHING),
    )
    assert Directory([Feature("room", package, commands=words)]).table() == [
        Command(
            Tree.MEMBER,
            "rest",
            "Rest for a while.",
            "How long",
            completes=True,
            wordings={"fr": Wording("repos", "Se reposer un peu.")},
        ),
        Command(Tree.ORGANISER, "see all", "See everything.", wordings={"fr": Wording()}),
    ]


def test_there_is_one_language_so_far() -> None:
    """When there is a second one, what is said in chats must follow it too."""
    assert Words("bot.core").further_languages() == Words("bot.members").further_languages() == []
