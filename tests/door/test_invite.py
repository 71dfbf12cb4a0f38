"""`headsup invite discord`: the link, made from the token alone, with a reason for all that it asks for."""

from base64 import urlsafe_b64encode
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from adapters.discord.commands import FOR_EVENTS, PERMISSIONS, SCOPES
from tests.adapters.discord.looked_at import bits
from tests.door.commands import Headsup

APPLICATION = "1100000000000000001"
NO_SNOWFLAKE = urlsafe_b64encode(b"12345").decode()


def token(id: str) -> str:
    return urlsafe_b64encode(id.encode()).decode().rstrip("=") + ".GaBcDe.zqcanary"


def keep(secret: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "token").write_text(secret)
    monkeypatch.setenv("HEADSUP_DISCORD__TOKEN_FILE", str(folder / "token"))


@pytest.mark.parametrize("application", [APPLICATION, "110000000000000001", "11000000000000001"])
def test_it_asks_for_what_it_says_and_for_nothing_else(
    application: str, headsup: Headsup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(token(application), tmp_path, monkeypatch)
    ran = headsup("invite", "discord")
    assert ran.code == 0
    link = urlsplit(ran.out.strip())
    asked = {name: values[0] for name, values in parse_qs(link.query).items()}
    assert (link.scheme, link.netloc, link.path) == ("https", "discord.com", "/oauth2/authorize")
    assert asked["client_id"] == application
    assert set(asked["scope"].split()) == set(SCOPES)
    assert int(asked["permissions"]) == bits(*PERMISSIONS)
    for name, why in (*SCOPES.items(), *PERMISSIONS.items()):
        assert f"{name}: {why}" in ran.err
    assert "zqcanary" not in ran.out + ran.err
    assert [one.name for one in tmp_path.iterdir()] == ["token"], "it made nothing"


def test_it_asks_to_make_events_only_where_they_are_to_be_shown(
    headsup: Headsup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(token(APPLICATION), tmp_path, monkeypatch)
    ids = 'servers = ["123456789012345678"]\nchannels = { events = "123456789012345679" }'
    (tmp_path / "config.toml").write_text(f'[network]\nkind = "real"\n[discord]\n{ids}\nscheduled_events = true\n')
    ran = headsup("invite", "discord", "--json")
    assert ran.json["permissions"] == dict(PERMISSIONS | FOR_EVENTS)
    assert f"permissions={bits(*PERMISSIONS, 'create_events')}" in ran.json["url"]


def test_a_machine_gets_the_same_as_json(headsup: Headsup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(token(APPLICATION), tmp_path, monkeypatch)
    ran = headsup("invite", "discord", "--json")
    assert (ran.code, ran.err, ran.json["ok"], ran.json["application"]) == (0, "", True, APPLICATION)
    assert ran.json["url"] == headsup("invite", "discord").out.strip()
    assert (ran.json["scopes"], ran.json["permissions"]) == (dict(SCOPES), dict(PERMISSIONS))


@pytest.mark.parametrize(
    "secret", ["", "zqcanary", ".zqcanary.", "é.zqcanary", f"{NO_SNOWFLAKE}.zqcanary", "!!.zqcanary"]
)
def test_what_is_no_bots_token_is_a_sentence(
    secret: str, headsup: Headsup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(secret, tmp_path, monkeypatch)
    ran = headsup("invite", "discord", "--json")
    assert (ran.code, ran.out) == (1, "")
    assert "discord.token" in ran.err
    assert "headsup check" in ran.err
    assert "zqcanary" not in ran.err
    assert "Traceback" not in ran.err
