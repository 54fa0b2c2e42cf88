"""The document as one HTML page: the AsyncAPI project's own renderer, its styles and the document, all inlined."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ninelives.contracttools.inlined import as_script, fill_template
from ninelives.contracttools.npm import Packages

PACKAGES = Packages("asyncapi", ("@asyncapi/parser@3.6.3", "@asyncapi/react-component@3.2.1"))
PARSER = Path(__file__).with_name("parser.mjs")
RENDERER = Path("node_modules", "@asyncapi", "react-component")
SCRIPT = RENDERER / "browser" / "standalone" / "without-parser.js"
STYLES = RENDERER / "styles" / "default.min.css"
ERROR = 0
"""The severity of what makes a document invalid; 1 warns, 2 and 3 advise."""

POLICY = "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data:"
"""Nothing leaves the page. The renderer compiles JSON Schemas into functions when it is loaded, hence `unsafe-eval`."""

TEMPLATE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="__POLICY__">
<title>Nine Lives: events</title>
<style>__STYLES__</style>
<style>
body { margin: 0; font-family: system-ui, sans-serif; overflow-wrap: anywhere; }
.aui-root .prose code::before, .aui-root .prose code::after { content: none; }
.aui-root .shadow span { max-width: 100%; }
</style>
</head>
<body>
<div id="document"></div>
<script>__SCRIPT__</script>
<script>
AsyncApiStandalone.render(
  {schema: __DOCUMENT__, config: {show: {errors: false, sidebar: true}, expand: {messageExamples: false}}},
  document.getElementById("document"));
</script>
</body>
</html>
"""


@dataclass(frozen=True)
class ParserFinding:
    """A finding of the official parser about a document, and its path in it."""

    severity: int
    code: str
    message: str
    path: tuple[str | int, ...]


class Invalid(Exception):
    """The official parser refuses the document; `str(error)` says why."""


def parse_document(text: str) -> tuple[str, tuple[ParserFinding, ...]]:
    """The document as the renderer takes it, and what the parser finds. Raises Invalid, NotInstalled."""
    done = PACKAGES.node(PARSER, stdin=text)
    try:
        said = json.loads(done.stdout)
    except ValueError as error:
        raise Invalid(f"the parser did not answer: {done.stderr.strip()[-500:]}") from error
    found = tuple(ParserFinding(f["severity"], f["code"], f["message"], tuple(f["path"])) for f in said["found"])
    if said["parsed"] is None:
        raise Invalid("; ".join(f"{'/'.join(map(str, f.path))}: {f.message}" for f in found if f.severity == ERROR))
    return said["parsed"], found


def page(text: str) -> str:
    """The page of a document. It asks for nothing over a network. Raises Invalid, NotInstalled."""
    schema, _ = parse_document(text)
    folder = PACKAGES.folder()
    parts = {
        "__POLICY__": POLICY,
        "__STYLES__": (folder / STYLES).read_text(encoding="utf-8"),
        "__SCRIPT__": as_script((folder / SCRIPT).read_text(encoding="utf-8")),
        "__DOCUMENT__": as_script(schema),
    }
    return fill_template(TEMPLATE, parts)
