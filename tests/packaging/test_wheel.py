"""The wheel alone, in an empty folder, is the whole product: nothing is missing that only a checkout has."""

import os
import signal
import subprocess
import sys
import zipfile
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from tests.house.reading import PACKAGES, ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from the tree as it stands, without a network."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(out)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    offline = ["--disable-pip-version-check", "--no-index", "--no-deps", "--quiet"]
    subprocess.run([sys.executable, "-m", "pip", "install", *offline, "--target", str(folder), str(wheel)], check=True)
    return folder


def script(installed: Path, empty: Path, *words: str) -> tuple[list[str], dict[str, str]]:
    """The console script of the installed wheel; the libraries are those of this environment."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(empty), "PYTHONPATH": str(installed)}
    return [sys.executable, str(installed / "bin" / "headsup"), *words], environment


def headsup(installed: Path, empty: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command, environment = script(installed, empty, *words)
    return subprocess.run(command, cwd=empty, env=environment, capture_output=True, text=True, check=False, timeout=60)


def test_everything_that_is_no_code_travels(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    beside = {
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert beside <= inside
    for needed in ("words.ftl", "py.typed", "terms.toml", "storage/migrations/", "adapters/local/static/"):
        assert any(needed in name for name in inside), f"{needed} is nowhere in the wheel"


def test_nothing_else_travels(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)


def test_it_brings_its_licence(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    licence = next(name for name in archive.namelist() if name.endswith("/LICENSE"))
    assert "Apache License" in archive.read(licence).decode()


def test_it_is_the_wheel_that_starts(installed: Path, tmp_path: Path) -> None:
    environment = {"PYTHONPATH": str(installed)}
    command = [sys.executable, "-c", "import bot, storage; print(bot.__file__, storage.__file__)"]
    told = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert all(path.startswith(str(installed)) for path in told.stdout.split())


def test_it_says_what_it_can_do(installed: Path, tmp_path: Path) -> None:
    told = headsup(installed, tmp_path, "--help")
    assert told.returncode == 0, told.stderr
    assert "run" in told.stdout
    assert "check" in told.stdout


def test_it_checks_an_empty_folder_without_falling_over(installed: Path, tmp_path: Path) -> None:
    told = headsup(installed, tmp_path, "check")
    assert told.returncode in {0, 1}, told.stderr
    assert "Traceback" not in told.stdout + told.stderr


def test_it_starts_in_an_empty_folder_and_stops_when_asked(installed: Path, tmp_path: Path) -> None:
    command, environment = script(installed, tmp_path, "run", "--empty")
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert url.startswith("http://127.0.0.1:")
        browser = build_opener(HTTPCookieProcessor(CookieJar()))
        with browser.open(url, timeout=10) as page:
            assert b"HeadsUp" in page.read()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
    assert (tmp_path / "data" / "demo.sqlite3").exists()
