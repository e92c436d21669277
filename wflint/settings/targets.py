"""What rules about settings look at: views that cost nothing until a repository tells of settings.

Each knows the repository and the settings that it belongs to. The model behind them is imported when one is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal, Self

from wflint.lazy import lazy
from wflint.model.target import RepositoryTarget
from wflint.source.node import Place

if TYPE_CHECKING:
    from wflint.analysis.repository import Repository
    from wflint.settings.actor import Actor
    from wflint.settings.effective import EffectivePolicy
    from wflint.settings.model import RepositorySettings
    from wflint.settings.policy import RefPolicy
    from wflint.settings.reach import Dead
    from wflint.settings.sections import EnvironmentSettings

_MOST = 100
"""How many refs of a repository are looked at: a hostile file names thousands, and each is held to every policy."""


class Settings(RepositoryTarget):
    """The settings of one repository: of the one that was read, or of another that its files tell of."""

    def __init__(self, repository: Repository, told: RepositorySettings) -> None:
        self.repository = repository
        self.told = told

    @property
    def place(self) -> Place:
        """The start of the first document."""
        return self.told.place

    @property
    def is_own(self) -> bool:
        """Whether they are those of the repository that was read, so that its files can be held against them."""
        settings = self.repository.settings
        return self.told is settings[0] and (len(settings) == 1 or self.told.subject is None)

    @property
    def is_archived(self) -> bool:
        """Whether nothing can be pushed any more."""
        return self.told.identity.archived.is_on

    @property
    def is_private(self) -> bool:
        """Whether it is known that not everybody can see it."""
        return self.told.identity.visibility.known_to_be("private", "internal")

    @property
    def lacks_secret_protection(self) -> bool:
        """Whether it is private and may lack the paid product that secret scanning belongs to there."""
        return self.is_private and not self.told.security.advanced_security.is_on

    @property
    def actions_off(self) -> bool:
        """Whether no workflow runs at all."""
        return self.told.actions.enabled.is_off

    @classmethod
    def each(cls, repository: Repository) -> Iterable[Self]:
        return [cls(repository, told) for told in repository.settings]


class Protection(Settings):
    """A policy for refs: a classic branch protection rule, or a ruleset, enforced or not."""

    def __init__(self, repository: Repository, told: RepositorySettings, policy: RefPolicy) -> None:
        super().__init__(repository, told)
        self.policy = policy

    @property
    def place(self) -> Place:
        """Its name, else a tight place that stands for the whole."""
        return self.policy.place

    @property
    def dead(self) -> Iterable[Dead]:
        """What selects nothing in it."""
        from wflint.settings.reach import dead

        return dead(self.policy)

    @property
    def others(self) -> list[RefPolicy]:
        """The enforced policies beside it that are for the same kind of ref."""
        return [
            other
            for other in self.told.policies
            if other is not self.policy and other.is_active and other.target.value == self.policy.target.value
        ]

    @property
    def refs(self) -> list[ProtectedRef]:
        """The refs it holds for, of those that are looked at."""
        found = self.repository.protected_refs
        return [one for one in found if one.told is self.told and self.policy in one.policy.policies]

    @property
    def is_replaced(self) -> bool:
        """Whether another policy that is enforced, or may be, holds or may hold for one of the same refs."""
        from wflint.settings.patterns import ALL, applies

        own, identity = self.policy, self.told.identity
        others = [
            other
            for other in self.told.policies
            if other is not own
            and (other.is_active or not other.enforcement.known)
            and (other.target.value in (None, own.target.value))
        ]
        if not own.include.value:
            return bool(others)
        for pattern in own.include.value:
            if pattern.syntax == "fnmatch" or pattern.ref == ALL:
                if others:
                    return True
            elif any(
                applies(other, pattern.ref, default_branch=identity.default_branch.value, name=identity.name.value)
                is not False
                for other in others
            ):
                return True
        return False

    @classmethod
    def each(cls, repository: Repository) -> Iterable[Self]:
        return [cls(repository, told, policy) for told in repository.settings for policy in told.policies]


class EnvironmentProtection(Settings):
    """An environment as the settings have it."""

    def __init__(self, repository: Repository, told: RepositorySettings, environment: EnvironmentSettings) -> None:
        super().__init__(repository, told)
        self.environment = environment

    @property
    def place(self) -> Place:
        """Its name."""
        return self.environment.place

    @property
    def name(self) -> str:
        """Its name, as written."""
        return self.environment.name.value or ""

    def is_like(self, globs: Iterable[str]) -> bool:
        """Tell whether one of some globs matches the name; upper and lower case are the same."""
        from fnmatch import fnmatchcase

        return any(fnmatchcase(self.name.lower(), glob.lower()) for glob in globs)

    @classmethod
    def each(cls, repository: Repository) -> Iterable[Self]:
        return [cls(repository, told, one) for told in repository.settings for one in told.environments]


class ProtectedRef(Settings):
    """The default branch, or a branch or tag that a policy names in full, with what holds for it.

    The default branch comes first, and also when nothing protects it.
    """

    def __init__(
        self,
        repository: Repository,
        told: RepositorySettings,
        ref: str,
        policy: EffectivePolicy,
        *,
        is_default: bool,
        is_main: bool,
    ) -> None:
        super().__init__(repository, told)
        self.ref = ref
        self.policy = policy
        self.is_default = is_default
        self.is_main = is_main
        """Whether it is the default branch, or may be as far as the files tell."""

    def __repr__(self) -> str:
        return f"<ProtectedRef {self.ref}>"

    @property
    def place(self) -> Place:
        """The first policy for it, else the settings' start."""
        for policy in (*self.policy.policies, *self.policy.inactive, *self.policy.possible):
            return policy.place
        return self.told.place

    @property
    def is_branch(self) -> bool:
        """Whether it is a branch rather than a tag."""
        return not self.ref.startswith("refs/tags/")

    @property
    def name(self) -> str:
        """What to call it in a message: `main`, or `the default branch`."""
        from wflint.settings.patterns import DEFAULT_BRANCH, short_ref

        return "the default branch" if self.ref == DEFAULT_BRANCH else f"`{short_ref(self.ref)}`"

    @property
    def is_judged(self) -> bool:
        """Whether it is the default branch and something protects it, so that what is not asked there is missed."""
        return self.is_main and self.policy.is_protected and not self.is_closed

    @lazy
    def is_closed(self) -> bool:
        """Whether nobody without a bypass can change it at all."""
        barred = self.policy.push.value is not None and not self.policy.push.value.actors
        return self.is_archived or self.policy.locked.is_on or self.policy.block_update.is_on or barred

    @property
    def wants_approval(self) -> bool:
        """Whether it is sure that a pull request needs at least one approval."""
        return self.policy.pull_request.is_on and self.policy.approvals.is_on

    @property
    def rivals(self) -> list[RefPolicy]:
        """The classic rules with wildcards of which it cannot be told which governs; none where one names the ref."""
        from wflint.settings.patterns import applies

        found = []
        for policy in self.told.policies:
            if policy.kind == "classic" and applies(policy, self.ref, default_branch=self.told.default_branch):
                if all(pattern.syntax == "literal" for pattern in policy.include.value or ()):
                    return []
                found.append(policy)
        return found

    @property
    def doubt(self) -> Literal["warning"] | None:
        """How grave what is missing can be at most where policies may exist that were not seen; None: no limit."""
        return None if self.policy.complete else "warning"

    def let_off(self, actor: Actor) -> tuple[str, ...]:
        """Return the controls that bind an actor less than everybody, all policies taken together."""
        from wflint.settings.effective import weakened

        return weakened(self.told, self.ref, actor)

    def advice(self, control: str, place: Place | None) -> str:
        """Return what to write where the policy stands that has the place: how its format asks for a control."""
        from wflint.settings.spelling import advice

        return advice(control, self._policy_at(place))

    def beside(self, place: Place | None) -> list[tuple[Any, str]]:
        """Return the other policies that hold for it, with what they are."""
        here = self._policy_at(place)
        return [(each, f"{each.title} holds as well") for each in self.policy.policies if each is not here]

    def _policy_at(self, place: Place | None) -> RefPolicy:
        policies = self.policy.policies
        if place is None:
            return policies[0]
        for policy in policies:
            inside = policy.node.start <= place.span.start < max(policy.node.end, policy.node.start + 1)
            if policy.source.document is place.document and (inside or policy.place == place):
                return policy
        return policies[0]

    @classmethod
    def each(cls, repository: Repository) -> Iterable[Self]:
        return [one for one in repository.protected_refs if isinstance(one, cls)]

    @classmethod
    def of(cls, told: RepositorySettings, repository: Repository) -> Iterator[Self]:
        """Yield the refs of one repository's settings; none where nothing is told of refs."""
        from wflint.settings.default_branch import default_branches
        from wflint.settings.effective import effective
        from wflint.settings.patterns import ALL, DEFAULT_BRANCH, full_ref

        if not (told.policies or told.tells_all("rulesets") or told.tells_all("classic")):
            return
        default = full_ref(told.default_branch or DEFAULT_BRANCH)
        refs = [default]
        for policy in told.policies:
            for pattern in policy.include.value or ():
                if pattern.syntax == "literal" and pattern.ref.startswith("refs/") and pattern.ref != ALL:
                    refs.append(pattern.ref)
        usual = {full_ref(name) for name in default_branches(told)}
        holds = effective(told, default)
        main = {default} if default != DEFAULT_BRANCH or holds.is_protected or not usual else usual
        for ref in list(dict.fromkeys(refs))[:_MOST]:
            policy_of_ref = holds if ref == default else effective(told, ref)
            yield cls(repository, told, ref, policy_of_ref, is_default=ref == default, is_main=ref in main)
