"""The whole of wflint on one screen: sources in, report out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from wflint.analysis.repository import Repository
from wflint.errors import RuleError
from wflint.model import fragment
from wflint.model.ignore import Ignore
from wflint.model.index import release, targets
from wflint.model.target import is_wide
from wflint.policy.accept import accept
from wflint.policy.bind import Bound
from wflint.policy.glob import matches
from wflint.policy.policy import Policy, Waiver
from wflint.policy.weaker import Weakening, judged
from wflint.report.report import Failure, Report
from wflint.rule.catalogue import Catalogue
from wflint.rule.finding import Finding
from wflint.rule.rule import Context, Declared, Rule
from wflint.rule.shelf import LateCheck
from wflint.source import yaml
from wflint.source.document import Document
from wflint.source.source import TEXTS, Source


class Run(NamedTuple):
    """What a run holds every repository to."""

    catalogue: Catalogue
    policy: Policy
    bound: Sequence[Bound]
    declared: Declared

    @property
    def asked(self) -> frozenset[str]:
        """Globs of the files that rules want read besides those that are read anyway."""
        return frozenset(glob for each in self.bound for glob in each.rule.files)


class Change(NamedTuple):
    """A change that is judged by what stood before it."""

    base: Callable[[str], Source | None]
    """Gives a file as it was before, by its name."""
    weakenings: Sequence[Weakening] = ()
    """What it would loosen of the policy."""


def lint(
    sources: Iterable[Source],
    run: Run,
    *,
    files: Sequence[str] = (),
    complete: bool = True,
    change: Change | None = None,
) -> Report:
    """Check the sources of one repository. Raises RuleError for a rule that cannot run, whatever it is given.

    `files` names everything in the repository, whether or not it was read. Rules about the whole repository run when
    it is `complete`, or when there are settings to hold its workflows against. The blocks of a Markdown file are a
    repository of their own. In a `change`, comments that ignore findings count only if they stood there before it.
    """
    sources = list(sources)
    own = [_document(source) for source in sources if source.kind != "markdown"]
    quoted = [_quoted(source) for source in sources if source.kind == "markdown"]
    documents = [document for group in (own, *quoted) for document in group]
    checks = _Checks()
    for document in documents:
        checks.document(document, run.bound)
    for repository in (Repository(own, files, complete), *(Repository(group, (), False) for group in quoted)):
        if repository.complete or repository.of_kind("settings"):
            checks.repository(repository, run.bound)
    base = partial(_before, change) if change is not None else None
    texts = {source.name: source.text for source in sources}
    found = accept(
        checks.found(), documents, texts, run.policy.waivers, run.bound, run.catalogue, run.declared.today, base
    )
    weakenings = judged(change.weakenings, found.standing) if change is not None else ()
    checks = _Checks(failures=checks.failures)
    checks.acceptances({Ignore: found.ignores, Waiver: found.waivers, Weakening: weakenings}, run.bound)
    report = Report(
        findings=tuple(sorted((*found.standing, *checks.findings), key=lambda finding: finding.order)),
        waived=tuple(found.waived),
        failures=(*_unread(sources), *checks.failures),
        rules={each.rule.id: each.rule for each in run.bound},
        texts={each.name: each.text for each in _policies(run.policy, change)} | texts,
        advisory=frozenset(each.rule.id for each in run.bound if each.enforcement == "advisory"),
    )
    for document in documents:
        release(document)
    return report


class _Checks:
    """Runs checks and keeps what they say; a rule that raises costs its own findings and nothing else."""

    def __init__(self, failures: dict[Failure, None] | None = None) -> None:
        self.findings: dict[Finding, None] = {}
        self.failures = failures if failures is not None else {}

    def found(self) -> list[Finding]:
        """Return what was found, in order."""
        return sorted(self.findings, key=lambda finding: finding.order)

    def document(self, document: Document, bound: Sequence[Bound]) -> None:
        """Run every rule about a part of one document."""
        name = document.name
        known: dict[type[Any], Sequence[Any] | Exception] = {}
        for each in bound:
            rule = each.rule
            parts = known.get(rule.target)
            if parts is None:
                parts = known[rule.target] = _parts(document, rule.target)
            # Most rules are about what most documents do not have.
            if not parts or (rule.files and not any(matches(glob, name) for glob in rule.files)):
                continue
            if isinstance(parts, Exception):
                self._failed(rule, parts, name)
            elif (context := each.context(name) if each.overrides else each.default) is not None:
                self._run(context, parts, name)

    def repository(self, repository: Repository, bound: Sequence[Bound]) -> None:
        """Run every rule about the whole repository."""
        for each in bound:
            if not is_wide(each.rule.target) or each.default is None:
                continue
            try:
                parts = tuple(each.rule.target.each(repository))  # type: ignore[attr-defined]
            except Exception as raised:
                self._failed(each.rule, raised, None)
            else:
                self._run(each.default, parts, None)

    def acceptances(self, accepted: dict[type[Any], Sequence[Any]], bound: Sequence[Bound]) -> None:
        """Run the rules about comments and waivers, which nobody can accept in turn."""
        for each in bound:
            if (judged := accepted.get(each.rule.target)) and each.default is not None:
                self._run(each.default, judged, None)

    def _run(self, context: Context[Any], parts: Iterable[Any], path: str | None) -> None:
        check = context.rule.check
        if type(check) is LateCheck:
            context, check = check.ready(context), check.rule.check
        for part in parts:
            try:
                # Nearly every check finds nothing in nearly every part.
                given = check(part, context)
                if found := given if type(given) is list else [*given]:
                    if not all(type(each) is Finding for each in found):
                        raise TypeError("a check yields findings and nothing else")
                    self.findings.update(dict.fromkeys(found))
            except RuleError:
                raise
            except (Exception, SystemExit) as raised:
                self._failed(context.rule, raised, path)

    def _failed(self, rule: Rule, raised: BaseException, path: str | None) -> None:
        message = f"the rule `{rule.id}` failed: {type(raised).__name__}: {raised}"
        self.failures.setdefault(Failure(message, path, rule.id))


def _parts(document: Document, target: type[Any]) -> Sequence[Any] | Exception:
    """Return the targets of a document, or what was raised in looking for them; none of what takes a repository."""
    if is_wide(target):
        return ()
    try:
        return targets(document, target)
    except Exception as raised:
        return raised


def _policies(policy: Policy, change: Change | None) -> Iterator[Document]:
    """Yield the policy files that a finding may point at."""
    yield from (waiver.at.document for waiver in policy.waivers if waiver.at is not None)
    yield from (each.place.document for each in (change.weakenings if change is not None else ()))


def _before(change: Change, name: str) -> Document | None:
    source = change.base(name)
    return None if source is None or source.problem is not None else _document(source._replace(kind="file"))


def _quoted(source: Source) -> list[Document]:
    found = list(fragment.documents(source))
    return [Document(source), *found] if source.problem is not None else found


def _document(source: Source) -> Document:
    return Document(source) if source.kind in TEXTS else yaml.parse(source)


def _unread(sources: Sequence[Source]) -> list[Failure]:
    return [Failure(source.problem.message, source.name) for source in sources if source.problem is not None]
