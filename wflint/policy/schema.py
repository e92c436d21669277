"""The JSON Schema of policy files, made from the catalogue: what an editor needs to complete and check them."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from typing import Any, Literal

from wflint.policy.policy import ENFORCEMENTS
from wflint.rule.catalogue import Catalogue
from wflint.rule.finding import LEVELS
from wflint.rule.options import Option, described
from wflint.rule.rule import Rule

DRAFT = "https://json-schema.org/draft/2020-12/schema"
TEXTS = {"type": "array", "items": {"type": "string"}}
ONE_OR_MORE = {"anyOf": [{"type": "string"}, TEXTS]}
SIMPLE = {bool: "boolean", int: "integer", float: "number", str: "string"}
SHORT = {"enum": ["on", "off", *LEVELS]}


def schema(catalogue: Catalogue) -> dict[str, Any]:
    """Return the schema: every rule with its options and their docs."""
    return {
        "$schema": DRAFT,
        "title": "A wflint policy",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "title": {"type": "string"},
            "docs": {"type": "string"},
            "extends": ONE_OR_MORE | {"description": "Packs by name, files by path; later ones win."},
            "rules": {"$ref": "#/$defs/rules"},
            "overrides": {
                "type": "array",
                "items": _closed({"files": ONE_OR_MORE, "rules": {"$ref": "#/$defs/rules"}}, ("files", "rules")),
            },
            "waivers": {"type": "array", "items": _waiver(catalogue)},
            "data-paths": ONE_OR_MORE | {"description": "Globs of the files whose changes are data."},
            "secrets": ONE_OR_MORE | {"description": "The names of the secrets that may be used."},
            "external-checks": ONE_OR_MORE | {"description": "Globs of status contexts that other apps report."},
        },
        "$defs": {
            "rules": {
                "type": "object",
                "additionalProperties": False,
                "properties": {rule.id: _rule(rule) for rule in catalogue.values()},
                "patternProperties": {"^tag:": {"anyOf": [SHORT, _setting({"type": "object"})]}},
            }
        },
    }


def _rule(rule: Rule) -> dict[str, Any]:
    options = {option.name: _option(option, hint) for option, hint in described(rule.options)}
    return {"description": rule.title, "anyOf": [SHORT, _setting(_closed(options))]}


def _setting(options: dict[str, Any]) -> dict[str, Any]:
    return _closed({"level": SHORT, "options": options, "enforcement": {"enum": list(ENFORCEMENTS)}})


def _option(option: Option, hint: Any) -> dict[str, Any]:
    return {**_type(hint), "description": option.docs, "default": _plain(option.default)}


def _type(hint: Any) -> dict[str, Any]:
    """Return the schema of an option's type, as `rule.options` reads it."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (typing.Union, types.UnionType):
        return {"anyOf": [{"type": "null"} if each is type(None) else _type(each) for each in arguments]}
    if origin is tuple:
        return {"type": "array", "items": _type(arguments[0])}
    if origin in (dict, Mapping):
        return {"type": "object", "additionalProperties": _type(arguments[1])}
    if hasattr(hint, "_field_defaults"):
        inner = {option.name: _option(option, each) for option, each in described(hint)}
        required = [option.name for option, _ in described(hint) if option.required]
        return _closed(inner, required)
    return {
        bool: {"type": "boolean"},
        int: {"type": "integer"},
        float: {"type": "number"},
        str: {"type": "string"},
    }.get(hint, {})


def _waiver(catalogue: Catalogue) -> dict[str, Any]:
    text = {"type": "string", "minLength": 1}
    fields = {
        "rule": {"enum": list(catalogue)},
        "path": text | {"description": "A glob over paths from the repository's root."},
        "reason": text,
        "owner": text,
        "until": {"type": "string", "format": "date", "description": "The last day, as 2027-01-31."},
        "route": text | {"description": "The way to the value, such as jobs.build.steps[0].uses."},
        "value": text | {"description": "The digest of the value that was accepted; `wflint baseline` writes it."},
    }
    return _closed(fields, ("rule", "path", "reason", "owner"))


def _closed(properties: dict[str, Any], required: typing.Sequence[str] = ()) -> dict[str, Any]:
    closed = {"type": "object", "additionalProperties": False, "properties": properties}
    return {**closed, "required": list(required)} if required else closed


def _plain(value: Any) -> Any:
    """Return a default as JSON has it."""
    if isinstance(value, tuple):
        if hasattr(value, "_asdict"):
            return {key.replace("_", "-"): _plain(each) for key, each in value._asdict().items()}
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return value
