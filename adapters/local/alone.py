"""A page of ours made to stand alone: one file with its styles, its scripts and what it shows, that fetches nothing.

A browser loads no modules from a file on disk. So each module becomes a function called once, in the order in which
they need one another, all in one script; the policy of the page lets that script and those styles in, by their hashes.
"""

import base64
import hashlib
import json
import re
from typing import Any

from adapters.local.files import TYPES, read_static

_STYLE = re.compile(r'  <link rel="stylesheet" href="/static/([\w.-]+)">\n')
_SCRIPT = re.compile(r'  <script type="module" src="/static/([\w.-]+)"></script>\n')
_IMPORT = re.compile(r"^import (\{[^}]*\}) from '\./([\w-]+)\.js';$", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.MULTILINE)
_LEFT = re.compile(r"^\s*(?:import|export)\b.*|.*</(?:script|style)\b.*", re.MULTILINE | re.IGNORECASE)
_FILE = re.compile(r"/static/([\w-]+\.svg)(?!#)")


def stand_alone(page: str, shown: Any) -> str:
    """The page of that name with all it needs; its script finds `shown` in the element of that id."""
    html = read_static(page)
    style = _checked("".join(read_static(name) for name in _STYLE.findall(html)))
    script = _bundle(_SCRIPT.findall(html))
    data = json.dumps(shown, ensure_ascii=False).replace("<", "\\u003c")
    head = (
        f'  <meta http-equiv="Content-Security-Policy" content="{_policy(script, style)}">\n',
        f"  <style>{style}</style>\n",
        f'  <script type="application/json" id="shown">{data}</script>\n',
        f'  <script type="module">{script}</script>\n',
    )
    bare = _embedded(_SCRIPT.sub("", _STYLE.sub("", html)))
    before, title, after = bare.partition("  <title>")
    return before + head[0] + title + after.replace("</head>", "".join(head[1:]) + "</head>", 1)


def address(kind: str, content: bytes) -> str:
    """The content itself, as an address."""
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def _bundle(entries: list[str]) -> str:
    """The modules, each after those it imports from. Raises ValueError for one that cannot be bundled."""
    done: dict[str, str] = {}

    def add(name: str) -> None:
        if name not in done:
            done[name] = ""
            source = read_static(f"{name}.js")
            for _, needed in _IMPORT.findall(source):
                add(needed)
            del done[name]
            done[name] = _module(name, source)

    for entry in entries:
        add(entry.removesuffix(".js"))
    return _embedded("\n".join(done.values()))


def _module(name: str, source: str) -> str:
    exports = _EXPORT.findall(source)
    body = _checked(_EXPORT.sub("", _IMPORT.sub(r"const \1 = from_\2;", source)))
    return f"const from_{name} = (() => {{\n{body}\nreturn {{ {', '.join(exports)} }};\n}})();"


def _checked(source: str) -> str:
    """The source itself, with nothing left in it that means something else inside a page."""
    left = _LEFT.search(source)
    if left is not None:
        raise ValueError(f"this cannot stand inside a page: {left.group().strip()}")
    return source


def _embedded(source: str) -> str:
    """Our drawings are held by whatever named them."""
    return _FILE.sub(lambda found: address(TYPES["svg"], read_static(found[1]).encode()), source)


def _policy(script: str, style: str) -> str:
    """Nothing but this script, these styles and pictures that the page itself holds."""
    allowed = {"default-src": "'none'", "img-src": "data:", "base-uri": "'none'", "form-action": "'none'"}
    return "; ".join(
        f"{what} {which}" for what, which in {**allowed, "script-src": _hash(script), "style-src": _hash(style)}.items()
    )


def _hash(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"
