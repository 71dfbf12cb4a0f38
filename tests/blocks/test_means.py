"""Whom typed words mean: rather one too many than the one who was meant not."""

import pytest

from bot.blocks.model import Known, means
from bot.chat.address import Account
from bot.chat.ids import Id

TOM = Account("slack", "T1", "U07TOM")


def known(name: str) -> Known:
    return Known(Id(1), name, (TOM,))


MEANT = [
    ("Tom Reed", "Tom Reed"),
    ("tom", "Tom Reed"),
    ("REED", "Tom Reed"),
    ("Reed Tom", "Tom Reed"),
    ("Mr Reed", "Tom Reed"),
    ("Tom Reed", "Dr. Tom James Reed"),
    ("Prof. Reed", "reed"),
    ("Tom Reed from Elm Lane", "Tom Reed"),
    ("T Reed", "Tom Reed"),
    ("Tom Reed", "T. Reed"),
    ("Zoe Muller", "Zoë Müller"),
    ("Zoë Müller", "ZOE MULLER"),
    ("Soren Straße", "Søren Strasse"),
    ("Obrien", "Máire O’Brien-Smith"),
    ("O'Brien", "Maire O’Brien"),
    ("Smith", "Maire O’Brien-Smith"),
    ("Smith-Jones", "Ann Smith Jones"),
    ("Ann Smith Jones", "Ann Smith-Jones"),
    ("tomreed", "Tom Reed"),
    ("Mac Donald", "MacDonald"),
    ("@Tom Reed", "Tom Reed"),
    ("  tom\treed ", "Tom Reed"),
    ("U07TOM", "Anybody"),
    ("u07tom", "Anybody"),
    ("@U07TOM", "Anybody"),
    ("slack:T1:U07TOM", "Anybody"),
    ("it is slack:T1:U07TOM", "Anybody"),
    ("<@U07TOM|tom>", "Anybody"),
    ("please not <@U07TOM>", "Anybody"),
    ("<@!U07TOM>", "Anybody"),
    ("李雷", "李雷"),
]
OTHERS = [
    ("Tom Reed", "Tim Reed"),
    ("Tom Reed", "Tom Read"),
    ("Tomas", "Tom Reed"),
    ("Mr", "Mr Reed"),
    ("T", "Tom Reed"),
    ("T R", "Tom Reed"),
    ("", "Tom Reed"),
    ("-", "Tom Reed"),
    ("U08TOM", "Tom Reed"),
    ("<@U08TOM>", "Tom Reed"),
    ("slack:T2:U07TOM", "Reed"),
]


@pytest.mark.parametrize(("typed", "name"), MEANT)
def test_who_is_meant_is_found(typed: str, name: str) -> None:
    assert means(typed, known(name))


@pytest.mark.parametrize(("typed", "name"), OTHERS)
def test_who_is_certainly_not_meant_is_left_alone(typed: str, name: str) -> None:
    assert not means(typed, known(name))
