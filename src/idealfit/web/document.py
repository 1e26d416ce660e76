"""The OpenAPI document as a page that people read: no script, and nothing that is fetched from elsewhere."""

from __future__ import annotations

from html import escape
from typing import Any

STYLE = """
body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem;color:#222}
h2{margin:2rem 0 .5rem;font-size:1.2rem}details{border-top:1px solid #ddd;padding:.5rem 0}
summary{cursor:pointer;overflow-wrap:anywhere}code{font-size:.95em;overflow-wrap:anywhere}
.scroll{overflow-x:auto}table{border-collapse:collapse;margin:.5rem 0}
td code{white-space:nowrap}
td{text-align:left;vertical-align:top;padding:.15rem 1rem .15rem 0}b{display:inline-block;min-width:4rem}
"""


def page(document: dict[str, Any]) -> str:
    """Return the page: every operation, what it takes and what it answers."""
    about = document["info"]
    groups: dict[str, list[str]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            group = (operation.get("tags") or ["other"])[0]
            groups.setdefault(group, []).append(_operation(document, method.upper(), path, operation))
    body = "".join(f"<h2>{escape(name.capitalize())}</h2>{''.join(of)}" for name, of in groups.items())
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(about["title"])}</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><style>{STYLE}</style></head><body>'
        f"<h1>{escape(about['title'])}</h1><p>{escape(about.get('summary', ''))} Send a key with every request: "
        f"<code>Authorization: Bearer ik_...</code>. For programs: <a href='openapi.json'>openapi.json</a>.</p>"
        f"{body}</body></html>"
    )


def _operation(document: dict[str, Any], method: str, path: str, operation: dict[str, Any]) -> str:
    rows = [
        (f"{given['name']} ({given['in']})", _kind(given["schema"]), given.get("required", False), given["schema"])
        for given in operation.get("parameters", ())
    ]
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if content:
        schema = _schema(document, content["schema"])
        needed = schema.get("required", ())
        rows += [(name, _kind(of), name in needed, of) for name, of in schema.get("properties", {}).items()]
    cells = "".join(
        f"<tr><td><code>{escape(name)}</code></td><td>{escape(kind)}</td><td>{'needed' if needed else ''}</td>"
        f"<td>{escape(str(of.get('description', '')))}</td></tr>"
        for name, kind, needed, of in rows
    )
    answers = "".join(
        f"<tr><td>{escape(status)}</td><td>{escape(str(answer.get('description', '')))}</td></tr>"
        for status, answer in operation["responses"].items()
    )
    told = escape(str(operation.get("description") or operation.get("summary") or ""))
    return (
        f"<details><summary><b>{method}</b> <code>{escape(path)}</code> {told}</summary>"
        f'<div class="scroll"><table>{cells}</table></div><div class="scroll"><table>{answers}</table></div></details>'
    )


def _schema(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    found: dict[str, Any] = document["components"]["schemas"][name] if name else schema
    return found


def _kind(schema: dict[str, Any]) -> str:
    """Return what a value is, in words.

    >>> _kind({"anyOf": [{"type": "string", "maxLength": 200}, {"type": "null"}]})
    'string (up to 200) or null'
    """
    several = schema.get("anyOf") or schema.get("oneOf")
    if several:
        return " or ".join(map(_kind, several))
    if "enum" in schema:
        return ", ".join(map(str, schema["enum"]))
    kind = str(schema.get("format") or schema.get("type") or schema.get("$ref", "").rpartition("/")[2] or "anything")
    if kind == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    return kind + (f" (up to {schema['maxLength']})" if "maxLength" in schema else "")
