"""What becomes of the credentials that `actions/checkout` leaves in the clone.

https://github.com/actions/checkout: the token stands in `.git/config`, from version 6 on in a file outside the tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wflint.facts import automerge, credentials, version
from wflint.model.step import RunStep, Step, UsesStep
from wflint.model.view import text

NAME = "actions/checkout"
_RELEASERS = frozenset({"gh-deploy", "gh-pages", "lerna", "mike", "release-it", "semantic-release"})
"""Programs that push commits or tags with git."""
_FETCHING = frozenset({"clone", "fetch", "lfs", "ls-remote", "pull", "submodule"})
"""Subcommands of git that need credentials for a private repository."""
_HIDDEN_LEFT_OUT_FROM = version.Version((4, 4, 0, 0))
"""https://github.com/actions/upload-artifact/releases/tag/v4.4.0: hidden files are left out unless asked for."""


_EVERYTHING = ""
"""The path of an upload that takes the whole workspace along."""


class Checkout:
    """A step that clones a repository with `actions/checkout`."""

    def __init__(self, step: UsesStep) -> None:
        self.step = step

    @classmethod
    def of(cls, step: UsesStep) -> Checkout | None:
        """Return the checkout that a step is; None for any other action."""
        return cls(step) if step.uses.name == NAME else None

    @property
    def persists(self) -> bool | None:
        """What `persist-credentials` says; None when it says nothing and so means yes."""
        node = self.step.input("persist-credentials")
        return None if node is None else node.text.strip().lower() == "true"

    @property
    def has_own_credential(self) -> bool:
        """Whether it clones with a key or a token of its own, which may do more than the job's and lives longer."""
        token = text(self.step.input("token")) or ""
        own = "".join(token.lower().split()) not in ("", "${{github.token}}", "${{secrets.github_token}}")
        return own or self.step.input("ssh-key") is not None

    @property
    def keeps_outside_tree(self) -> bool:
        """Whether the credentials lie outside the clone, where no upload of the workspace takes them along."""
        known = credentials.credential(NAME)
        if known is None or known.outside_tree_from is None:
            return False
        if self.step.uses.follows_branch:
            return True
        running = version.parse(self.step.uses.version or "")
        return running is not None and running.major >= int(known.outside_tree_from)

    @property
    def pushed_from(self) -> Step | None:
        """The last later step that is known to push with git, and so needs the credentials."""
        return self._later(self._job.pushes)

    @property
    def fetched_from(self) -> Step | None:
        """The last later step that asks the server again, for which a private repository wants credentials."""
        return self._later(self._job.fetches)

    @property
    def uploaded_by(self) -> UsesStep | None:
        """The last later step whose artifact has the clone's `.git` in it."""
        folder = _clean(text(self.step.input("path")) or "")
        paths = (_EVERYTHING, folder, f"{folder}/.git") if folder else (_EVERYTHING, ".git")
        uploads = (self._later(self._job.uploads.get(path)) for path in paths)
        return next((step for step in uploads if isinstance(step, UsesStep)), None)

    def _later(self, step: Step | None) -> Step | None:
        return step if step is not None and step.position > self.step.position else None

    @property
    def _job(self) -> _Job:
        owner = self.step.job if self.step.job is not None else self.step.action
        # Views live as long as their document, so that an id is never given twice.
        cache: Any = self.step.document.derived.setdefault("checkout", {})
        if id(owner) not in cache:
            cache[id(owner)] = _Job(self.step.siblings)
        found: _Job = cache[id(owner)]
        return found


class _Job:
    """The last steps of a job or composite action that push, fetch and upload a path."""

    def __init__(self, steps: list[Step]) -> None:
        self.pushes: Step | None = None
        self.fetches: Step | None = None
        self.uploads: dict[str, Step] = {}
        for step in steps:
            if _pushes(step):
                self.pushes = step
            if _fetches(step):
                self.fetches = step
            if isinstance(step, UsesStep):
                self.uploads.update(dict.fromkeys(_uploaded(step), step))


def _uploaded(step: UsesStep) -> Iterator[str]:
    """Yield the paths that a step uploads with the hidden files in them."""
    name = credentials.upload_path_input(step.uses.name) if step.uses.name else None
    if name is None or step.uses.name == "actions/upload-pages-artifact" or not _takes_hidden(step):
        return
    paths = [line.strip() for line in (text(step.input(name)) or "").splitlines()]
    if any(path.startswith("!") and ".git" in path for path in paths):
        return
    wide = credentials.wide_upload_paths() - {".git"}
    for path in paths:
        if path:
            yield _EVERYTHING if path in wide else _clean(path)


def _takes_hidden(step: UsesStep) -> bool:
    """Tell whether an upload takes hidden files, such as `.git`, along."""
    asked = step.input("include-hidden-files")
    if asked is not None:
        return asked.text.strip().lower() == "true"
    running = version.parse(step.uses.version or "")
    return running is not None and running < _HIDDEN_LEFT_OUT_FROM


def _clean(path: str) -> str:
    return path.strip().removeprefix("${{ github.workspace }}/").removeprefix("./").rstrip("/*")


def _pushes(step: Step) -> bool:
    if isinstance(step, UsesStep):
        name = step.uses.name or ""
        return automerge.push_action(name) is not None or automerge.open_pr_action(name) is not None
    if not isinstance(step, RunStep) or not any(word in step.script.text for word in ("push", *_RELEASERS)):
        return False
    # Other languages are not read: a push in one is likely enough not to call its credentials superfluous.
    return any(
        automerge.command(words) in ("push", "force_push") or not _RELEASERS.isdisjoint(words)
        for words in _commands(step)
    ) or (step.script.shell_script is None and "git push" in step.script.text)


def _fetches(step: Step) -> bool:
    if not isinstance(step, RunStep) or "git" not in step.script.text:
        return False
    return any(words[:1] == ["git"] and not _FETCHING.isdisjoint(words) for words in _commands(step))


def _commands(step: RunStep) -> Iterator[list[str]]:
    """Yield the words of each command of a script, from `git` on where a wrapper runs it: `retry git push`."""
    parsed = step.script.shell_script
    for command in parsed.commands if parsed is not None else ():
        words = [word.text or "" for word in command.words]
        if command.program not in ("echo", "printf"):
            yield words[words.index("git") :] if "git" in words else words
