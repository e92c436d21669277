"""The status checks that the settings of a repository require, held against those that its workflows report.

https://docs.github.com/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/about-status-checks
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Literal, NamedTuple, Self

from wflint.analysis.checks.posted import posts
from wflint.lazy import lazy
from wflint.model.target import RepositoryTarget
from wflint.settings.default_branch import default_branches
from wflint.source.node import Place

if TYPE_CHECKING:
    from wflint.analysis.checks.nearest import Near
    from wflint.analysis.checks.produced import ProducedCheck
    from wflint.analysis.repository import Repository
    from wflint.settings.model import RepositorySettings
    from wflint.settings.policy import RefPolicy
    from wflint.settings.rules import RequiredCheck

Level = Literal["error", "warning", "note"]
ACTIONS_APP = 15368
"""The id of the app by which workflows report their checks."""
_MOST = 500
"""How many required checks of a repository are looked at: a hostile file names thousands."""
_ACTIONS_NAMES = ("github-actions", ACTIONS_APP, str(ACTIONS_APP))


class Demand(NamedTuple):
    """A check in a policy."""

    policy: RefPolicy
    check: RequiredCheck
    is_here: bool | None
    """Whether the policy is for the branch that was read; None where the files do not say."""
    is_sure: bool
    """Whether the policy is enforced there."""


class RequiredContext(RepositoryTarget):
    """A check that must pass, by its name. One for each name, whichever and however many policies require it."""

    def __init__(
        self,
        repository: Repository,
        settings: RepositorySettings,
        context: str,
        demands: Sequence[Demand],
    ) -> None:
        self.repository = repository
        self.settings = settings
        self.context = context
        self.demands = demands
        """Where it is required; what certainly counts comes first."""

    def __repr__(self) -> str:
        return f"<RequiredContext {self.context!r}>"

    @property
    def place(self) -> Place:
        """The name, where it is required first."""
        return self.demands[0].check.place

    @property
    def policy(self) -> RefPolicy:
        """The first policy that requires it."""
        return self.demands[0].policy

    @property
    def is_enforced(self) -> bool:
        """Whether it is sure that something must not be merged without it, into the branch that was read."""
        return any(demand.is_sure for demand in self.demands)

    @property
    def pinned_to_actions(self) -> bool:
        """Whether only a workflow can report it."""
        return any(demand.check.app.value in _ACTIONS_NAMES for demand in self.demands)

    @lazy
    def exact(self) -> list[ProducedCheck]:
        """The checks that are sure to have the name."""
        return self.repository.checks.exactly(self.context)

    @lazy
    def producers(self) -> list[ProducedCheck]:
        """The checks that have the name; where none is sure to, those that may have it."""
        return self.exact or [one for one in self.repository.checks.perhaps(self.context) if one.name.says_something]

    @lazy
    def is_unaccounted(self) -> bool:
        """Whether no workflow that was read can report it, nor a step through the API."""
        checks = self.repository.checks
        return not self.exact and not checks.perhaps(self.context) and not posts(self.repository, self.context)

    def is_external(self, declared: Iterable[str] = ()) -> bool:
        """Tell whether an app reports it, as its pin, the known apps or a policy's globs say."""
        from wflint.facts import external_checks

        if any(fnmatchcase(self.context, glob) for glob in declared):
            return True
        pinned = [demand.check.app.value for demand in self.demands]
        if any(app not in (None, -1, "any", *_ACTIONS_NAMES) for app in pinned):
            return True
        known = external_checks.match(self.context)
        if known is None:
            return False
        return not self.exact or (known.app_id not in (None, ACTIONS_APP) and not self.pinned_to_actions)

    @lazy
    def is_posted(self) -> bool:
        """Whether a step posts a status or a check of the name."""
        return posts(self.repository, self.context)

    @lazy
    def branches(self) -> frozenset[str]:
        """The names that the branch may have that was read, and that the check guards; none where no file tells."""
        return default_branches(self.settings)

    def judged(self, declared: Iterable[str] = ()) -> list[ProducedCheck]:
        """Return the producers, none where the check may come from elsewhere or is not sure to be required here."""
        if self.is_external(declared) or self.is_posted or not self.guards_this:
            return []
        return self.producers

    @property
    def guards_this(self) -> bool:
        """Whether it may guard the branch that was read: others have workflows of their own."""
        return any(demand.is_here is not False for demand in self.demands)

    @lazy
    def nearest(self) -> Near | None:
        """What was probably meant, where no job reports it."""
        from wflint.analysis.checks.nearest import nearest

        return nearest(self)

    def graded(self, level: Level) -> Level:
        """Return how grave a finding about it is: a note where it is not sure that it is required here."""
        return level if self.is_enforced else "note"

    @classmethod
    def each(cls, repository: Repository) -> Iterable[Self]:
        return [one for one in repository.required_checks if isinstance(one, cls)]


def required_checks(repository: Repository) -> list[RequiredContext]:
    """Return the required checks of a repository that has workflows, the first of each name with all that demand it."""
    settings = own_settings(repository)
    if settings is None or not repository.workflows:
        return []
    demands: list[Demand] = []
    for policy in settings.policies:
        if policy.target.value in (None, "branch") and policy.enforcement.value != "disabled" and policy.checks:
            is_here = guards_default(settings, policy)
            is_sure = policy.is_active and is_here is True
            demands += [Demand(policy, check, is_here, is_sure) for check in policy.checks]
    found: dict[str, list[Demand]] = {}
    for demand in sorted(demands, key=lambda demand: not demand.is_sure):
        context = demand.check.context.value
        if context is not None and (context in found or len(found) < _MOST):
            found.setdefault(context, []).append(demand)
    return [RequiredContext(repository, settings, context, demands) for context, demands in found.items()]


def own_settings(repository: Repository) -> RepositorySettings | None:
    """Return the settings of the repository that was read; None when its files tell of others alone."""
    found = repository.settings
    if len(found) == 1:
        return found[0]
    return next((one for one in found if one.subject is None), None)


def guards_default(settings: RepositorySettings, policy: RefPolicy) -> bool | None:
    """Tell whether a policy is for the default branch; None where the files do not say."""
    from wflint.settings.patterns import DEFAULT_BRANCH, applies, full_ref

    names = default_branches(settings)
    branch = settings.default_branch
    refs = [DEFAULT_BRANCH, *(full_ref(name) for name in names)]
    answers = [applies(policy, ref, default_branch=branch, name=settings.identity.name.value) for ref in refs]
    if any(answers):
        return True
    return False if all(answer is False for answer in answers[1:] or answers) else None
