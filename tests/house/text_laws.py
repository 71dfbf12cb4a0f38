"""Laws of everything git tracks: the project stands alone, on any machine."""

import re
from pathlib import Path

from tests.house.reading import tracked_texts

MACHINE = re.compile(
    r"(?<![\w./])/(?:work|root|home|Users)/\w"
    r"|--(?:extra-)?index-url|--find[-]links|--trusted[-]host"
    r"|\bpypi\.org|files\.pythonhosted|registry\.npmjs|\bdevpi\b|proxy\.golang"
)
BESIDE = re.compile(r"\.\./shared\b|/\s*[\"']shared[\"']")


def nothing_of_one_machine(folder: Path) -> list[str]:
    """No path of somebody's machine and no address of a package index, anywhere."""
    return [
        f"{path.relative_to(folder)}:{number}: {found.group()}"
        for path, text in tracked_texts(folder)
        for number, line in enumerate(text.splitlines(), 1)
        if (found := MACHINE.search(line))
    ]


def nothing_beside_the_project(folder: Path) -> list[str]:
    """What lies in the folder next door may be used by a test that skips where it is absent; by nothing else."""
    return [
        f"{path.relative_to(folder)} names the folder beside the project"
        for path, text in tracked_texts(folder)
        if BESIDE.search(text)
        and not (path.relative_to(folder).parts[0] == "tests" and path.suffix == ".py" and "pytest.skip(" in text)
    ]
