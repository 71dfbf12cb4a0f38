"""`headsup preview` on the command line: one page, no database, and a sentence for what goes wrong."""

import subprocess
import sys
from pathlib import Path

from tests.door.commands import Headsup
from tests.house.reading import ROOT


def test_it_writes_a_page_and_says_so(headsup: Headsup, tmp_path: Path) -> None:
    ran = headsup("preview")
    assert ran.code == 0
    assert "messages and forms are in preview.html" in ran.err
    page = (tmp_path / "preview.html").read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert "Content-Security-Policy" in page
    assert sorted(path.name for path in tmp_path.iterdir()) == ["preview.html"]


def test_a_machine_is_told_how_much_there_is(headsup: Headsup, tmp_path: Path) -> None:
    ran = headsup("preview", "--json", "--out", tmp_path / "said.html")
    assert ran.code == 0
    assert ran.json["ok"] is True
    assert ran.json["file"] == str(tmp_path / "said.html")
    assert ran.json["samples"] == sum(ran.json["features"].values()) > 80
    assert ran.json["features"].keys() >= {"everywhere", "members", "onboarding", "pairing", "checkins", "support"}


def test_it_goes_to_standard_output_and_nothing_else_does(headsup: Headsup, tmp_path: Path) -> None:
    ran = headsup("preview", "--out", "-")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("<!doctype html>")
    assert ran.out.endswith("</html>\n")
    assert list(tmp_path.iterdir()) == []


def test_standard_output_holds_one_thing(headsup: Headsup) -> None:
    ran = headsup("preview", "--json", "--out", "-")
    assert (ran.code, ran.out) == (1, "")
    assert "Name a file: headsup preview --out FILE" in " ".join(ran.err.split())


def test_where_it_cannot_write_it_says_what_mends_it(headsup: Headsup, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for out in ("folder", "nowhere/preview.html"):
        ran = headsup("preview", "--json", "--out", out)
        assert (ran.code, ran.out) == (1, "")
        assert f"{out} cannot be written" in ran.err
        assert "headsup preview --out FILE" in ran.err.replace("\n", " ")


def test_a_wrong_config_is_named_and_nothing_is_written(headsup: Headsup, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("[network]\nkind = 'neither'\n")
    ran = headsup("preview")
    assert ran.code == 1
    assert "network.kind" in ran.err
    assert not (tmp_path / "preview.html").exists()


def test_it_loads_neither_a_database_nor_a_server() -> None:
    heavy = "sqlalchemy", "aiohttp", "apscheduler", "cryptography"
    asks = f"import sys, bot.door.cli, bot.door.preview; print([one for one in {heavy} if one in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", asks], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
