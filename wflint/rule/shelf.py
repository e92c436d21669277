"""What rule files say of themselves, kept from run to run, so that a run imports only the rules it needs.

A rule comes from the shelf while its file has the time and the size that it had. Its check is imported when there is
something to check, and with it its options, unless a policy sets some.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from wflint import __version__, cache
from wflint.rule.example import Example, in_markdown
from wflint.rule.finding import LEVELS, Finding
from wflint.rule.rule import Context, NoOptions, Rule

_FORMAT = 1
Read = Callable[[Path], Rule]


class LateOptions(NamedTuple):
    """The options of a rule that was not imported yet, none of them set."""


class LateCheck:
    """The check of a rule whose file is imported when it first runs."""

    __slots__ = ("_file", "_read", "_ready", "_rule")

    def __init__(self, file: Path, read: Read) -> None:
        self._file = file
        self._read = read
        self._rule: Rule | None = None
        self._ready: tuple[Context[Any], Context[Any]] | None = None

    @property
    def rule(self) -> Rule:
        """The rule as its file has it. Raises RuleError."""
        if self._rule is None:
            self._rule = self._read(self._file)
        return self._rule

    def __call__(self, target: Any, context: Context[Any]) -> Iterable[Finding]:
        return self.rule.check(target, self.ready(context))

    def ready(self, context: Context[Any]) -> Context[Any]:
        """Return a context with the options that the rule really has."""
        if not isinstance(context.options, LateOptions):
            return context
        if self._ready is None or self._ready[0] is not context:
            self._ready = context, context._replace(options=self.rule.options())
        return self._ready[1]

    def examples(self) -> tuple[Example, ...]:
        return self.rule.examples


def whole(rule: Rule) -> Rule:
    """Return a rule as its file has it, with its options. Raises RuleError."""
    return rule.check.rule if isinstance(rule.check, LateCheck) else rule


class Shelf:
    """The rules of one folder."""

    def __init__(self, folder: Path) -> None:
        import json
        from zlib import crc32

        # Two folders of one name would only take turns: rules are kept by their files' paths.
        key = f"{_FORMAT} {__version__} {folder.absolute()}"
        self._name = f"rules-{crc32(key.encode('utf-8', 'surrogateescape')):08x}.json"
        self._kept: dict[str, Any] = {}
        self._now: dict[str, Any] = {}
        try:
            kept = json.loads(cache.read(self._name) or b"{}")
        except ValueError:
            kept = {}
        if isinstance(kept, dict):
            self._kept = kept

    def rule(self, file: Path, read: Read) -> Rule:
        """Return the rule in a file, by what it said of itself if it still is the same. Raises RuleError."""
        name, stamp = f"{__version__} {file.absolute()}", _stamp(file)
        said = self._kept.get(name)
        if isinstance(said, dict) and stamp is not None and said.get("stamp") == stamp:
            try:
                rule = _rule(file, said, read)
            except (AttributeError, ImportError, KeyError, TypeError, ValueError):
                pass
            else:
                self._now[name] = said
                return rule
        rule = read(file)
        if rule.target.__module__.startswith("wflint."):
            self._now[name] = {
                "stamp": stamp,
                "title": rule.title,
                "docs": rule.docs,
                "level": rule.level,
                "tags": rule.tags,
                "target": [rule.target.__module__, rule.target.__qualname__],
                "has_options": rule.options is not NoOptions,
                "security_severity": rule.security_severity,
                "always": rule.always,
                "files": rule.files,
            }
        return rule

    def save(self) -> None:
        """Keep it for later runs, if there is anything new."""
        if self._now != self._kept:
            import json

            cache.write(self._name, json.dumps(self._now).encode())


def _stamp(file: Path) -> list[int] | None:
    try:
        state = file.stat()
    except OSError:
        return None
    return [state.st_mtime_ns, state.st_size]


def _rule(file: Path, said: Any, read: Read) -> Rule:
    module, name = said["target"]
    docs, tags, level, severity = said["docs"], said["tags"], said["level"], said["security_severity"]
    texts = [said["title"], docs, *tags, *said["files"]]
    if not module.startswith("wflint.") or level not in LEVELS or not all(isinstance(text, str) for text in texts):
        raise ValueError(file)
    late = LateCheck(file, read)
    return Rule(
        id=file.stem,
        title=said["title"],
        docs=docs,
        level=level,
        tags=tuple(tags),
        target=getattr(import_module(module), name),
        options=LateOptions if said["has_options"] is not False else NoOptions,
        check=late,
        read_examples=partial(in_markdown, docs) if file.suffix == ".py" else late.examples,
        file=str(file),
        topic=file.parent.name,
        security_severity=None if severity is None else float(severity),
        always=said["always"] is True,
        files=tuple(said["files"]),
    )
