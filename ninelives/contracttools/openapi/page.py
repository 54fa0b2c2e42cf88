"""The document as one HTML page: Redoc, its styles and the document, all inlined."""

from __future__ import annotations

import json
from pathlib import Path

from ninelives.contracttools.inlined import as_script, fill_template
from ninelives.contracttools.npm import Packages

PACKAGES = Packages("openapi", ("redoc@2.5.4",))
LOGO = "https://cdn.redoc.ly/redoc/logo-mini.svg"
"""All that Redoc would ask for by itself. Without it, it shows its name only."""

SCRIPT = Path("node_modules", "redoc", "bundles", "redoc.standalone.js")
POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; worker-src blob:"
"""Nothing leaves the page. Redoc builds the index of its search in a worker made of a blob, hence `worker-src`."""

OPTIONS = {
    "disableGoogleFont": True,
    "expandResponses": "200,201",
    "hideDownloadButtons": True,
    "jsonSampleExpandLevel": 3,
    "pathInMiddlePanel": True,
    "requiredPropsFirst": True,
    "theme": {
        "colors": {"primary": {"main": "#8a1f5c"}},
        "typography": {"fontFamily": "system-ui, sans-serif", "headings": {"fontFamily": "system-ui, sans-serif"}},
        "sidebar": {"width": "280px"},
    },
}
TEMPLATE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="__POLICY__">
<title>Nine Lives: player API</title>
<style>body { margin: 0; font-family: system-ui, sans-serif; }</style>
</head>
<body>
<div id="document"></div>
<script>__SCRIPT__</script>
<script>Redoc.init(__DOCUMENT__, __OPTIONS__, document.getElementById("document"));</script>
</body>
</html>
"""


def page(text: str) -> str:
    """The page of a document. It asks for nothing over a network. Raises NotInstalled."""
    parts = {
        "__POLICY__": POLICY,
        "__DOCUMENT__": as_script(json.dumps(json.loads(text))),
        "__OPTIONS__": json.dumps(OPTIONS),
        "__SCRIPT__": as_script((PACKAGES.folder() / SCRIPT).read_text(encoding="utf-8").replace(LOGO, "data:,")),
    }
    return fill_template(TEMPLATE, parts)
