"""Our own files: what the browser is given, and what a page that stands alone is made of."""

from importlib.resources import files

_STATIC = files("adapters.local") / "static"
TYPES = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}


def read_static(name: str) -> str:
    """One of our own files. Raises FileNotFoundError for anything else."""
    if "/" in name or name.startswith("."):
        raise FileNotFoundError(name)
    return (_STATIC / name).read_text(encoding="utf-8")
