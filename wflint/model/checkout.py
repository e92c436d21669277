"""What becomes of the credentials that `actions/checkout` leaves in the clone.

https://github.com/actions/checkout: the token stands in `.git/config`, from version 6 on in a file outside the tree.
"""

from __future__ import annotations

from wflint.facts import automerge, credentials, version
from wflint.model.step import RunStep, Step, UsesStep
from wflint.model.view import text

NAME = "actions/checkout"
_RELEASERS = frozenset({"gh-deploy", "gh-pages", "lerna", "mike", "release-it", "semantic-release"})
"""Programs that push commits or tags with git."""
_HIDDEN_LEFT_OUT_FROM = version.Version((4, 4, 0, 0))
"""https://github.com/actions/upload-artifact/releases/tag/v4.4.0: hidden files are left out unless asked for."""


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
    def later(self) -> list[Step]:
        """The steps after it."""
        return self.step.siblings[self.step.position + 1 :]

    @property
    def pushed_from(self) -> Step | None:
        """The first later step that is known to push with git, and so needs the credentials."""
        return next((step for step in self.later if _pushes(step)), None)

    @property
    def uploaded_by(self) -> UsesStep | None:
        """The first later step whose artifact has the clone's `.git` in it."""
        return next((step for step in self.later if isinstance(step, UsesStep) and self._uploads(step)), None)

    def _uploads(self, step: UsesStep) -> bool:
        name = credentials.upload_path_input(step.uses.name) if step.uses.name else None
        if name is None or step.uses.name == "actions/upload-pages-artifact" or not _takes_hidden(step):
            return False
        paths = [line.strip() for line in (text(step.input(name)) or "").splitlines()]
        if any(path.startswith("!") and ".git" in path for path in paths):
            return False
        folder = _clean(text(self.step.input("path")) or "")
        own = {folder, f"{folder}/.git"} if folder else {".git"}
        return any(path in credentials.wide_upload_paths() or _clean(path) in own for path in paths if path)


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
    parsed = step.script.shell_script
    for command in parsed.commands if parsed is not None else ():
        words = [word.text or "" for word in command.words[-len(command.arguments) - 1 :]]
        if automerge.command(words) in ("push", "force_push") or not _RELEASERS.isdisjoint(words):
            return True
    # Other languages are not read: a push in one is likely enough not to call its credentials superfluous.
    return parsed is None and "git push" in step.script.text
