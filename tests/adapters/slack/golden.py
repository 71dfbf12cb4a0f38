"""Golden files: what a platform is given, word for word, to be read when it changes."""

import json
import os
from pathlib import Path
from typing import Any

GOLDEN = Path(__file__).parent / "golden"
_OPEN = 3
"""How deep a file is laid open, a line each: the samples, their parts, the blocks."""


def same_as_golden(name: str, drawn: Any, folder: Path = GOLDEN) -> None:
    """Compare with the file of that name. After a change that is meant, `HEADSUP_GOLDEN=1` writes it: read the diff."""
    file = folder / f"{name}.json"
    if os.environ.get("HEADSUP_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(_laid_open(drawn) + "\n", encoding="utf-8")
    assert json.loads(file.read_text(encoding="utf-8")) == drawn


def _laid_open(part: Any, depth: int = 0) -> str:
    if depth == _OPEN or not part or not isinstance(part, dict | list):
        return json.dumps(part, ensure_ascii=False)
    if isinstance(part, dict):
        inside = [f"{json.dumps(name)}: {_laid_open(one, depth + 1)}" for name, one in part.items()]
    else:
        inside = [_laid_open(one, depth + 1) for one in part]
    start, end = "{}" if isinstance(part, dict) else "[]"
    lines = ",\n".join(" " * (depth + 1) + one for one in inside)
    return f"{start}\n{lines}\n{' ' * depth}{end}"
