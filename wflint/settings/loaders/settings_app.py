"""`.github/settings.yml` of the Settings app, and the files of safe-settings, which extend it.

https://github.com/repository-settings/app  https://github.com/github/safe-settings
What the file leaves out is left as it is on GitHub; environments and rulesets that a list leaves out are deleted.
"""

from __future__ import annotations

from dataclasses import replace

from wflint.facts.settings import fields
from wflint.settings.actor import Actor
from wflint.settings.loaders import ruleset
from wflint.settings.loaders.classic import policy
from wflint.settings.loaders.environment import requested
from wflint.settings.loaders.partial import partial, source_of
from wflint.settings.loaders.read import Fields, Notes, is_null
from wflint.settings.loaders.repository_keys import identity, merge, security
from wflint.settings.loaders.shape import judge, unknown_keys
from wflint.settings.model import Partial
from wflint.settings.patterns import DEFAULT_BRANCH, ruleset_pattern
from wflint.settings.policy import RefPolicy
from wflint.settings.sections import AccessSettings, EnvironmentSettings, Member
from wflint.settings.source import SettingsSource
from wflint.settings.value import UNKNOWN, Setting
from wflint.source.document import Document
from wflint.source.node import Mapping, Sequence

TOP = frozenset(
    ("repository", "labels", "collaborators", "teams", "milestones", "branches", "environments", "rulesets")
)
SAFE = frozenset(
    ("validator", "autolinks", "custom_properties", "variables", "suborgrepos", "suborgteams", "suborgproperties")
)
_APP_KEYS = ("enable_vulnerability_alerts", "enable_automated_security_fixes", "topics")
_SAFE_KEYS = ("security", "force_create", "template", "auto_init", "gitignore_template", "license_template")


def is_settings(root: Mapping) -> bool:
    """Tell whether a mapping is such a file: its `repository` is a mapping, or its `branches` a list."""
    return (
        isinstance(root.get("repository"), Mapping)
        or isinstance(root.get("branches"), Sequence)
        or any(isinstance(root.get(key), Sequence) for key in ("labels", "milestones", "teams"))
    )


def load(document: Document) -> list[Partial]:
    """Read the file."""
    root = document.root
    notes = Notes()
    if not isinstance(root, Mapping):
        return []
    extends = root.get("_extends")
    file = Fields(root, notes, absent="unknown")
    safe = bool(SAFE & root.entries.keys()) or bool(file.child("repository").entries.keys() & set(_SAFE_KEYS))
    unknown_keys(root, TOP | SAFE if safe else TOP, notes, "this file")
    complete = {name for name in ("rulesets", "environments") if isinstance(root.get(name), Sequence) and not extends}
    complete |= {f"classic refs/heads/{name}" for name in _branches(file)}
    source = source_of(document, "settings-app", "desired", complete, extends.string if extends is not None else None)
    repository = file.child("repository")
    if repository.node is not None:
        known = fields("repository")
        judge(repository.node, known, "PATCH", notes, also=(*known, *_APP_KEYS, *_SAFE_KEYS), what="`repository`")
    switches = repository.child("security") if safe else repository
    names = ("enableVulnerabilityAlerts", "enableAutomatedSecurityFixes") if safe else _APP_KEYS[:2]
    sections = {
        "identity": identity(repository),
        "merge": merge(repository),
        "security": security(
            repository,
            dependabot_alerts=switches.flag(names[0], None),
            dependabot_updates=switches.flag(names[1], None),
        ),
        "environments": tuple(_environments(file, notes, safe=safe)),
        "access": _access(file),
        "policies": (*_classic(file, notes, source, safe=safe), *_rulesets(file, notes, source)),
    }
    return [partial(source, notes, **sections)]


def _branches(file: Fields) -> list[str]:
    found = []
    for branch in file.children("branches"):
        name = branch.text("name").value
        if name is not None and "protection" in branch:
            found.append(name)
    return found


def _classic(file: Fields, notes: Notes, source: SettingsSource, *, safe: bool) -> list[RefPolicy]:
    found = []
    for branch in file.children("branches"):
        node = branch.get("protection")
        name = branch.text("name")
        if isinstance(node, Mapping) and len(node) and name.known:
            one = policy(node, notes, source, name, style="put")
            if safe and name.value == "default" and name.place is not None:
                one = replace(one, include=Setting((ruleset_pattern(DEFAULT_BRANCH, name.place),), "set", name.place))
            found.append(one)
        elif node is not None and not isinstance(node, Mapping) and not is_null(node):
            notes.wrong_type(node, "protection", "a mapping or null")
    return found


def _rulesets(file: Fields, notes: Notes, source: SettingsSource) -> tuple[RefPolicy, ...]:
    node = file.get("rulesets")
    return ruleset.policies(node, notes, source) if isinstance(node, Sequence) else ()


def _environments(file: Fields, notes: Notes, *, safe: bool) -> list[EnvironmentSettings]:
    found = []
    for environment in file.children("environments"):
        name = environment.text("name")
        if environment.node is None or not name.known:
            continue
        own = Fields(environment.node, notes)
        found.append(requested(own, name, self_review=False))
        dropped = environment.get("prevent_self_review")
        if dropped is not None and not safe:
            notes.add(dropped.head, "The Settings app does not pass `prevent_self_review` on to GitHub.", "no-effect")
    return found


def _access(file: Fields) -> AccessSettings:
    return AccessSettings(
        collaborators=_members(file, "collaborators", "username"), teams=_members(file, "teams", "name")
    )


def _members(file: Fields, key: str, name_key: str) -> Setting[tuple[Member, ...]]:
    node = file.get(key)
    if not isinstance(node, Sequence):
        return UNKNOWN
    found = []
    for one in file.children(key):
        name = one.text(name_key)
        if one.node is not None and name.place is not None:
            actor = Actor("team" if key == "teams" else "user", name.place, name=name)
            found.append(Member(actor, one.text("permission")))
    return Setting(tuple(found), "set", node.head)
