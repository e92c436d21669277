"""Telling by its content, and by its name where that is not enough, how a document writes settings down."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import TypeAlias

from wflint.facts.settings import graphql_rule, rule_types
from wflint.settings.loaders import (
    asf,
    branch_rules,
    classic_file,
    form,
    graphql,
    prow,
    rest,
    ruleset,
    settings_app,
    snapshot,
    terraform,
)
from wflint.settings.loaders.partial import partial, source_of
from wflint.settings.loaders.read import Notes
from wflint.settings.model import Partial
from wflint.settings.source import Oddity
from wflint.source.document import Document
from wflint.source.node import Mapping, Node, Place, Sequence
from wflint.source.span import Span

Loader: TypeAlias = Callable[[Document], list[Partial]]


def load(document: Document) -> list[Partial]:
    """Return what a document tells of each repository it is about.

    A document that could not be parsed tells nothing and is a finding of its own; one that is no known way to write
    settings down is odd, at its start.
    """
    if document.root is None:
        return []
    loader = loader_of(document)
    found = loader(document) if loader is not None else []
    if found:
        return [replace(found[0], oddities=(*_not_json(document), *found[0].oddities)), *found[1:]]
    notes = Notes()
    notes.add(
        document.root.head,
        "These are no repository settings in a form that is known.",
        "unrecognised",
        "Known are rulesets and branch protection as JSON, `.github/settings.yml`, `.asf.yaml`, answers of the REST "
        "API, `terraform show -json`, and what `wflint settings pull` writes.",
    )
    return [partial(source_of(document, "unrecognised", "desired"), notes)]


def _not_json(document: Document) -> tuple[Oddity, ...]:
    """Return where a `.json` file is no JSON though YAML can read it: GitHub takes JSON only."""
    import json

    if not document.name.endswith(".json"):
        return ()
    try:
        json.loads(document.text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        at = min(error.pos, len(document.text))
        place = Place(document, Span(at, min(at + 1, len(document.text))), document.root)
        return (Oddity(place, "From here on this is not JSON; GitHub refuses the file.", "not-json"),)
    except ValueError:
        # A number too long for Python is JSON all the same.
        return ()
    return ()


def loader_of(document: Document) -> Loader | None:
    """Return the loader for a document, or None."""
    root = document.root
    base = document.name.rpartition("/")[2]
    if isinstance(root, Sequence):
        return _of_list(root)
    if not isinstance(root, Mapping):
        return settings_app.load if document.name.endswith(".github/settings.yml") else None
    if base == ".asf.yaml":
        return asf.load
    for tell, loader in _TELLS:
        if tell(root):
            return loader
    return settings_app.load if base in ("settings.yml", "settings.yaml") else None


def _of_list(root: Sequence) -> Loader | None:
    first = next((item for item in root if isinstance(item, Mapping)), None)
    if first is None:
        return None
    if "ruleset_id" in first or "ruleset_source" in first:
        return branch_rules.load
    type = first.get("type")
    if type is not None and type.string in rule_types():
        return ruleset.load
    if _is_graphql_rule(first):
        return graphql.load
    if _has(first, "enforcement") or _is_rules(first.get("rules")):
        return ruleset.load
    if next(classic_file.find(root), None) is not None:
        return classic_file.load
    return rest.load if rest.endpoint(root) is not None else None


def _has(node: Node | None, *keys: str) -> bool:
    return isinstance(node, Mapping) and all(key in node for key in keys)


def _any(node: Node | None, keys: Collection[str]) -> bool:
    return isinstance(node, Mapping) and any(key in node for key in keys)


def _is_rules(node: Node | None) -> bool:
    if not isinstance(node, Sequence) or not len(node):
        return False
    return any(type.string in rule_types() for item in node if (type := item.get("type")) is not None)


def _is_ruleset(root: Mapping) -> bool:
    if "version_id" in root and _has(root.get("state"), "rules"):
        return True
    if _is_rules(root.get("rules")) or _has(root, "enforcement", "name"):
        return True
    if settings_app.is_settings(root) or "github" in root:
        return False
    listed = root.get("rulesets")
    return isinstance(listed, Sequence) and any(_is_ruleset(item) for item in listed if isinstance(item, Mapping))


def _is_graphql_rule(node: Node) -> bool:
    return isinstance(node, Mapping) and len(node.entries.keys() & graphql_rule().keys()) >= 2


_TELLS: tuple[tuple[Callable[[Mapping], bool], Loader], ...] = (
    (lambda root: "wflint-snapshot" in root, snapshot.load),
    (lambda root: _any(root, ("planned_values", "resource_changes")), terraform.load),
    (lambda root: _has(root.get("values"), "root_module"), terraform.load),
    (lambda root: isinstance(root.get("branch-protection"), Mapping), prow.load),
    (lambda root: _any(root.get("github"), asf.TELLING), asf.load),
    (_is_ruleset, ruleset.load),
    (graphql.is_answer, graphql.load),
    (settings_app.is_settings, settings_app.load),
    (lambda root: rest.endpoint(root) is not None, rest.load),
    (lambda root: next(classic_file.find(root), None) is not None, classic_file.load),
    (form.is_form, form.load),
)
