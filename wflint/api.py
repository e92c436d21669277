"""All that a rule or a plugin may import.

- a rule: `rule`, `Context`, `NoOptions`, `Finding`, `Fix`, `Edit`, `FileEdit`, `Level`
- what it is about: the views of workflows, actions and settings, `Document`, `Repository`
- what it reads: `Node` and its kinds, `Place`, `Span`; `expression` (trees of `${{ }}`), `shell` (scripts), `globs`
- what is known: the modules of facts, such as `advisories`, `events`, `untrusted`

The fact modules and `shell` are imported when a rule that needs them is.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from wflint.analysis.checks.required import RequiredContext
from wflint.analysis.repository import Repository
from wflint.model.action import Action
from wflint.model.container import Container
from wflint.model.dependabot import Dependabot, DependabotUpdate
from wflint.model.expression import Expression
from wflint.model.git_ref import is_branch, is_commit
from wflint.model.ignore import Ignore
from wflint.model.image import Image, ImageName
from wflint.model.job import Job, ReusableCall
from wflint.model.matrix import Matrix
from wflint.model.parts import Concurrency, Environment
from wflint.model.permissions import Permissions
from wflint.model.precommit import PreCommit, PreCommitRepo
from wflint.model.runner import Runner
from wflint.model.script import Script
from wflint.model.step import RunStep, Step, UsesStep
from wflint.model.trigger import Schedule, Trigger
from wflint.model.uses import Uses
from wflint.model.workflow import Workflow
from wflint.plugins import hookimpl
from wflint.policy.policy import Waiver
from wflint.policy.weaker import Weakening
from wflint.rule.finding import FileEdit, Finding, Fix, Level
from wflint.rule.rule import Context, Declared, NoOptions, rule
from wflint.settings.targets import EnvironmentProtection, ProtectedRef, Protection, Settings
from wflint.source.document import Document
from wflint.source.edit import Edit
from wflint.source.node import Mapping, Node, Place, Scalar, Sequence
from wflint.source.span import Span

if TYPE_CHECKING:
    from wflint import expression, shell
    from wflint.analysis import (
        automation,
        checkout,
        condition,
        credential_text,
        cron,
        deploying,
        deployments,
        downloads,
        env_variables,
        environments,
        failing,
        fences,
        gates,
        grants,
        guards,
        image_tags,
        insert,
        installs,
        landing,
        last_actor,
        literal_credentials,
        near,
        notices,
        owners,
        placed,
        privilege,
        retries,
        run_refs,
        secret_flow,
        secrets,
        select,
        shipping,
        stages,
        taint,
        untrusted_checkout,
        workspace,
    )
    from wflint.analysis.checks import filters, pull_request
    from wflint.expression import evaluate, tree
    from wflint.expression import value as values
    from wflint.facts import (
        actions,
        advisories,
        archived,
        automerge,
        caches,
        contexts,
        credentials,
        deprecated,
        events,
        notifiers,
        permissions,
        popular,
        publishing,
        refs,
        replacements,
        runners,
        scanners,
        tree_code,
        trusted,
        untrusted,
        version,
    )
    from wflint.model import globs

_LATE = {
    "automation": "wflint.analysis.automation",
    "checkout": "wflint.analysis.checkout",
    "condition": "wflint.analysis.condition",
    "credential_text": "wflint.analysis.credential_text",
    "cron": "wflint.analysis.cron",
    "deploying": "wflint.analysis.deploying",
    "deployments": "wflint.analysis.deployments",
    "downloads": "wflint.analysis.downloads",
    "env_variables": "wflint.analysis.env_variables",
    "environments": "wflint.analysis.environments",
    "evaluate": "wflint.expression.evaluate",
    "expression": "wflint.expression",
    "failing": "wflint.analysis.failing",
    "fences": "wflint.analysis.fences",
    "filters": "wflint.analysis.checks.filters",
    "gates": "wflint.analysis.gates",
    "globs": "wflint.model.globs",
    "grants": "wflint.analysis.grants",
    "guards": "wflint.analysis.guards",
    "image_tags": "wflint.analysis.image_tags",
    "insert": "wflint.analysis.insert",
    "installs": "wflint.analysis.installs",
    "landing": "wflint.analysis.landing",
    "last_actor": "wflint.analysis.last_actor",
    "literal_credentials": "wflint.analysis.literal_credentials",
    "near": "wflint.analysis.near",
    "notices": "wflint.analysis.notices",
    "owners": "wflint.analysis.owners",
    "placed": "wflint.analysis.placed",
    "privilege": "wflint.analysis.privilege",
    "pull_request": "wflint.analysis.checks.pull_request",
    "retries": "wflint.analysis.retries",
    "run_refs": "wflint.analysis.run_refs",
    "secret_flow": "wflint.analysis.secret_flow",
    "secrets": "wflint.analysis.secrets",
    "select": "wflint.analysis.select",
    "shell": "wflint.shell",
    "shipping": "wflint.analysis.shipping",
    "stages": "wflint.analysis.stages",
    "taint": "wflint.analysis.taint",
    "tree": "wflint.expression.tree",
    "untrusted_checkout": "wflint.analysis.untrusted_checkout",
    "values": "wflint.expression.value",
    "workspace": "wflint.analysis.workspace",
    **{
        name: f"wflint.facts.{name}"
        for name in (
            "actions",
            "advisories",
            "archived",
            "automerge",
            "caches",
            "contexts",
            "credentials",
            "deprecated",
            "events",
            "notifiers",
            "permissions",
            "popular",
            "publishing",
            "refs",
            "replacements",
            "runners",
            "scanners",
            "tree_code",
            "trusted",
            "untrusted",
            "version",
        )
    },
}


def __getattr__(name: str) -> Any:
    if name in _LATE:
        return import_module(_LATE[name])
    raise AttributeError(name)


__all__ = [
    "Action",
    "Concurrency",
    "Container",
    "Context",
    "Declared",
    "Dependabot",
    "DependabotUpdate",
    "Document",
    "Edit",
    "Environment",
    "EnvironmentProtection",
    "Expression",
    "FileEdit",
    "Finding",
    "Fix",
    "Ignore",
    "Image",
    "ImageName",
    "Job",
    "Level",
    "Mapping",
    "Matrix",
    "NoOptions",
    "Node",
    "Permissions",
    "Place",
    "PreCommit",
    "PreCommitRepo",
    "ProtectedRef",
    "Protection",
    "Repository",
    "RequiredContext",
    "ReusableCall",
    "RunStep",
    "Runner",
    "Scalar",
    "Schedule",
    "Script",
    "Sequence",
    "Settings",
    "Span",
    "Step",
    "Trigger",
    "Uses",
    "UsesStep",
    "Waiver",
    "Weakening",
    "Workflow",
    "actions",
    "advisories",
    "archived",
    "automation",
    "automerge",
    "caches",
    "checkout",
    "condition",
    "contexts",
    "credential_text",
    "credentials",
    "cron",
    "deploying",
    "deployments",
    "deprecated",
    "downloads",
    "env_variables",
    "environments",
    "evaluate",
    "events",
    "expression",
    "failing",
    "fences",
    "filters",
    "gates",
    "globs",
    "grants",
    "guards",
    "hookimpl",
    "image_tags",
    "insert",
    "installs",
    "is_branch",
    "is_commit",
    "landing",
    "last_actor",
    "literal_credentials",
    "near",
    "notices",
    "notifiers",
    "owners",
    "permissions",
    "placed",
    "popular",
    "privilege",
    "publishing",
    "pull_request",
    "refs",
    "replacements",
    "retries",
    "rule",
    "run_refs",
    "runners",
    "scanners",
    "secret_flow",
    "secrets",
    "select",
    "shell",
    "shipping",
    "stages",
    "taint",
    "tree",
    "tree_code",
    "trusted",
    "untrusted",
    "untrusted_checkout",
    "values",
    "version",
    "workspace",
]
