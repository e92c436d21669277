"""A reference to an action, a reusable workflow or an image: the value of `uses`.

Forms: `owner/repo[/path]@ref`, `./path`, `$/path`, `docker://image`
(https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsuses).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Literal, NamedTuple

from wflint.lazy import lazy
from wflint.model.git_ref import is_branch
from wflint.model.image import ImageName
from wflint.model.view import View
from wflint.source.edit import Edit
from wflint.source.node import Place, Scalar
from wflint.source.span import Span

if TYPE_CHECKING:
    from wflint.model.job import Job
    from wflint.model.step import UsesStep

UsesKind = Literal["remote", "local", "self", "docker", "malformed"]

_REST = re.compile(r"[ \t]*(?:[ \t]#[^\r\n]*+)?(?=[\r\n]|\Z)")
_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?", re.IGNORECASE | re.ASCII)
_VERSION = re.compile(r"(?<![^\s#@=:/])v?\d++(?:[.+-][0-9A-Za-z.+-]*+)?+(?=[\s,;)]|$)")


class VersionComment(NamedTuple):
    """The version that a comment behind a pinned reference names, such as `# v4.1.1`."""

    text: str
    """The version as written, such as `v4.1.1`."""
    place: Place
    """Its characters."""


class Uses(View):
    """A parsed reference.

    `remote`: another repository's action or workflow. `local`: `./path` in the checkout. `self`: `$/path` in the
    commit that runs. `docker`: an image. `malformed`: none of these, or built from an expression, which GitHub refuses.
    """

    node: Scalar

    def __init__(self, node: Scalar, *, step: UsesStep | None = None, job: Job | None = None) -> None:
        super().__init__(node)
        self.step = step
        """The step that uses an action; None for a reusable workflow."""
        self.job = job if job is not None else step.job if step is not None else None
        """The job; None in a composite action."""
        self.text = node.text.strip()

    def __str__(self) -> str:
        return self.text

    @property
    def place(self) -> Place:
        """The value, exactly."""
        return self.node.place

    @property
    def reusable(self) -> bool:
        """Whether a job calls a workflow, rather than a step an action."""
        return self.step is None

    @lazy
    def kind(self) -> UsesKind:
        text = self.text
        if "${{" in text:
            return "malformed"
        if text.startswith("docker://"):
            return "docker" if len(text) > len("docker://") else "malformed"
        if text.startswith(("./", ".\\")):
            return "local"
        if text.startswith("$/"):
            return "malformed" if "@" in text else "self"
        target, at, ref = text.partition("@")
        parts = target.split("/")
        good = bool(at and ref) and "@" not in ref and len(parts) >= 2 and all(parts)
        return "remote" if good else "malformed"

    @property
    def malformed(self) -> bool:
        return self.kind == "malformed"

    @lazy
    def _parts(self) -> list[str]:
        return self.text.partition("@")[0].split("/") if self.kind == "remote" else []

    @property
    def owner(self) -> str | None:
        """`actions` in `actions/checkout@v4`, as written; None unless remote."""
        return self._parts[0] if self._parts else None

    @property
    def repo(self) -> str | None:
        """`checkout` in `actions/checkout@v4`, as written; None unless remote."""
        return self._parts[1] if self._parts else None

    @property
    def repository(self) -> str | None:
        """`actions/checkout`, as written; None unless remote."""
        return "/".join(self._parts[:2]) if self._parts else None

    @property
    def path(self) -> str | None:
        """The path in the repository: "" for its root; None for an image and when malformed.

        For local references it is the path from the root, without `./` or `$/`.
        """
        if self.kind == "remote":
            return "/".join(self._parts[2:])
        if self.kind in ("local", "self"):
            return self.text[2:].strip("/")
        return None

    @property
    def name(self) -> str | None:
        """The key of fact tables: `owner/repo` or `owner/repo/path` in lower case; None unless remote."""
        return "/".join(self._parts).lower() if self._parts else None

    @property
    def ref(self) -> str | None:
        """A remote reference's branch, tag or commit, as written."""
        return self.text.partition("@")[2] if self.kind == "remote" else None

    @property
    def ref_place(self) -> Place | None:
        """The characters of the ref."""
        ref = self.ref
        if ref is None:
            return None
        start = self.node.text.index("@") + 1
        return self.node.part(start, start + len(ref))

    @property
    def is_full_sha(self) -> bool:
        """Whether the ref is a whole commit id: 40 hexadecimal digits, or 64 in a SHA-256 repository."""
        ref = self.ref
        return ref is not None and _SHA.fullmatch(ref) is not None

    def matches(self, globs: Iterable[str]) -> bool:
        """Tell whether one of the globs names it, without regard to case.

        `owner/*` is all of an owner's, `owner/repo` a repository with every path in it, `owner/repo/path` one of them;
        `@ref` at the end narrows any of these to a ref. An image is matched with its `docker://`.
        """
        if self.kind == "docker":
            return any(fnmatchcase(self.text.lower(), glob.lower()) for glob in globs)
        if self.name is None or self.repository is None or self.ref is None:
            return False
        repository = self.repository.lower()
        for glob in globs:
            name, at, ref = glob.partition("@")
            if at and not fnmatchcase(self.ref, ref):
                continue
            if fnmatchcase(self.name, name.lower()) or fnmatchcase(repository, name.lower()):
                return True
        return False

    def pinned(self, commit: str, version: str) -> tuple[Edit, ...] | None:
        """Return the edits that pin it to a commit and name the version behind it; None where no comment can stand."""
        comment = self.comment(version)
        if self.ref_place is None or comment is None:
            return None
        return (Edit(self.ref_place.span, commit), comment)

    def comment(self, version: str) -> Edit | None:
        """Return the edit that makes the comment behind it name a version; None where no comment can stand."""
        text, node = self.document.text, self.node
        if self.version_comment is not None:
            return Edit(self.version_comment.place.span, version)
        if node.style in ("literal", "folded") or "\n" in text[node.start : node.end]:
            return None
        rest = _REST.match(text, node.end)
        if rest is None:
            return None
        return Edit(Span(node.end, node.end), f" # {version}")

    @property
    def follows_branch(self) -> bool:
        """Whether the ref is named as branches are: `main`, `release/next`."""
        return self.ref is not None and is_branch(self.ref)

    @lazy
    def version(self) -> str | None:
        """The version tag that runs, such as `v4.1.2`; None where nobody can tell, as for a branch.

        For a commit it is the tag known to point there, else what the comment behind it says.
        """
        from wflint.facts import refs
        from wflint.facts.version import parse

        if self.ref is None or self.name is None:
            return None
        if not self.is_full_sha:
            return self.ref if parse(self.ref) is not None else None
        known = refs.version(self.name, self.ref)
        if known != self.ref:
            return known
        comment = self.version_comment
        return comment.text if comment is not None and parse(comment.text) is not None else None

    @lazy
    def image(self) -> ImageName | None:
        """The image of a `docker://` reference."""
        return ImageName.parse(self.text.removeprefix("docker://")) if self.kind == "docker" else None

    @lazy
    def version_comment(self) -> VersionComment | None:
        """The version in the comment that ends the line."""
        comment = self.document.comment_after(self.node)
        if comment is None:
            return None
        start, end = comment.span
        text = self.document.text[start:end]
        for match in _VERSION.finditer(text):
            # A bare number in a sentence, such as an issue's, is no version.
            alone = text.strip("# \t") == match[0] or text[match.start() - 1] in "@="
            if alone or "v" in match[0] or "." in match[0]:
                version = match[0].rstrip(".")
                at = start + match.start()
                return VersionComment(version, Place(self.document, Span(at, at + len(version)), self.node))
        return None
