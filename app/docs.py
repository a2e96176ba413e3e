"""What the page /api/docs shows, from the OpenAPI document."""

import json
import re
from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

from markupsafe import Markup, escape

from app.errors import PROBLEMS
from app.live import PATH, PROTOCOL
from app.refusals import SENTENCES
from app.sockets import PING_EVERY, SocketProtocol

Json = Mapping[str, Any]


def sections(document: Json) -> dict[str, Any]:
    """Everything that templates/docs.html asks for."""
    return {
        "about": document["info"]["description"],
        "live": {
            "path": PATH,
            "protocol": PROTOCOL,
            "patience": SocketProtocol.PATIENCE,
            "ping": PING_EVERY,
        },
        "routes": [
            route(path, method, operation)
            for path, methods in document["paths"].items()
            for method, operation in methods.items()
        ],
        "schemas": [schema(name, node) for name, node in document["components"]["schemas"].items()],
        "problems": [
            {
                "anchor": anchor,
                "status": status,
                "title": title,
                "when": when,
                "sentences": [
                    {"kind": kind, "words": gapped(f"{one.detail} {one.mend}")}
                    for kind, one in SENTENCES.items()
                    if one.problem == anchor
                ],
            }
            for anchor, (status, title, when) in PROBLEMS.items()
        ],
    }


def route(path: str, method: str, operation: Json) -> dict[str, Any]:
    """One route: what it does, takes and answers."""
    body = operation.get("requestBody", {}).get("content", {})
    return {
        "anchor": f"{method}-{path.strip('/').replace('/', '-').replace('{', '').replace('}', '')}",
        "method": method.upper(),
        "path": path,
        "paragraphs": [marked(one) for one in operation["description"].split("\n\n")],
        "parameters": [parameter(one) for one in operation.get("parameters", ())],
        "bodies": [form(name, content) for name, content in body.items()],
        "answers": [answer(status, one) for status, one in operation["responses"].items()],
    }


def parameter(node: Json) -> dict[str, Any]:
    """One parameter of a path or a query."""
    return {
        "name": node["name"],
        "type": in_words(node["schema"]),
        "fallback": fallback(node["schema"], needed=node.get("required", False)),
        "about": node.get("description") or f"In the {node['in']}.",
    }


def form(media_type: str, content: Json) -> dict[str, Any]:
    """One media type of a body or an answer."""
    examples = [
        {"about": one["summary"], "text": example_text(one["value"])}
        for one in content.get("examples", {}).values()
    ]
    return {
        "media_type": media_type,
        "schemas": list(names(content.get("schema", {}))),
        "examples": examples,
    }


def answer(status: str, node: Json) -> dict[str, Any]:
    """One status and what comes with it."""
    return {
        "status": status,
        "about": marked(node["description"]),
        "headers": [
            {"name": name, "about": one["description"]}
            for name, one in node.get("headers", {}).items()
        ],
        "forms": [form(name, content) for name, content in node.get("content", {}).items()],
    }


def schema(name: str, node: Json) -> dict[str, Any]:
    """One schema: its fields with what they may hold."""
    needed = node.get("required", ())
    fields = [
        {
            "name": field,
            "type": in_words(one),
            "fallback": fallback(one, needed=field in needed),
            "about": one.get("description", ""),
        }
        for field, one in node.get("properties", {}).items()
    ]
    return {"name": name, "about": node.get("description", ""), "fields": fields}


def fallback(node: Json, *, needed: bool) -> str:
    """What holds when a value is left out; nothing is said of values that are always there."""
    if needed or "const" in node:
        return ""
    return f"else {json.dumps(node['default'])}" if node.get("default") is not None else "optional"


def marked(text: str) -> Markup:
    """Set what stands between backticks as code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))


def gapped(sentence: str) -> Markup:
    """Set the gaps of a sentence as code; doubled braces stand for single ones."""
    pieces = Formatter().parse(sentence)
    return Markup().join(
        escape(text) + (Markup("<code>{{{}}}</code>").format(name) if name else "")
        for text, name, _, _ in pieces
    )


def in_words(node: Json) -> str:
    """Say what a value may be."""
    if "$ref" in node:
        return str(node["$ref"].rpartition("/")[2])
    if "const" in node:
        return f'"{node["const"]}"'
    if "enum" in node:
        return ", ".join(f'"{one}"' for one in node["enum"])
    if "anyOf" in node:
        return " or ".join(in_words(one) for one in node["anyOf"])
    if node.get("type") == "array":
        return _array_in_words(node)
    if node.get("type") == "object":
        inner = node.get("additionalProperties", {})
        return f"an object of {in_words({} if inner is True else inner)}"
    return str(node.get("type", "anything")) + "".join(_bounds_in_words(node))


def _array_in_words(node: Json) -> str:
    if "prefixItems" in node:
        return f"[{', '.join(in_words(one) for one in node['prefixItems'])}]"
    least, most = node.get("minItems"), node.get("maxItems")
    count = f" {most}" if least == most and most else f" {least} to {most}" if most else ""
    return f"a list of{count}: {in_words(node.get('items', {}))}"


def _bounds_in_words(node: Json) -> Iterator[str]:
    for key, words in (
        ("exclusiveMinimum", "above"),
        ("minimum", "from"),
        ("maximum", "to"),
        ("exclusiveMaximum", "below"),
    ):
        if key in node:
            yield f" {words} {node[key]:g}"


def names(node: Json) -> Iterator[str]:
    """The schemas that a node refers to directly."""
    if "$ref" in node:
        yield node["$ref"].rpartition("/")[2]
    for option in (*node.get("oneOf", ()), *node.get("anyOf", ())):
        yield from names(option)
    for key in ("items", "additionalProperties"):
        if isinstance(node.get(key), dict):
            yield from names(node[key])


def example_text(value: Any) -> str:
    """An example as JSON, long lists shortened."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 200 else text[:60].rpartition(",")[0] + ", …" + text[-2:]
