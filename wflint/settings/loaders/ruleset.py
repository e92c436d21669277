"""Rulesets as JSON: exported from the web interface, answered by or sent to the REST API, alone or in a list.

https://docs.github.com/rest/repos/rules
"""

from __future__ import annotations

from wflint.facts.settings import Field, fields
from wflint.model.view import items
from wflint.settings.actor import Actor, BypassActor, BypassMode
from wflint.settings.loaders.partial import partial, source_of
from wflint.settings.loaders.read import Fields, Notes
from wflint.settings.loaders.ruleset_rules import ACTOR, rules
from wflint.settings.loaders.shape import judge
from wflint.settings.model import Partial
from wflint.settings.patterns import ruleset_pattern
from wflint.settings.policy import Enforcement, PolicyLevel, RefPattern, RefPolicy, RefTarget
from wflint.settings.source import SettingsSource
from wflint.settings.value import UNKNOWN, Setting
from wflint.source.document import Document
from wflint.source.node import Mapping, Node, Sequence

ENFORCEMENT: dict[str, Enforcement] = {
    "active": "active",
    "enabled": "active",
    "evaluate": "evaluate",
    "disabled": "disabled",
}
TARGET: dict[str, RefTarget] = {"branch": "branch", "tag": "tag", "push": "push", "repository": "repository"}
LEVEL: dict[str, PolicyLevel] = {
    "Repository": "repository",
    "Organization": "organization",
    "Enterprise": "enterprise",
}
MODE: dict[str, BypassMode] = {"always": "always", "pull_request": "pull_request", "exempt": "exempt"}
_SERVER = ("node_id", "_links", "created_at", "updated_at", "id", "source", "source_type", "current_user_can_bypass")


def policy(node: Mapping, notes: Notes, source: SettingsSource) -> RefPolicy:
    """Return a ruleset, whole or in part: what is not there is unknown, but for rules in a list of rules."""
    if source.intent == "desired":
        judge(node, _sent(), "POST/PUT", notes, also=_SERVER, what="the ruleset")
    ruleset = Fields(node, notes)
    name = ruleset.text("name")
    target = ruleset.choice("target", TARGET, "branch" if _is_whole(node) else None)
    include, exclude = _conditions(ruleset, target)
    repositories = ruleset.child("conditions").child("repository_name").texts("include", None)
    org_wide = any(key in ruleset.child("conditions").entries for key in ("repository_id", "repository_property"))
    own = Setting((), "default", node.head) if not org_wide else UNKNOWN
    return RefPolicy(
        kind="ruleset",
        place=name.place or node.head,
        node=node,
        source=source,
        name=name,
        id=ruleset.number("id"),
        target=target,
        level=ruleset.choice("source_type", LEVEL),
        enforcement=ruleset.choice("enforcement", ENFORCEMENT),
        include=include if not org_wide else UNKNOWN,
        exclude=exclude,
        repositories=repositories if repositories.known else own,
        bypass=bypass(ruleset.get("bypass_actors"), notes),
        **rules(ruleset.get("rules"), notes, target.value),
    )


def _sent() -> dict[str, Field]:
    """Return the fields of a request; those that an organization's ruleset has besides are in the answer's."""
    known = fields("ruleset")
    return known | {
        path: field._replace(calls=("POST/PUT",), changed={})
        for path, field in known.items()
        if path.startswith("conditions.")
    }


def _is_whole(node: Mapping) -> bool:
    return "enforcement" in node and "rules" in node


def _conditions(
    ruleset: Fields, target: Setting[RefTarget]
) -> tuple[Setting[tuple[RefPattern, ...]], Setting[tuple[RefPattern, ...]]]:
    names = ruleset.child("conditions").child("ref_name")
    if names.node is None:
        return UNKNOWN, UNKNOWN
    return patterns(names, "include"), patterns(names, "exclude")


def patterns(names: Fields, key: str, prefix: str = "") -> Setting[tuple[RefPattern, ...]]:
    """Return the patterns of `include` or `exclude`; the one left out is empty."""
    found = names.texts(key)
    if not found.known:
        return Setting(None, "unknown", found.place)
    listed = tuple(
        ruleset_pattern(one.value, one.place, prefix=prefix)
        for one in found.value or ()
        if one.value is not None and one.place
    )
    return Setting(listed, found.state, found.place)


def bypass(node: Node | None, notes: Notes) -> Setting[tuple[BypassActor, ...]]:
    """Return the bypass actors. GitHub shows them only to those who may edit the ruleset: none shown is unknown."""
    if not isinstance(node, Sequence):
        return UNKNOWN
    found = []
    for item in node:
        actor = Fields(item, notes)
        kind = actor.choice("actor_type", ACTOR)
        place = kind.place or item.head
        id = actor.number("actor_id") if kind.value not in ("deploy-key", "organization-admin") else UNKNOWN
        mode = actor.choice("bypass_mode", MODE, "always")
        if isinstance(item, Mapping):
            found.append(BypassActor(Actor(kind.value or "unknown", place, id), mode))
    return Setting(tuple(found), "set", node.head if len(node) else node.place)


def policies(node: Node, notes: Notes, source: SettingsSource) -> tuple[RefPolicy, ...]:
    """Return the rulesets of one ruleset, a list of rulesets, or a list of rules alone."""
    if isinstance(node, Mapping):
        return (policy(node, notes, source),)
    found = [item for item in items(node) if isinstance(item, Mapping)]
    if found and all("type" in item and "rules" not in item and "enforcement" not in item for item in found):
        return (RefPolicy("ruleset", node.head, node, source, **rules(node, notes)),)
    return tuple(policy(item, notes, source) for item in found)


def load(document: Document) -> list[Partial]:
    """Read rulesets. What carries the server's fields is an answer, but for an export that was kept in a file."""
    notes = Notes()
    root = document.root
    if root is None:
        return []
    node = root.get("state") if "version_id" in _keys(root) else root.get("rulesets")
    node = node or root
    source = source_of(document, "ruleset", "live" if _is_answer(node) else "desired")
    return [partial(source, notes, policies=policies(node, notes, source))]


def _is_answer(node: Node) -> bool:
    first = node[0] if isinstance(node, Sequence) and len(node) else node
    return bool(_keys(first) & {"node_id", "_links", "current_user_can_bypass"})


def _keys(node: Node) -> set[str]:
    return set(node.entries) if isinstance(node, Mapping) else set()
