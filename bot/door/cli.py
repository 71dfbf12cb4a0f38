"""`headsup run | check | preview | manifest slack | invite discord | simulate | schools … | members … | events …`."""

import asyncio
import json
import signal
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any, NoReturn

import msgspec
import typer
from rich.console import Console

from bot.config import Configured, read_config
from bot.core.errors import OperatorError, StorageFailed
from bot.door import terminal
from bot.door.simulate.plan import Db, Faults, Plan

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="HeadsUp: the kind, private, tireless bot of a network of headteachers.",
)
schools = typer.Typer(no_args_is_help=True, help="The register of schools.")
members = typer.Typer(no_args_is_help=True, help="People you already know.")
events = typer.Typer(no_args_is_help=True, help="The calendar you already have.")
manifests = typer.Typer(no_args_is_help=True, help="What a platform is to be told of this app.")
invitations = typer.Typer(no_args_is_help=True, help="How the bot comes into a server.")
app.add_typer(schools, name="schools")
app.add_typer(members, name="members")
app.add_typer(events, name="events")
app.add_typer(manifests, name="manifest")
app.add_typer(invitations, name="invite")

ConfigPath = Annotated[
    Path | None, typer.Option("--config", help="The config file; without it config.toml here, or else the defaults.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON, for machines.")]

_NOT_TAKEN = (
    "The database did not take the write ({}). Look whether its disk has room, and do the same again: what was kept "
    "before stays, and nothing doubles."
)


@app.command()
def run(
    config: ConfigPath = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin the demo anew: what is in it now is deleted.")] = False,
    empty: Annotated[bool, typer.Option("--empty", help="A demo without made-up heads, for your own import.")] = False,
    take_over: Annotated[
        bool, typer.Option("--take-over", help="Take the place of the one that runs, and what it has in memory.")
    ] = False,
) -> None:
    """Start the bot. On a demo network, open the community space in the browser."""
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)  # asked for a reload while it starts, it would end
    from bot.door.renewal import renew
    from bot.door.run import run_bot

    memory = asyncio.run(run_bot(lambda: _configured(config), fresh=fresh, empty=empty, take_over=take_over))
    if memory is not None:
        renew(memory)


@app.command()
def check(config: ConfigPath = None, as_json: AsJson = False) -> None:
    """Look whether all is well, and say what would mend what is not. Exit code 0: well; 1: findings."""
    from bot.door.check import check_all

    findings = asyncio.run(check_all(_path(config)))
    ok = not findings
    if as_json:
        _print_json({"ok": ok, "findings": [finding.__dict__ for finding in findings]})
    else:
        terminal.findings(findings)
    raise typer.Exit(0 if ok else 1)


@app.command()
def preview(
    config: ConfigPath = None,
    out: Annotated[Path, typer.Option(help="The file to write; - for standard output.")] = Path("preview.html"),
    as_json: AsJson = False,
) -> None:
    """Write one page with every message and form that HeadsUp can send, to be read in a browser."""
    from bot.door.preview import STANDARD_OUTPUT, write_preview

    if as_json and out == STANDARD_OUTPUT:
        raise OperatorError("--json and --out - both want standard output. Name a file: headsup preview --out FILE")
    shown = write_preview(_configured(config), out)
    if as_json:
        _print_json({"ok": True, "file": str(out), "samples": sum(shown.values()), "features": shown})
    elif out != STANDARD_OUTPUT:
        terminal.say(f"{sum(shown.values())} messages and forms are in {out}: open it in a browser.")


@manifests.command("slack")
def manifest_slack(
    http: Annotated[str, typer.Option(help="Slack knocks at this https address, instead of Socket Mode.")] = "",
    config: ConfigPath = None,
    as_json: AsJson = False,
) -> None:
    """Print the manifest from which a Slack app is made: paste it at api.slack.com/apps."""
    from bot.door.manifest import slack_manifest

    made, as_yaml = slack_manifest(_configured(config), http)
    if as_json:
        _print_json(made)
    else:
        sys.stdout.write(as_yaml)


@invitations.command("discord")
def invite_discord(config: ConfigPath = None, as_json: AsJson = False) -> None:
    """Print the link that invites the bot into a Discord server, and why it asks for what it asks for."""
    from bot.door.invite import discord_invitation

    made = discord_invitation(_configured(config))
    if as_json:
        _print_json({"ok": True, **made})
    else:
        terminal.invitation(made)


@schools.command("import")
def import_schools(
    file: Annotated[Path, typer.Argument(help="The register's extract, edubasealldataYYYYMMDD.csv.")],
    config: ConfigPath = None,
    as_json: AsJson = False,
) -> None:
    """Read the register of schools; again and again without doubling."""
    from bot.door import import_commands

    _finish(import_commands.schools(_configured(config), file, quiet=as_json), as_json)


@members.command("import")
def import_members(
    file: Annotated[Path, typer.Argument(help="A CSV with the columns ref, name, role, nation, …")],
    config: ConfigPath = None,
    codes: Annotated[Path | None, typer.Option(help="Where the personal codes are written, for you alone.")] = None,
    new_codes: Annotated[str, typer.Option(help="Give this ref a new code; the old one ends.")] = "",
    as_json: AsJson = False,
) -> None:
    """Register people before they come. Each claims their place with a personal code."""
    from bot.door import import_commands

    _finish(import_commands.members(_configured(config), file, codes, new_codes, quiet=as_json), as_json)


@events.command("import")
def import_events(
    file: Annotated[Path, typer.Argument(help="A calendar as programmes save it, at most 1 MB: FILE.ics.")],
    config: ConfigPath = None,
    as_json: AsJson = False,
) -> None:
    """Bring in an existing calendar; again and again without doubling."""
    from bot.door import import_commands

    _finish(import_commands.events(_configured(config), file, quiet=as_json), as_json)


@app.command()
def simulate(
    members: Annotated[int, typer.Option(min=1, max=20_000, help="How many people.")] = 200,
    weeks: Annotated[int, typer.Option(min=1, max=520, help="How long.")] = 13,
    seed: Annotated[int, typer.Option(help="The same seed lives the same life.")] = 7,
    faults: Annotated[Faults, typer.Option(help="How much goes wrong on the way.")] = Faults.NONE,
    crashes: Annotated[int, typer.Option(min=0, help="How often the machine dies.")] = 0,
    db: Annotated[Db, typer.Option(help="On which database.")] = Db.SQLITE,
    dies_at: Annotated[int, typer.Option(min=0, hidden=True)] = 0,
    later: Annotated[int, typer.Option(min=0, max=520, help="Weeks after 7 September 2026 at which it begins.")] = 0,
    shrink: Annotated[bool, typer.Option("--shrink", help="Make a rehearsal that fails as small as it goes.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="A line for each week.")] = False,
    config: ConfigPath = None,
    as_json: AsJson = False,
) -> None:
    """Rehearse: the real bot with made-up people. Exit code 0: nothing was broken, lost or said twice."""
    from bot.door.simulate.command import simulated

    plan = Plan(members, weeks, seed, faults, crashes, db, dies_at, later)
    server = _configured(config).url if db is Db.POSTGRESQL else ""
    result = simulated(plan, server, watch=watch, quiet=as_json, shrink=shrink)
    if as_json:
        sys.stdout.write(msgspec.json.encode(result).decode() + "\n")
    raise typer.Exit(0 if result.is_well else 1)


def main() -> None:
    """What the console script calls. What an operator can mend is a sentence on standard error, and exit code 1."""
    try:
        app()
    except OperatorError as error:
        fail(str(error))
    except StorageFailed as error:
        fail(_NOT_TAKEN.format(error))


def fail(says: str) -> NoReturn:
    """Say what is wrong on standard error, and stop."""
    Console(stderr=True).print(says, style="red", markup=False, highlight=False, soft_wrap=True)
    sys.exit(1)


def _configured(path: Path | None) -> Configured:
    return read_config(_path(path))


def _path(path: Path | None) -> Path | None:
    here = Path("config.toml")
    return path or (here if here.exists() else None)


def _finish(work: Coroutine[Any, Any, dict[str, Any]], as_json: bool) -> None:
    """Print what an import did; exit code 1 when some rows were wrong."""
    summary = asyncio.run(work)
    if as_json:
        _print_json(summary)
    else:
        terminal.summary(summary)
    raise typer.Exit(1 if summary["wrong"] else 0)


def _print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
