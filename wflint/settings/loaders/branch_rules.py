"""The active rules of a branch: `GET /repos/{owner}/{repo}/rules/branches/{branch}`.

It tells of every level and of active rulesets alone, but not who may bypass them, nor of classic protection.
https://docs.github.com/rest/repos/rules#get-rules-for-a-branch
"""

from __future__ import annotations

from wflint.model.view import items
from wflint.settings.loaders.partial import partial, source_of
from wflint.settings.loaders.read import Fields, Notes
from wflint.settings.loaders.ruleset import LEVEL
from wflint.settings.loaders.ruleset_rules import rules_listed
from wflint.settings.model import Partial
from wflint.settings.patterns import ruleset_pattern
from wflint.settings.policy import RefPolicy
from wflint.settings.source import SettingsSource
from wflint.settings.value import UNKNOWN, Setting
from wflint.source.document import Document
from wflint.source.node import Mapping, Node


def policies(node: Node, notes: Notes, source: SettingsSource, branch: Setting[str] = UNKNOWN) -> tuple[RefPolicy, ...]:
    """Return one policy for each ruleset that the answer names, for the branch that was asked about if it is known."""
    grouped: dict[str | None, list[Mapping]] = {}
    for item in items(node):
        if isinstance(item, Mapping):
            id = item.get("ruleset_id")
            grouped.setdefault(id.string if id is not None else None, []).append(item)
    found = []
    for listed in grouped.values():
        first = Fields(listed[0], notes)
        place = listed[0].get("ruleset_id")
        include = exclude = UNKNOWN
        if branch.value is not None and branch.place is not None:
            pattern = ruleset_pattern(f"refs/heads/{branch.value}", branch.place)
            include, exclude = Setting((pattern,), "set", branch.place), Setting((), "default", branch.place)
        found.append(
            RefPolicy(
                kind="ruleset",
                place=place.place if place is not None else listed[0].head,
                node=listed[0],
                source=source,
                id=first.number("ruleset_id"),
                level=first.choice("ruleset_source_type", LEVEL),
                target=Setting("branch", "default", listed[0].head),
                enforcement=Setting("active", "default", listed[0].head),
                repositories=Setting((), "default", listed[0].head),
                include=include,
                exclude=exclude,
                **rules_listed(list(listed), notes, node.place, "branch"),
            )
        )
    return tuple(found)


def load(document: Document) -> list[Partial]:
    """Read the answer."""
    if document.root is None:
        return []
    notes = Notes()
    source = source_of(document, "branch-rules", "live")
    return [partial(source, notes, policies=policies(document.root, notes, source))]
