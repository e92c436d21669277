"""The settings of a repository as tables, for every format that shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any, NamedTuple

from wflint.analysis.repository import Repository
from wflint.settings.actor import Actor, ActorSet, BypassActor
from wflint.settings.controls import Controls
from wflint.settings.model import RepositorySettings
from wflint.settings.policy import RefPattern, RefPolicy
from wflint.settings.rules import CodeScanningTool, MergeQueueRule, RequiredCheck, RequiredWorkflow
from wflint.settings.sections import DeployKey, Member, Webhook
from wflint.settings.targets import ProtectedRef
from wflint.settings.value import Setting


class Row(NamedTuple):
    """A setting by its name."""

    name: str
    setting: Setting[Any]


class Table(NamedTuple):
    """Settings that belong together. `kind` is the section; `name` says of what, where there are several."""

    kind: str
    name: str
    rows: tuple[Row, ...]
    policies: tuple[tuple[str, RefPolicy], ...] = ()
    """For a ref: each policy that concerns it, and whether it `applies`, `may apply` or is `not enforced`."""
    complete: bool = True
    """For a ref: whether there can be no other policy for it."""


def tables(settings: RepositorySettings, repository: Repository) -> Iterator[Table]:
    """Yield all tables of what is told in one checkout; those of which nothing is known as well."""
    yield Table("identity", "", _rows(settings.identity))
    for ref in ProtectedRef.of(settings, repository):
        yield _ref(ref)
    for environment in settings.environments:
        yield Table("environments", environment.name.value or "", _rows(environment, without=("name",)))
    for section in ("merge", "actions", "security", "access"):
        yield Table(section, "", _rows(getattr(settings, section)))


def words(value: Any) -> str:
    """Return a value as a person reads it."""
    if value is None or value is False:
        return "off"
    if value is True:
        return "on"
    if isinstance(value, ActorSet):
        return words(value.actors) if value.actors else "nobody"
    if isinstance(value, tuple | list):
        return ", ".join(words(each) for each in value) or "none"
    return _one(value)


def plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    if isinstance(value, ActorSet):
        value = value.actors
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Setting):
        return plain(value.value)
    return _one(value)


def _ref(ref: ProtectedRef) -> Table:
    policy = ref.policy
    name = f"{ref.name}, the default branch" if ref.is_default and not ref.name.startswith("the") else ref.name
    told = (("applies", policy.policies), ("may apply", policy.possible), ("not enforced", policy.inactive))
    return Table(
        "refs",
        name.replace("`", ""),
        tuple(Row(field.name, getattr(policy, field.name)) for field in fields(Controls)),
        tuple((how, each) for how, policies in told for each in policies),
        policy.complete,
    )


def _rows(section: Any, without: tuple[str, ...] = ()) -> tuple[Row, ...]:
    found = ((field.name, getattr(section, field.name)) for field in fields(section) if field.name not in without)
    return tuple(Row(name, value) for name, value in found if isinstance(value, Setting))


def _one(value: Any) -> str:
    match value:
        case Setting():
            return words(value.value) if value.known else "unknown"
        case RequiredCheck():
            return f"{value.context.value} ({_app(value.app)})"
        case Actor():
            return value.title.replace("`", "")
        case BypassActor():
            return f"{_one(value.actor)} ({value.mode.value or 'unknown'})"
        case RefPattern():
            return value.text
        case MergeQueueRule():
            return f"on ({value.merge_method.value or 'unknown method'})"
        case RequiredWorkflow():
            return str(value.path.value)
        case CodeScanningTool():
            return str(value.tool.value)
        case Member():
            return f"{_one(value.actor)} ({value.permission.value or 'unknown'})"
        case DeployKey():
            return f"{value.title.value} ({'may push' if value.read_only.is_off else 'reads'})"
        case Webhook():
            return str(value.url.value)
    return str(value)


def _app(app: Setting[int | str]) -> str:
    return f"app {app.value}" if app.value is not None else "any app" if app.known else "app unknown"
