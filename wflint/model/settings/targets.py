"""What rules about protection look at: a ref with all that holds for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from wflint.model.settings.effective import EffectivePolicy, effective
from wflint.model.settings.model import RepositorySettings
from wflint.model.settings.patterns import ALL, DEFAULT_BRANCH, full_ref, short_ref
from wflint.model.target import RepositoryTarget
from wflint.source.node import Place

if TYPE_CHECKING:
    from wflint.model.repository import Repository

_MOST = 100
"""How many refs of a repository are looked at: a hostile file names thousands, and each is held to every policy."""


@dataclass(frozen=True)
class ProtectedRef(RepositoryTarget):
    """The default branch, or a branch or tag that a policy names in full, with what holds for it.

    The default branch comes first, and also when nothing protects it.
    """

    settings: RepositorySettings
    ref: str
    policy: EffectivePolicy
    is_default: bool

    @property
    def place(self) -> Place:
        """The first policy for it, else the settings' start."""
        for policy in (*self.policy.policies, *self.policy.inactive, *self.policy.possible):
            return policy.place
        return self.settings.place

    @property
    def is_branch(self) -> bool:
        """Whether it is a branch rather than a tag."""
        return not self.ref.startswith("refs/tags/")

    @property
    def name(self) -> str:
        """What to call it in a message: `main`, or `the default branch`."""
        return "the default branch" if self.ref == DEFAULT_BRANCH else f"`{short_ref(self.ref)}`"

    @classmethod
    def each(cls, repository: Repository) -> Iterable[Self]:
        return [one for settings in repository.settings for one in cls.of(settings)]

    @classmethod
    def of(cls, settings: RepositorySettings) -> Iterator[Self]:
        """Yield the refs of one repository's settings; none where nothing is told of refs."""
        told = bool(settings.policies) or settings.tells_all("rulesets") or settings.tells_all("classic")
        if not told:
            return
        default = full_ref(settings.default_branch or DEFAULT_BRANCH)
        refs = [default]
        for policy in settings.policies:
            for pattern in policy.include.value or ():
                if pattern.syntax == "literal" and pattern.ref.startswith("refs/") and pattern.ref != ALL:
                    refs.append(pattern.ref)
        for ref in list(dict.fromkeys(refs))[:_MOST]:
            yield cls(settings, ref, effective(settings, ref), ref == default)
