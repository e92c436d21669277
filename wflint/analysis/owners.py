"""Who must look at a change of the files that guard a repository.

https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from wflint.analysis.repository import Repository
    from wflint.source.node import Place


class Gap(NamedTuple):
    """Files without an owner, and the line of CODEOWNERS to blame: its first where none is about them."""

    place: Place
    what: str


def unowned(repository: Repository, *, settings: bool = True) -> list[Gap]:
    """Return the files that guard a repository and have no owner; none where there is no CODEOWNERS with owners."""
    owners = repository.codeowners
    if owners is None or not any(entry.owners for entry in owners.entries):
        return []
    paths = [workflow.path for workflow in repository.workflows]
    paths += [action.document.name for action in repository.actions if action.document.name.startswith(".github/")]
    paths += [owners.document.name]
    if settings:
        paths += [document.name for document in repository.of_kind("settings")]
    found: dict[Place, list[str]] = {}
    for path in paths:
        entry = owners.entry_for(path)
        if entry is None or not entry.owners:
            found.setdefault(entry.place if entry is not None else owners.entries[0].place, []).append(path)
    return [Gap(place, _listed(files)) for place, files in found.items()]


def _listed(paths: list[str]) -> str:
    first = f"`{paths[0]}`"
    if len(paths) == 1:
        return f"{first} has"
    more = len(paths) - 1
    return f"{first} and {more} other file{'s' if more > 1 else ''} have"
