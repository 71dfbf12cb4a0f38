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
    ("Gwen", "Gwendolyn Hughes"),
    ("gwen hughes", "Gwendolyn Hughes"),
    ("Gwen Hugh", "Gwendolyn Hughes"),
    ("Hughes, Gwen", "Gwendolyn Hughes"),
    ("Gwen H", "Gwendolyn Hughes"),
    ("Zoë", "Zoe-Ann Müller"),
    ("Mari", "Ann-Marie Smith"),
    ("Gwendolyn Hughes", "Gwen Hughes"),
    ("Gwendolyn Hughes from Elm Lane", "Gwen Hughes"),
    ("Jo Smith", "Joanne Smith"),
    ("Joanne Smith", "Jo Smith"),
    ("Ann Smith", "Anna Smith"),
    ("Ann A", "Ann Anna"),
    ("Ann Anna", "Anna Annabel"),
    ("@ghughes7", "Gwen Hughes"),
    ("@GHughes", "Gwen Hughes"),
    ("@gwenh", "Gwen Hughes"),
    ("@gwen7", "Gwen Hughes"),
    ("@gwen.hughes", "Gwen Hughes"),
    ("not @ghughes7 please", "Gwen Hughes"),
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
    ("Ann Jones", "Anna Smith"),
    ("Ann Smith", "Anna Jones"),
    ("Ann Anna", "Anna Smith"),
    ("Tom T", "Tom Reed"),
    ("Gw", "Gwendolyn Hughes"),
    ("wen", "Gwendolyn Hughes"),
    ("G H", "Gwendolyn Hughes"),
    ("Anna", "Ann Ashdown"),
    ("@ghughes7", "Tom Hughes"),
    ("@gh", "Gwen Hughes"),
    ("@7", "Gwen Hughes"),
    ("7", "Gwen Hughes"),
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
