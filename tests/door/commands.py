"""The command line as an operator meets it: words in; an exit code and two streams out."""

import asyncio
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest

from bot.door import cli


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it answered to a machine: one JSON document, and nothing else."""
        return json.loads(self.out)


class Headsup(Protocol):
    """`headsup`, run in the folder of the test."""

    def __call__(self, *words: str | Path) -> Ran: ...


def in_folder(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Headsup:
    """The console script's own `main`, in this process. A traceback would end the test: nothing is caught here."""
    monkeypatch.chdir(folder)
    for name in [name for name in os.environ if name.startswith("HEADSUP_")]:
        monkeypatch.delenv(name)

    def run(*words: str | Path) -> Ran:
        monkeypatch.setattr(sys, "argv", ["headsup", *map(str, words)])
        mask = os.umask(0o022)
        capsys.readouterr()
        try:
            with pytest.raises(SystemExit) as ended:
                cli.main()
        finally:
            os.umask(mask)
        said = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Ran(ended.value.code, said.out, said.err)

    return run


async def beside(headsup: Headsup, *words: str | Path) -> Ran:
    """The same while something else runs in this process: from another thread, on a loop of its own."""
    return await asyncio.to_thread(headsup, *words)
