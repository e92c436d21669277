"""All settings of one repository."""

from __future__ import annotations

from dataclasses import dataclass, field

from wflint.settings.policy import RefPolicy
from wflint.settings.sections import (
    AccessSettings,
    ActionsSettings,
    EnvironmentSettings,
    Identity,
    MergeSettings,
    SecuritySettings,
)
from wflint.settings.source import Oddity, SettingsSource
from wflint.source.node import Place


@dataclass(frozen=True)
class Partial:
    """What one document tells of one repository. Sections of which it tells nothing are unknown throughout."""

    source: SettingsSource
    subject: str | None = None
    """The repository that it names, as `owner/name` or `name`; None: the one it was found in."""
    identity: Identity = field(default_factory=Identity)
    policies: tuple[RefPolicy, ...] = ()
    environments: tuple[EnvironmentSettings, ...] = ()
    merge: MergeSettings = field(default_factory=MergeSettings)
    actions: ActionsSettings = field(default_factory=ActionsSettings)
    security: SecuritySettings = field(default_factory=SecuritySettings)
    access: AccessSettings = field(default_factory=AccessSettings)
    oddities: tuple[Oddity, ...] = ()


@dataclass(frozen=True)
class RepositorySettings:
    """The settings of a repository, from all documents that tell of it.

    `policies` stand in the order of the documents and include what is not enforced.
    """

    sources: tuple[SettingsSource, ...]
    subject: str | None = None
    """The repository by `owner/name` or `name`, where a document names it."""
    identity: Identity = field(default_factory=Identity)
    policies: tuple[RefPolicy, ...] = ()
    environments: tuple[EnvironmentSettings, ...] = ()
    merge: MergeSettings = field(default_factory=MergeSettings)
    actions: ActionsSettings = field(default_factory=ActionsSettings)
    security: SecuritySettings = field(default_factory=SecuritySettings)
    access: AccessSettings = field(default_factory=AccessSettings)
    oddities: tuple[Oddity, ...] = ()

    @property
    def place(self) -> Place:
        """The start of the first document."""
        return self.sources[0].document.place

    @property
    def default_branch(self) -> str | None:
        """The default branch's name, when a document tells it."""
        return self.identity.default_branch.value

    def tells_all(self, section: str) -> bool:
        """Tell whether what is not listed in a section does not exist; see `SettingsSource.complete`."""
        return any(section in source.complete for source in self.sources)

    def environment(self, name: str) -> EnvironmentSettings | None:
        """Return the environment with a name, case aside; None when it is not listed."""
        return next((each for each in self.environments if each.is_called(name)), None)
