"""Who may do what others may not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from wflint.settings.value import UNKNOWN, Setting
from wflint.source.node import Place

ActorKind = Literal[
    "user",
    "team",
    "app",
    "role",
    "organization-admin",
    "repository-admin",
    "deploy-key",
    "enterprise-owner",
    "unknown",
]
BypassMode = Literal["always", "pull_request", "exempt"]
"""`pull_request`: only by merging a pull request. `exempt`: the rules are not run at all, and nothing is logged."""

BypassScope = Literal["all", "reviews", "force-push"]
"""What is bypassed: the whole policy, the pull request and its reviews, or the block on force pushes."""

ROLES = {2: "maintain", 4: "write", 5: "admin"}
"""Ids of the built-in repository roles that can be given a bypass."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, team, app, role or key; `id` is GitHub's number or node id, `name` a login, slug or role."""

    kind: ActorKind
    place: Place
    id: Setting[int | str] = UNKNOWN
    name: Setting[str] = UNKNOWN

    @property
    def role(self) -> str | None:
        """The built-in role that a role actor is: `maintain`, `write` or `admin`; None for others."""
        if self.kind != "role":
            return None
        return ROLES.get(self.id.value) if isinstance(self.id.value, int) else self.name.value

    @property
    def is_admin(self) -> bool:
        """Whether administrators of the repository or above are meant."""
        return self.kind in ("repository-admin", "organization-admin", "enterprise-owner") or self.role == "admin"

    @property
    def title(self) -> str:
        """What to call the actor in a message."""
        if self.kind == "role":
            return f"the role `{self.role or self.id.value}`"
        who = self.name.value if self.name.value is not None else self.id.value
        titles = {
            "organization-admin": "organization admins",
            "repository-admin": "repository admins",
            "deploy-key": "deploy keys",
            "enterprise-owner": "enterprise owners",
        }
        return titles.get(self.kind) or (f"the {self.kind} `{who}`" if who is not None else f"a {self.kind}")

    def covers(self, other: Actor) -> bool:
        """Tell whether what is given to this actor is given to another: the same one, or administrators both.

        An administrator of the organization or enterprise is one of the repository too; not the other way round.
        """
        if self.is_admin and other.is_admin:
            rank = ("repository-admin", "organization-admin", "enterprise-owner")
            mine, theirs = (rank.index(each.kind) if each.kind in rank else 0 for each in (self, other))
            return mine <= theirs
        if self.role in _RANK:
            held = "admin" if other.is_admin else other.role
            return held in _RANK and _RANK.index(str(held)) >= _RANK.index(str(self.role))
        if self.kind != other.kind:
            return False
        if self.kind == "deploy-key":
            return True
        if self.id.value is not None and other.id.value is not None:
            return self.id.value == other.id.value
        return self.name.value is not None and self.name.value == other.name.value


_RANK = ("write", "maintain", "admin")


@dataclass(frozen=True, slots=True)
class BypassActor:
    """Somebody whom a policy does not bind.

    https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/creating-rulesets-for-a-repository#granting-bypass-permissions-for-your-branch-or-tag-ruleset
    """

    actor: Actor
    mode: Setting[BypassMode]
    scope: BypassScope = "all"

    @property
    def place(self) -> Place:
        return self.actor.place


@dataclass(frozen=True, slots=True)
class ActorSet:
    """Those who alone may do something; nobody when it is empty."""

    actors: tuple[Actor, ...] = ()
