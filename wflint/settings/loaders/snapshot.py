"""wflint's own snapshot: the REST API's answers about one repository in one file, less what is no setting.

```json
{"wflint-snapshot": 1, "repository": "owner/name", "taken": "2026-01-31",
 "sections": {"rulesets/42": {"status": 200, "body": {}}}}
```

A section's name is the route below `/repos/{owner}/{name}/`; `repository` stands for the repository itself. A list's
body holds all of its pages in one list. A status of 403 means that the caller may not know. So does 404, but where
GitHub answers it for what is switched off. What could not be asked is named in `failed`, and is in no section.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from wflint.settings.loaders import branch_rules, classic, ruleset
from wflint.settings.loaders.partial import partial, source_of
from wflint.settings.loaders.read import Fields, Notes, key_text
from wflint.settings.loaders.rest import READERS, Sections, environment_part
from wflint.settings.model import Partial
from wflint.settings.policy import RefPolicy
from wflint.settings.source import SettingsSource
from wflint.settings.value import Setting
from wflint.source.document import Document
from wflint.source.node import Mapping, Node, Sequence

VERSION = 1

_OFF_AT_404 = {
    # https://docs.github.com/rest/repos/repos#check-if-immutable-releases-are-enabled-for-a-repository
    "immutable-releases": "immutable_releases",
    # https://docs.github.com/rest/repos/repos#check-if-vulnerability-alerts-are-enabled-for-a-repository
    "vulnerability-alerts": "dependabot_alerts",
    # https://docs.github.com/rest/repos/repos#check-if-dependabot-security-updates-are-enabled-for-a-repository
    "automated-security-fixes": "dependabot_updates",
}


def load(document: Document) -> list[Partial]:
    """Read the snapshot."""
    root = document.root
    notes = Notes()
    if not isinstance(root, Mapping):
        return []
    file = Fields(root, notes)
    version = file.number("wflint-snapshot")
    if version.value != VERSION and version.place is not None:
        notes.add(version.place, f"Only version {VERSION} of this format can be read.", "unknown-value")
        return [partial(source_of(document, "snapshot", "live"), notes)]
    into = Sections(notes)
    answers = list(_answers(file))
    for name, status, body, _ in answers:
        if body is not None and status == 200 and name in READERS:
            READERS[name](into, body)
        else:
            _without_body(into, name, status, file)
    for name, status, body, _ in answers:
        parts = name.split("/")
        if len(parts) == 3 and parts[0] == "environments" and status == 200 and body is not None:
            environment_part(into, unquote(parts[1]), parts[2], body)
    into.complete |= _complete(answers)
    source = source_of(document, "snapshot", "live", into.complete)
    into.policies.extend(_policies(answers, notes, source))
    return [partial(source, notes, subject=file.text("repository").value, **into.all())]


Answer = tuple[str, int, Node | None, Setting[str]]


def _answers(file: Fields) -> Iterator[Answer]:
    """Yield each section's name, status, body, and its name with its place."""
    sections = file.child("sections")
    for name, node in sections.entries.items():
        one = Fields(node, file.notes)
        status = one.number("status").value
        if status is not None:
            yield name, status, one.get("body"), key_text(node)


def _without_body(into: Sections, name: str, status: int, file: Fields) -> None:
    setting = _OFF_AT_404.get(name)
    place = file.child("sections").child(name).number("status").place
    if setting is not None and status in (204, 404):
        filled: dict[str, Any] = {setting: Setting(status == 204, "default", place)}
        into.security = replace(into.security, **filled)


def _complete(answers: list[Answer]) -> set[str]:
    found = set()
    for name, status, body, _ in answers:
        if name == "rulesets" and status == 200 and isinstance(body, Sequence):
            found.add("rulesets")
        branch = _protected_branch(name)
        if branch is not None and (status == 200 or (status == 404 and _says_unprotected(body))):
            found.add(f"classic refs/heads/{branch}")
    return found


def _says_unprotected(body: Node | None) -> bool:
    """Tell GitHub's answer for a branch without protection from that for a caller who may not know."""
    message = body.get("message") if body is not None else None
    return message is not None and "not protected" in (message.string or "").lower()


def _protected_branch(name: str) -> str | None:
    if name.startswith("branches/") and name.endswith("/protection"):
        return unquote(name[len("branches/") : -len("/protection")])
    return None


def _policies(answers: list[Answer], notes: Notes, source: SettingsSource) -> Iterator[RefPolicy]:
    for name, status, body, key in answers:
        if status != 200 or body is None:
            continue
        branch = _protected_branch(name)
        if branch is not None and isinstance(body, Mapping):
            yield classic.policy(body, notes, source, Setting(branch, "set", key.place), style="get")
        elif name == "rulesets" or name.startswith("rulesets/"):
            yield from ruleset.policies(body, notes, source)
        elif name.startswith("rules/branches/"):
            asked = Setting(unquote(name.removeprefix("rules/branches/")), "set", key.place)
            yield from branch_rules.policies(body, notes, source, asked)
