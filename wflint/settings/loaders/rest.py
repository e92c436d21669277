"""Answers of the REST API about a repository, other than rulesets and branch protection.

The name of an answer is its route below `/repos/{owner}/{repo}/`; that of the repository itself is `repository`.
https://docs.github.com/rest
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field, replace
from typing import Any

from wflint.model.view import items
from wflint.settings.actor import Actor
from wflint.settings.loaders import repository_keys
from wflint.settings.loaders.environment import answered, patterns
from wflint.settings.loaders.partial import partial, source_of
from wflint.settings.loaders.read import Fields, Notes, set_at
from wflint.settings.model import Partial
from wflint.settings.policy import RefPolicy
from wflint.settings.sections import (
    AccessSettings,
    ActionsSettings,
    DeployKey,
    EnvironmentSettings,
    Identity,
    Member,
    MergeSettings,
    SecuritySettings,
    Webhook,
)
from wflint.settings.value import Setting, Texts
from wflint.source.document import Document
from wflint.source.node import Mapping, Node, Sequence


@dataclass
class Sections:
    """The sections as they are filled, answer by answer."""

    notes: Notes
    identity: Identity = field(default_factory=Identity)
    merge: MergeSettings = field(default_factory=MergeSettings)
    actions: ActionsSettings = field(default_factory=ActionsSettings)
    security: SecuritySettings = field(default_factory=SecuritySettings)
    access: AccessSettings = field(default_factory=AccessSettings)
    environments: dict[str, EnvironmentSettings] = field(default_factory=dict)
    policies: list[RefPolicy] = field(default_factory=list)
    complete: set[str] = field(default_factory=set)

    def all(self) -> dict[str, Any]:
        """Return the sections by the names that the model has for them."""
        return {
            "identity": self.identity,
            "merge": self.merge,
            "actions": self.actions,
            "security": self.security,
            "access": self.access,
            "environments": tuple(self.environments.values()),
            "policies": tuple(self.policies),
        }

    def fields(self, node: Node) -> Fields:
        return Fields(node, self.notes)


def _repository(into: Sections, node: Node) -> None:
    one = into.fields(node)
    into.identity = repository_keys.identity(one)
    into.merge = repository_keys.merge(one)
    found = repository_keys.security(one)
    kept = {name: value for name, value in vars_of(into.security).items() if value.known}
    into.security = replace(found, **kept)


def vars_of(section: Any) -> dict[str, Setting[Any]]:
    """Return the settings of a section by name."""
    return {name: getattr(section, name) for name in section.__dataclass_fields__}


def _permissions(into: Sections, node: Node) -> None:
    one = into.fields(node)
    into.actions = replace(
        into.actions,
        enabled=one.flag("enabled", None),
        allowed=one.choice("allowed_actions", {"all": "all", "local_only": "local_only", "selected": "selected"}),
        sha_pinning=one.flag("sha_pinning_required", None),
    )


def _selected(into: Sections, node: Node) -> None:
    one = into.fields(node)
    into.actions = replace(
        into.actions,
        github_owned=one.flag("github_owned_allowed", None),
        verified=one.flag("verified_allowed", None),
        patterns=one.texts("patterns_allowed", None),
    )


def _token(into: Sections, node: Node) -> None:
    one = into.fields(node)
    into.actions = replace(
        into.actions,
        default_token=one.choice("default_workflow_permissions", {"read": "read", "write": "write"}),
        can_approve_prs=one.flag("can_approve_pull_request_reviews", None),
    )


def _private_forks(into: Sections, node: Node) -> None:
    one = into.fields(node)
    into.actions = replace(
        into.actions,
        private_fork_run=one.flag("run_workflows_from_fork_pull_requests", None),
        private_fork_write_token=one.flag("send_write_tokens_to_workflows", None),
        private_fork_secrets=one.flag("send_secrets_and_variables", None),
        private_fork_approval=one.flag("require_approval_for_fork_pr_workflows", None),
    )


def _oidc(into: Sections, node: Node) -> None:
    one = into.fields(node)
    into.actions = replace(
        into.actions,
        oidc_default=one.flag("use_default", None),
        oidc_claims=one.texts("include_claim_keys"),
        oidc_immutable=one.flag("use_immutable_subject", None),
    )


def _text(name: str, key: str) -> Callable[[Sections, Node], None]:
    def read(into: Sections, node: Node) -> None:
        filled: dict[str, Any] = {name: into.fields(node).text(key)}
        into.actions = replace(into.actions, **filled)

    return read


def _enabled(name: str) -> Callable[[Sections, Node], None]:
    def read(into: Sections, node: Node) -> None:
        filled: dict[str, Any] = {name: into.fields(node).flag("enabled", None)}
        into.security = replace(into.security, **filled)

    return read


def _retention(into: Sections, node: Node) -> None:
    into.actions = replace(into.actions, retention_days=into.fields(node).number("days"))


def _default_setup(into: Sections, node: Node) -> None:
    into.security = replace(into.security, code_scanning_default=into.fields(node).text("state"))


def names(into: Sections, node: Node, key: str) -> Texts:
    """Return the names in a list of secrets or variables."""
    listed = into.fields(node).get(key)
    if not isinstance(listed, Sequence):
        return Setting(None, "unknown", node.head)
    found = [one.text("name") for one in into.fields(node).children(key)]
    return set_at(listed, tuple(name for name in found if name.known))


def _named(name: str, key: str) -> Callable[[Sections, Node], None]:
    def into(sections: Sections, node: Node) -> None:
        found = names(sections, node, key)
        filled: dict[str, Any] = {name: found}
        sections.access = replace(sections.access, **filled)
        total = node.get("total_count")
        if found.value is not None and total is not None and total.string == str(len(found.value)):
            sections.complete.add(name)

    return into


def _environments(into: Sections, node: Node) -> None:
    listed = node.get("environments")
    found = [item for item in items(listed) if isinstance(item, Mapping)]
    for item in found if listed is not None else [node] if isinstance(node, Mapping) else []:
        one = answered(item, into.fields(item))
        if one.name.value is not None:
            into.environments.setdefault(one.name.value.lower(), one)
    total = node.get("total_count")
    if total is None or total.string == str(len(found)):
        into.complete |= {"environments"} if listed is not None else set()


def environment_part(into: Sections, environment: str, part: str, node: Node) -> None:
    """Add what an answer below an environment's route tells of it."""
    key = environment.lower()
    one = into.environments.get(key)
    if one is None:
        return
    if part == "deployment-branch-policies" and node.get("branch_policies") is not None:
        one = replace(one, patterns=patterns(node.get("branch_policies") or node))
    elif part == "deployment_protection_rules":
        gates = [
            gate.child("app").text("slug")
            for gate in into.fields(node).children("custom_deployment_protection_rules")
            if not gate.flag("enabled", True).is_off
        ]
        one = replace(one, custom_gates=Setting(tuple(gate for gate in gates if gate.known), "set", node.head))
    elif part in ("secrets", "variables"):
        filled: dict[str, Any] = {part: names(into, node, part)}
        one = replace(one, **filled)
        into.complete.add(f"{part} of {key}")
    into.environments[key] = one


def _hooks(into: Sections, node: Node) -> None:
    found = []
    for item in items(node):
        hook, config = into.fields(item), into.fields(item).child("config")
        found.append(
            Webhook(
                item.head,
                config.text("url"),
                hook.flag("active", None),
                config.text("insecure_ssl"),
                config.text("secret") if "secret" in config else config.missing("secret", None, off=True),
                hook.texts("events", None),
            )
        )
    into.access = replace(into.access, webhooks=set_at(node, tuple(found)))
    into.complete.add("hooks")


def _keys(into: Sections, node: Node) -> None:
    listed = [into.fields(item) for item in items(node)]
    keys = [DeployKey(one.place, one.text("title"), one.flag("read_only", None)) for one in listed if one.place]
    into.access = replace(into.access, deploy_keys=set_at(node, tuple(keys)))
    into.complete.add("keys")


def _collaborators(into: Sections, node: Node) -> None:
    found = []
    for item in items(node):
        one = into.fields(item)
        login = one.text("login")
        found.append(Member(Actor("user", login.place or item.head, one.number("id"), login), one.text("role_name")))
    into.access = replace(into.access, collaborators=set_at(node, tuple(found)))


READERS: Dict[str, Callable[[Sections, Node], None]] = {
    "repository": _repository,
    "actions/permissions": _permissions,
    "actions/permissions/selected-actions": _selected,
    "actions/permissions/workflow": _token,
    "actions/permissions/access": _text("access_level", "access_level"),
    "actions/permissions/fork-pr-contributor-approval": _text("fork_approval", "approval_policy"),
    "actions/permissions/fork-pr-workflows-private-repos": _private_forks,
    "actions/permissions/artifact-and-log-retention": _retention,
    "actions/oidc/customization/sub": _oidc,
    "actions/secrets": _named("secrets", "secrets"),
    "actions/organization-secrets": _named("organization_secrets", "secrets"),
    "actions/variables": _named("variables", "variables"),
    "actions/organization-variables": _named("organization_variables", "variables"),
    "dependabot/secrets": _named("dependabot_secrets", "secrets"),
    "environments": _environments,
    "hooks": _hooks,
    "keys": _keys,
    "collaborators": _collaborators,
    "immutable-releases": _enabled("immutable_releases"),
    "private-vulnerability-reporting": _enabled("private_vulnerability_reporting"),
    "automated-security-fixes": _enabled("dependabot_updates"),
    "code-scanning/default-setup": _default_setup,
}
"""How each answer is read."""

_TELLS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("actions/permissions", ("enabled", "allowed_actions")),
    ("actions/permissions", ("enabled", "sha_pinning_required")),
    ("actions/permissions/selected-actions", ("patterns_allowed",)),
    ("actions/permissions/selected-actions", ("github_owned_allowed",)),
    ("actions/permissions/workflow", ("default_workflow_permissions",)),
    ("actions/permissions/access", ("access_level",)),
    ("actions/permissions/fork-pr-contributor-approval", ("approval_policy",)),
    ("actions/permissions/fork-pr-workflows-private-repos", ("run_workflows_from_fork_pull_requests",)),
    ("actions/permissions/artifact-and-log-retention", ("days", "maximum_allowed_days")),
    ("actions/oidc/customization/sub", ("use_default",)),
    ("actions/secrets", ("total_count", "secrets")),
    ("actions/variables", ("total_count", "variables")),
    ("environments", ("total_count", "environments")),
    ("environments", ("name", "protection_rules")),
    ("immutable-releases", ("enabled", "enforced_by_owner")),
    ("automated-security-fixes", ("enabled", "paused")),
    ("code-scanning/default-setup", ("state", "languages")),
    ("repository", ("full_name", "default_branch")),
    ("repository", ("default_branch", "visibility")),
)
_LIST_TELLS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("hooks", ("config", "events")),
    ("keys", ("title", "read_only")),
    ("collaborators", ("login", "permissions")),
)


def endpoint(root: Node) -> str | None:
    """Return which answer a document is; None when it is none of those."""
    if isinstance(root, Sequence):
        first = root[0] if len(root) else None
        tells = _LIST_TELLS
    else:
        first, tells = root, _TELLS
    if not isinstance(first, Mapping):
        return None
    return next((name for name, keys in tells if all(key in first for key in keys)), None)


def load(document: Document) -> list[Partial]:
    """Read one answer."""
    root = document.root
    name = endpoint(root) if root is not None else None
    if root is None or name is None:
        return []
    into = Sections(Notes())
    READERS[name](into, root)
    full_name = root.get("full_name")
    subject = full_name.string if full_name is not None else None
    return [partial(source_of(document, "rest", "live", into.complete), into.notes, subject=subject, **into.all())]
