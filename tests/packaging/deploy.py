"""What of a Dockerfile there is: its steps, and a way to take them one by one where no engine is at hand."""

import json
import os
import re
import shutil
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.house.reading import ROOT

FOLDERS = ("/opt/headsup", "/var/lib/headsup")


@dataclass(frozen=True)
class Step:
    """One instruction."""

    what: str
    rest: str


def steps(dockerfile: Path) -> list[Step]:
    """The instructions in order; ours has one a line."""
    lines = [line for line in dockerfile.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return [Step(*line.split(" ", 1)) for line in lines]


DOCKERFILE = steps(ROOT / "docs/deploy/Dockerfile")


def is_healthy(heartbeat: Path) -> bool:
    """What the engine would find, by the command of the Dockerfile; the file stands for the container's."""
    (check,) = [step.rest.partition(" CMD ")[2] for step in DOCKERFILE if step.what == "HEALTHCHECK"]
    environment = {"PATH": "/usr/bin:/bin", "HEARTBEAT_FILE": str(heartbeat)}
    return subprocess.run(["sh", "-c", check], env=environment, capture_output=True, check=False).returncode == 0


def minutes_ago(file: Path, minutes: int) -> None:
    """Let it have been touched then."""
    then = time.time() - minutes * 60
    os.utime(file, (then, then))


@dataclass
class Bench:
    """A folder that stands for the container's root, and programs that stand for those which need root."""

    root: Path
    path: str
    at: Path = field(init=False)
    ran: list[str] = field(default_factory=list)

    def take(self, step: Step) -> None:
        """Do what the engine would do. Raises CalledProcessError where a command fails."""
        match step.what:
            case "WORKDIR":
                self.at = Path(self.inside(step.rest))
                self.at.mkdir(parents=True, exist_ok=True)
            case "COPY":
                *sources, target = step.rest.split()
                for source in sources:
                    _copy(ROOT / source, self.at / target)
            case "RUN":
                self.run(step.rest)

    def run(self, command: str) -> None:
        environment = {"PATH": self.path, "HOME": str(self.root)}
        for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_CONFIG_FILE", "SSL_CERT_FILE"):
            environment |= {name: os.environ[name]} if name in os.environ else {}
        self.ran.append(command)
        subprocess.run(
            ["sh", "-euc", self.inside(command)], cwd=self.at, env=environment, check=True, capture_output=True
        )

    def inside(self, text: str) -> str:
        """Paths of the container as they are here."""
        return re.sub("|".join(FOLDERS), lambda found: f"{self.root}{found[0]}", text)

    def start(self, entrypoint: Step, *words: str) -> subprocess.CompletedProcess[str]:
        """The container's program with these words."""
        command = [*json.loads(self.inside(entrypoint.rest)), *words]
        environment = {"PATH": self.path, "HOME": str(self.root)}
        return subprocess.run(command, cwd=self.at, env=environment, capture_output=True, text=True, check=False)


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target / source.name if target.is_dir() else target)
