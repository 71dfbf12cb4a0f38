"""Every command of the README works as it is written there, and every mistake is a sentence that says what mends it."""

import base64
import contextlib
import os
import re
import shlex
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.calendars.files import EVENINGS
from tests.calendars.files import file as calendar_file
from tests.door.commands import Headsup, Ran
from tests.house.reading import ROOT

SCHOOLS = (ROOT / "bot/door/demo/schools.csv").read_bytes()
PEOPLE = "ref,name,role,urn\nA1,Priya Shah,headteacher,100975\nA2,Tom Ashdown,deputy,\n"
COUNTS = ["read", "added", "changed", "same", "wrong"]

Spoil: TypeAlias = Callable[[Path], object]


def commands(file: Path) -> list[list[str]]:
    """The lines of a document that are set apart as commands, in words, without what is said about them."""
    lines = re.findall(r"^ {4}(\S.*)$", file.read_text("utf-8"), re.MULTILINE)
    return [shlex.split(line, comments=True) for line in lines]


README = commands(ROOT / "README.md")
OURS = [words[1:] for words in README if words[0] == ".venv/bin/headsup"]
MADE = [words[1:] for words in README if words[0] == "make"]


def a_folder(folder: Path) -> None:
    """The files that the README speaks of."""
    (folder / "edubasealldata20261101.csv").write_bytes(SCHOOLS)
    (folder / "people.csv").write_text(PEOPLE)
    (folder / "network.ics").write_bytes(calendar_file(EVENINGS))


def says(ran: Ran) -> str:
    """What an operator read; a sentence, never a traceback."""
    assert "Traceback" not in ran.out + ran.err
    return " ".join((ran.out + ran.err).split())


# As it is written


def test_the_readme_has_no_other_commands_than_these() -> None:
    assert len(OURS) >= 3
    assert len(MADE) >= 4
    assert len(OURS) + len(MADE) == len(README)


def test_each_command_of_the_readme_works_in_the_order_it_is_written(headsup: Headsup, tmp_path: Path) -> None:
    a_folder(tmp_path)
    for words in OURS:
        ran = headsup(*words)
        assert ran.code == 0, f"{' '.join(words)}: {ran.err}"
    assert (tmp_path / "codes.csv").read_text().startswith("ref,code\nA1,")


@pytest.mark.parametrize("words", MADE, ids=" ".join)
def test_what_the_readme_makes_can_be_made(words: list[str]) -> None:
    made = subprocess.run(
        ["make", "--dry-run", "--directory", ROOT, *words], capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr
    arguments = [word.removeprefix("ARGS=") for word in words[1:]]
    assert re.search(rf"\.venv/bin/\S+( .*)?{' '.join(map(re.escape, arguments))}", made.stdout)


@pytest.mark.parametrize("option", ["--fresh", "--empty"])
def test_run_prints_one_link_and_ends_when_it_is_told_to(option: str, tmp_path: Path) -> None:
    assert any(option in " ".join(words) for words in MADE), "the README has it no more"
    with running(tmp_path, "run", option) as process:
        assert process.stdout is not None
        assert re.match(r"http://127\.0\.0\.1:\d+/\S+\n$", process.stdout.readline())
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (0, "")
    assert "Traceback" not in err
    assert (tmp_path / "data" / "demo.sqlite3").exists()


@contextlib.contextmanager
def running(folder: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    """A process of its own, as the console script starts one; gone at the end whatever happens."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(ROOT)}
    command, pipe = [sys.executable, "-m", "bot", *words], subprocess.PIPE
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def ended(folder: Path, *words: str) -> Ran:
    """How a process of its own ended, which it has to do by itself."""
    with running(folder, *words) as process:
        out, err = process.communicate(timeout=30)
    return Ran(process.returncode, out, err)


# In JSON


def test_json_is_one_document_with_the_promised_keys(headsup: Headsup, tmp_path: Path) -> None:
    a_folder(tmp_path)
    (tmp_path / "wrong.csv").write_text(PEOPLE + "A3,=1+1,,\nA3,Jo Bloggs,king,\n")
    schools = headsup("schools", "import", "edubasealldata20261101.csv", "--json")
    assert (schools.code, list(schools.json), schools.err) == (0, COUNTS, "")
    people = headsup("members", "import", "wrong.csv", "--codes", "codes.csv", "--json")
    assert (people.code, list(people.json), people.err) == (1, COUNTS, "")
    assert [(list(wrong), wrong["line"]) for wrong in people.json["wrong"]] == [
        (["line", "why"], 4),
        (["line", "why"], 5),
    ]
    well = headsup("check", "--json")
    assert (well.code, well.json, well.err) == (0, {"ok": True, "findings": []}, "")


def test_wrong_rows_are_told_on_standard_error_where_nobody_asks_for_json(headsup: Headsup, tmp_path: Path) -> None:
    a_folder(tmp_path)
    (tmp_path / "wrong.csv").write_text(PEOPLE.replace("100975", "5") + "A3,=1+1,,\n")
    ran = headsup("members", "import", "wrong.csv", "--codes", "codes.csv")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines() == [
        "3 read, 1 added, 0 changed, 0 same.",
        "line 2: urn: not in the register; has `headsup schools import` been run?",
        "line 4: name: begins like a formula",
    ]


# Mistakes in what is typed


@pytest.mark.parametrize(
    "words",
    ["", "bogus", "schools", "members bogus", "check --bogus", "schools import", "events import", "run x", "invite"],
)
def test_what_is_no_command_is_answered_with_how_it_is_used(words: str, headsup: Headsup) -> None:
    ran = headsup(*words.split())
    assert ran.code == 2
    assert "Usage: " in says(ran)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("schools import nowhere.csv", "nowhere.csv: cannot be read (No such file or directory)"),
        ("schools import .", ".: cannot be read (Is a directory)"),
        ("schools import people.csv", "no column EstablishmentName"),
        ("schools import utf16.csv", "save it as CSV UTF-8"),
        ("members import people.csv", "--codes codes.csv"),
        ("members import utf16.csv --codes codes.csv", "save it as CSV UTF-8"),
        ("members import edubasealldata20261101.csv --codes codes.csv", "no column ref, name"),
        ("members import empty.csv --codes codes.csv", "no column ref, name"),
        ("members import people.csv --codes codes.csv --new-codes B7", "Nobody was imported as B7"),
        ("members import people.csv --codes .", ".: personal codes cannot be kept there (Is a directory)"),
        ("members import people.csv --codes empty.csv/codes.csv", "personal codes cannot be kept there"),
        ("members import people.csv --codes people.csv", "people.csv: holds something other than personal codes"),
        ("invite discord", "discord.token: there is none"),
        ("check --config nowhere.toml", "nowhere.toml: cannot be read"),
        ("run --config nowhere.toml", "nowhere.toml: cannot be read"),
    ],
)
def test_an_operators_mistake_is_a_sentence_and_exit_code_1(
    words: str, expected: str, headsup: Headsup, tmp_path: Path
) -> None:
    a_folder(tmp_path)
    (tmp_path / "utf16.csv").write_bytes(PEOPLE.encode("utf-16"))
    (tmp_path / "empty.csv").touch()
    headsup("schools", "import", "edubasealldata20261101.csv")
    ran = headsup(*words.split())
    assert (ran.code, ran.out) == (1, "")
    assert expected in says(ran)
    assert (tmp_path / "people.csv").read_text() == PEOPLE, "the operator's own file was written over"


def test_where_codes_cannot_be_kept_nobody_is_imported(headsup: Headsup, tmp_path: Path) -> None:
    a_folder(tmp_path)
    headsup("schools", "import", "edubasealldata20261101.csv")
    headsup("members", "import", "people.csv", "--codes", ".")
    told = headsup("members", "import", "people.csv", "--codes", "codes.csv", "--json")
    assert told.json["added"] == 2, "they were in already, with codes that nobody can read"


# A ground that does not hold


def born(folder: Path, kind: str = "demo") -> Path:
    """The database of a network, made by the command line itself."""
    a_folder(folder)
    (folder / "config.toml").write_text(f'[network]\nkind = "{kind}"\n')
    ran = ended(folder, "schools", "import", "edubasealldata20261101.csv")
    assert ran.code == 0, ran.err
    return next((folder / "data").glob("*.sqlite3"))


def no_database(folder: Path) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "demo.sqlite3").write_bytes(b"Dear diary, " * 1000)


def torn_database(folder: Path) -> None:
    file = born(folder)
    with file.open("r+b") as stream:
        stream.seek(4096)
        stream.write(b"\xa5" * (file.stat().st_size - 4096))


def newer_database(folder: Path) -> None:
    file = born(folder)
    with contextlib.closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def real_database(folder: Path) -> None:
    born(folder, "real").rename(folder / "data" / "demo.sqlite3")
    (folder / "config.toml").write_text('[network]\nkind = "demo"\n')


def another_key(folder: Path) -> None:
    born(folder)
    (folder / "keys" / "mark.key").write_bytes(base64.b64encode(bytes(32)))


def no_folder(folder: Path) -> None:
    (folder / "data").touch()


def no_folder_for_keys(folder: Path) -> None:
    (folder / "keys").touch()


def wrong_settings(folder: Path) -> None:
    (folder / "config.toml").write_text('[network]\nkind = "fake"\nnam = "x"\n[introductions]\nday = "someday"\n')


def no_toml(folder: Path) -> None:
    (folder / "config.toml").write_text("[network\n")


def no_text(folder: Path) -> None:
    (folder / "config.toml").write_bytes(b'[network]\nname = "\xe9"\n')


def unknown_engine(folder: Path) -> None:
    (folder / "config.toml").write_text('[storage]\nurl = "mysql://me:SECRET@here/there"\n')


def no_server(folder: Path) -> None:
    (folder / "config.toml").write_text('[storage]\nurl = "postgresql+asyncpg://me:SECRET@127.0.0.1:1/there"\n')


GROUNDS: list[tuple[Spoil, str, str, str]] = [
    (no_database, "storage", "demo.sqlite3: the database there cannot be used", "Copies lie in data/copies"),
    (torn_database, "storage", "demo.sqlite3: the database there cannot be used", "Copies lie in data/copies"),
    (newer_database, "storage", "made by a newer HeadsUp", "Update HeadsUp"),
    (real_database, "storage", "belongs to a real network", "Set network.kind to real"),
    (another_key, "storage", "not the key that this database was written with", "your copy of the keys folder"),
    (no_folder, "storage.folder", "data cannot be", "folder"),
    (no_folder_for_keys, "keys", "keys cannot be used", "folder"),
    (wrong_settings, "network.kind", "'demo' or 'real'", "config.example.toml"),
    (no_toml, "config.toml", "not TOML", "config.example.toml"),
    (no_text, "config.toml", "cannot be read", "config.example.toml"),
    (unknown_engine, "storage", "storage.url is neither", "config.example.toml"),
    (no_server, "storage", "storage.url: the database there cannot be used", "a database server must run"),
]


@pytest.mark.parametrize(("spoil", "where", "what", "mend"), GROUNDS, ids=[one[0].__name__ for one in GROUNDS])
def test_whatever_stands_in_the_way_is_said_by_each_command_and_found_by_check(
    spoil: Spoil, where: str, what: str, mend: str, headsup: Headsup, tmp_path: Path
) -> None:
    spoil(tmp_path)
    a_folder(tmp_path)
    for refused in (ended(tmp_path, "run"), headsup("schools", "import", "edubasealldata20261101.csv", "--json")):
        assert (refused.code, refused.out) == (1, "")
        assert what in says(refused)
        assert "SECRET" not in says(refused)
    found = headsup("check", "--json")
    assert (found.code, list(found.json), found.json["ok"]) == (1, ["ok", "findings"], False)
    assert all(list(one) == ["level", "where", "says", "mend"] and all(one.values()) for one in found.json["findings"])
    finding = next(one for one in found.json["findings"] if one["where"] == where)
    assert what in finding["says"]
    assert mend in finding["mend"]
    read = headsup("check")
    assert (read.code, read.out) == (1, "")
    assert what in says(read)
    assert finding["mend"] in says(read)
    assert "SECRET" not in says(read) + found.out


def test_a_variable_that_cannot_be_read_is_named(headsup: Headsup, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADSUP_NETWORK__ORGANISERS", "slack:T0123:U0456")
    found = headsup("check", "--json")
    assert found.code == 1
    assert found.json["findings"][0]["where"] == "HEADSUP_NETWORK…"
    assert "JSON" in found.json["findings"][0]["says"]
    assert "the environment" in found.json["findings"][0]["mend"]


def test_a_disk_that_is_full_half_way_is_a_sentence_and_the_same_again_completes_it(
    headsup: Headsup, tmp_path: Path
) -> None:
    born(tmp_path)
    rows = [f"{urn},A School,Academy,Open,Primary,Camden" for urn in range(200_000, 206_000)]
    heading = (
        "URN,EstablishmentName,TypeOfEstablishment (name),EstablishmentStatus (name),PhaseOfEducation (name),LA (name)"
    )
    (tmp_path / "many.csv").write_text("\n".join([heading, *rows]))
    small = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({300_000}, {300_000}))"
    command = (
        f"{small}; import sys; sys.argv[1:] = ['schools', 'import', 'many.csv']; from bot.door.cli import main; main()"
    )
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    process = [sys.executable, "-c", command]
    full = subprocess.run(process, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert full.returncode == 1
    assert "The database did not take the write" in says(Ran(full.returncode, full.stdout, full.stderr))
    again = headsup("schools", "import", "many.csv", "--json")
    assert again.code == 0
    assert again.json["added"] + again.json["same"] == again.json["read"] == 6000
