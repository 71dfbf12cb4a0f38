"""Golden files: what Slack is given, word for word, to be read when it changes."""

import json
import os
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "golden"


def same_as_golden(name: str, drawn: Any) -> None:
    """Compare with the file of that name. After a change that is meant, `HEADSUP_GOLDEN=1` writes it: read the diff."""
    file, shown = HERE / f"{name}.json", json.dumps(drawn, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if os.environ.get("HEADSUP_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(shown, encoding="utf-8")
    assert json.loads(file.read_text(encoding="utf-8")) == drawn
