"""Actions that take credentials or leave them behind for later steps.

Sources: the actions' metadata and documentation.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from wflint.facts.table import strings, table

Kind = Literal[
    "checkout",
    "cloud",
    "ftp",
    "kubernetes",
    "network",
    "registry",
    "secrets",
    "shell access",
    "signing",
    "ssh",
    "token",
]


class Credential(NamedTuple):
    """What an action does with credentials. Inputs are lower-case.

    `leaves` says in words where they are afterwards, `none` for nowhere; `when`: only if one of these inputs is set.
    `off`: the input and value that leave nothing, `keeps`: those that skip the clean-up. `in_workspace`: a file that
    an upload of the workspace takes along; `outside_tree_from`: no longer from this version on. `removed_at_job_end`
    and `post_step` are None when not known. `scope_inputs` narrow a token (None: it mints none; empty: cannot be
    narrowed). `output_inputs` copy the credential to outputs or variables. `limit` narrows who may use it.
    """

    kind: Kind
    leaves: str
    secret_inputs: tuple[str, ...]
    reads_env: tuple[str, ...]
    when: tuple[str, ...]
    off: dict[str, str]
    keeps: dict[str, str]
    scope_inputs: tuple[str, ...] | None
    output_inputs: tuple[str, ...]
    in_workspace: bool
    outside_tree_from: str | None
    oidc: bool
    post_step: bool | None
    removed_at_job_end: bool | None
    limit: str | None

    @property
    def leaves_something(self) -> bool:
        return self.leaves != "none"


def credential(action: str) -> Credential | None:
    """Return what an action does with credentials; None when nothing is known. Only the exact action is looked up."""
    row = table("credentials").data["actions"].get(action.lower())
    if row is None:
        return None
    scopes = row.get("scope_inputs")
    return Credential(
        kind=row["kind"],
        leaves=row["leaves"],
        secret_inputs=strings(row.get("secret_inputs")),
        reads_env=strings(row.get("reads_env")),
        when=strings(row.get("when")),
        off=dict(row.get("off", {})),
        keeps=dict(row.get("keeps", {})),
        scope_inputs=None if scopes is None else tuple(scopes),
        output_inputs=strings(row.get("output_inputs")),
        in_workspace=row.get("in_workspace", False),
        outside_tree_from=row.get("outside_tree_from"),
        oidc=row.get("oidc", False),
        post_step=row.get("post_step"),
        removed_at_job_end=row.get("removed_at_job_end"),
        limit=row.get("limit"),
    )


def actions() -> tuple[str, ...]:
    """Return all actions with a row."""
    return tuple(table("credentials").data["actions"])


def upload_path_input(action: str) -> str | None:
    """Return the input with the paths that an upload action takes; None for any other action."""
    found: str | None = table("credentials").data["upload_actions"].get(action.lower())
    return found


def wide_upload_paths() -> frozenset[str]:
    """Return the paths that take the whole workspace, `.git` or the home folder along."""
    return frozenset(table("credentials").data["wide_upload_paths"])
