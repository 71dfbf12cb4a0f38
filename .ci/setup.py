"""Sets up `.venv` from a lock with hashes: `setup.py run` for living, `setup.py dev` for building and testing.

Standard library only, since it runs before anything is installed. Does nothing, and needs no network, while the lock,
`pyproject.toml` and the folder are those of the last time.
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"run": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}
PIP = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]


def main(kind: str) -> int:
    if stands(kind):
        return 0
    try:
        set_up(kind)
    except subprocess.CalledProcessError as failure:
        print(f"\n{failure.output or ''}\n{failure.stderr or ''}".rstrip(), file=sys.stderr)
        print(f"\nSet-up stopped: {advice(failure.cmd)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The next time goes on from here.", file=sys.stderr)
        return 130
    return 0


def stands(kind: str) -> bool:
    return stamp(kind).is_file() and stamp(kind).read_text() == fingerprint(kind) and answers("pass")


def stamp(kind: str) -> Path:
    return VENV / f".set-up-{kind}"


def fingerprint(kind: str) -> str:
    """Changes with whatever would make the installation wrong; a folder that moved has broken scripts."""
    parts = [LOCKS[kind].read_bytes(), (ROOT / "pyproject.toml").read_bytes(), str(ROOT).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def answers(code: str) -> bool:
    if not PYTHON.exists():
        return False
    return subprocess.run([PYTHON, "-c", code], capture_output=True, check=False).returncode == 0


def set_up(kind: str) -> None:
    for old in map(stamp, LOCKS):
        old.unlink(missing_ok=True)
    if not answers("import sys, pip; sys.exit(sys.version_info < (3, 11))"):
        say("1/3 a Python of its own, in .venv")
        shutil.rmtree(VENV, ignore_errors=True)
        quietly([sys.executable, "-m", "venv", str(VENV)])
    say("2/3 packages, each checked against its hash (the first time takes a moment)")
    install_lock(LOCKS[kind])
    say("3/3 HeadsUp itself")
    quietly([*PIP, "--quiet", "--no-index", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    for done in LOCKS if kind == "dev" else ["run"]:
        stamp(done).write_text(fingerprint(done))


def install_lock(lock: Path) -> None:
    command = [*PIP, "--no-compile", "--require-hashes", "--only-binary", ":all:", "--requirement", str(lock)]
    total = lock.read_text().count("==") - lock.read_text().count(" == ")
    seen, told = 0, []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        for line in pip.stdout or ():
            told.append(line)
            if line.startswith(("Collecting ", "Requirement already satisfied: ")):
                seen += 1
                tick(f"    {seen}/{total}")
            elif line.startswith("Installing "):
                tick("    unpacking")
    tick("")
    if pip.returncode:
        raise subprocess.CalledProcessError(pip.returncode, command, output="".join(told[-15:]))


def quietly(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True)


def say(what: str) -> None:
    print(f"  {what}", flush=True)


def tick(what: str) -> None:
    """Rewrites one line where somebody is watching."""
    if sys.stdout.isatty():
        print(f"\r\033[K{what}", end="", flush=True)


def advice(command: list[str]) -> str:
    if "venv" in command:
        return "this Python cannot make a venv. On Debian and Ubuntu: sudo apt install python3-venv"
    if "--require-hashes" in command:
        return "the packages did not arrive. Is this machine online? Then try once more."
    return "the project could not be installed; the lines above say why."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
