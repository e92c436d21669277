"""`terraform show -json` with the provider `integrations/github`: a state, or a plan.

https://registry.terraform.io/providers/integrations/github/latest/docs
https://developer.hashicorp.com/terraform/internals/json-format
A block is a list of mappings. An attribute that is not there is not known before the plan is applied.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from wflint.model.view import items
from wflint.settings.loaders import terraform_policies as policies
from wflint.settings.loaders.partial import source_of
from wflint.settings.loaders.read import Fields, Notes, set_at
from wflint.settings.loaders.repository_keys import identity, merge, security
from wflint.settings.loaders.rest import Sections
from wflint.settings.model import Partial
from wflint.settings.patterns import branch_pattern
from wflint.settings.policy import RefPattern
from wflint.settings.sections import ActionsSettings, DeployKey, EnvironmentSettings, Webhook
from wflint.settings.source import SettingsSource
from wflint.settings.value import UNKNOWN, Setting
from wflint.source.document import Document
from wflint.source.node import Mapping, Node, Scalar


class _Resource(NamedTuple):
    type: str
    values: Mapping
    repository: str | None


def load(document: Document) -> list[Partial]:
    """Read the state or plan: one part for each repository in it."""
    root = document.root
    if root is None:
        return []
    notes = Notes()
    planned = root.get("planned_values") is not None or root.get("resource_changes") is not None
    source = source_of(document, "terraform", "desired" if planned else "live")
    found: dict[str | None, list[_Resource]] = {}
    for resource in _resources(root):
        found.setdefault(resource.repository, []).append(resource)
    sections = {name: _sections(resources, notes, source) for name, resources in found.items()}
    return [
        Partial(source, subject=name, oddities=notes.found if index == 0 else (), **into.all())
        for index, (name, into) in enumerate(sections.items())
    ] or [Partial(source, oddities=notes.found)]


def _resources(root: Node) -> Iterator[_Resource]:
    """Yield the provider's resources, each with the repository it names."""
    modules = [node for key in ("planned_values", "values") if (node := root.at(key, "root_module")) is not None]
    ids: dict[str, str] = {}
    listed: list[tuple[Node, Node | None]] = []
    while modules:
        module = modules.pop()
        listed += [(item, item.get("values")) for item in items(module.get("resources"))]
        modules += reversed(items(module.get("child_modules")))
    if not listed:
        listed = [(item, item.at("change", "after")) for item in items(root.get("resource_changes"))]
    for item, values in listed:
        if _text(item.get("type")) == "github_repository" and values is not None:
            name = _text(values.get("name"))
            ids |= {id: name for key in ("node_id", "id") if name and (id := _text(values.get(key)))}
    for item, values in listed:
        type = _text(item.get("type")) or ""
        if isinstance(values, Mapping) and type.startswith("github_") and _text(item.get("mode")) != "data":
            named = next((text for key in ("repository", "repository_id") if (text := _text(values.get(key)))), None)
            name = _text(values.get("name")) if type == "github_repository" else ids.get(named or "", named)
            yield _Resource(type, values, name)


def _text(node: Node | None) -> str | None:
    return node.string if isinstance(node, Scalar) else None


def _sections(resources: list[_Resource], notes: Notes, source: SettingsSource) -> Sections:
    into = Sections(notes)
    for type, node, _ in resources:
        values = Fields(node, notes, absent="unknown")
        if type == "github_branch_protection":
            into.policies.append(policies.protection(node, values, source))
        elif type == "github_branch_protection_v3":
            into.policies.append(policies.protection_v3(node, values, source))
        elif type in ("github_repository_ruleset", "github_organization_ruleset"):
            into.policies.append(policies.ruleset(node, values, source, type))
        elif type == "github_repository_environment":
            one = _environment(node, values)
            into.environments[(one.name.value or "").lower()] = one
        else:
            _simple(into, type, node, values)
    for type, node, _ in resources:
        if type == "github_repository_environment_deployment_policy":
            _deployment_policy(into, Fields(node, notes, absent="unknown"))
    return into


def _simple(into: Sections, type: str, node: Mapping, values: Fields) -> None:
    if type == "github_repository":
        into.identity = replace(identity(values), default_branch=into.identity.default_branch)
        into.merge = merge(values)
        into.security = security(values, dependabot_alerts=values.flag("vulnerability_alerts", None))
    elif type == "github_branch_default":
        into.identity = replace(into.identity, default_branch=values.text("branch"))
    elif type == "github_actions_repository_permissions":
        config = values.child("allowed_actions_config")
        words: dict[str, Any] = {"all": "all", "local_only": "local_only", "selected": "selected"}
        into.actions = replace(
            into.actions,
            enabled=values.flag("enabled", True),
            allowed=values.choice("allowed_actions", words),
            sha_pinning=values.flag("sha_pinning_required", None),
            github_owned=config.flag("github_owned_allowed", None),
            verified=config.flag("verified_allowed", None),
            patterns=config.texts("patterns_allowed", None),
        )
    elif type == "github_workflow_repository_permissions":
        token = values.choice("default_workflow_permissions", {"read": "read", "write": "write"})
        approve = values.flag("can_approve_pull_request_reviews", None)
        actions: ActionsSettings = replace(into.actions, can_approve_prs=approve)
        into.actions = replace(actions, default_token=token)  # type: ignore[arg-type]
    elif type == "github_repository_dependabot_security_updates":
        into.security = replace(into.security, dependabot_updates=values.flag("enabled", None))
    elif type == "github_repository_deploy_key":
        key = DeployKey(node.head, values.text("title"), values.flag("read_only", True))
        held = into.access.deploy_keys.value or ()
        into.access = replace(into.access, deploy_keys=Setting((*held, key), "set", node.head))
    elif type == "github_repository_webhook":
        config = values.child("configuration")
        insecure = config.flag("insecure_ssl", None)
        word = Setting("1" if insecure.value else "0", insecure.state, insecure.place) if insecure.known else UNKNOWN
        secret = config.missing("secret", None, off=True) if config.get("secret") is None else config.text("secret")
        events = values.texts("events", None)
        hook = Webhook(node.head, config.text("url"), values.flag("active", True), word, secret, events)
        into.access = replace(
            into.access, webhooks=Setting((*(into.access.webhooks.value or ()), hook), "set", node.head)
        )


def _environment(node: Mapping, values: Fields) -> EnvironmentSettings:
    name = values.text("environment")
    branch_policy = values.child("deployment_branch_policy")
    protected = branch_policy.flag("protected_branches", None)
    if branch_policy.node is None:
        refs: Setting[Any] = Setting("all", "default", node.head) if "deployment_branch_policy" in values else UNKNOWN
    else:
        refs = Setting("protected" if protected.is_on else "selected", protected.state, protected.place)
    return EnvironmentSettings(
        place=name.place or node.head,
        name=name,
        reviewers=_reviewers(node, values),
        prevent_self_review=values.flag("prevent_self_review"),
        wait_minutes=values.number("wait_timer", 0),
        refs=refs,
        admins_bypass=values.flag("can_admins_bypass", True),
    )


def _reviewers(node: Mapping, values: Fields) -> Setting[Any]:
    part = values.child("reviewers")
    if part.node is None:
        return Setting((), "default", node.head) if "reviewers" in values else UNKNOWN
    return set_at(part.node, (*policies.ids(part, "users", "user"), *policies.ids(part, "teams", "team")))


def _deployment_policy(into: Sections, values: Fields) -> None:
    key = (values.text("environment").value or "").lower()
    one = into.environments.get(key)
    if one is None:
        return
    found: list[RefPattern] = []
    for name, kind in (("branch_pattern", "heads"), ("tag_pattern", "tags")):
        text = values.text(name)
        if text.value is not None and text.place is not None:
            pattern = branch_pattern(text.value, text.place)
            found.append(RefPattern(text.value, f"refs/{kind}/{text.value}", pattern.syntax, text.place))
    held = one.patterns.value or ()
    into.environments[key] = replace(one, patterns=Setting((*held, *found), "set", values.place))
