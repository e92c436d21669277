"""Load the rules in a folder. A rule's id is its file's name; its topic is the folder it stands in."""

from __future__ import annotations

import importlib.util
import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from wflint.errors import RuleError
from wflint.rule.example import in_markdown
from wflint.rule.rule import Declaration, Rule
from wflint.rule.shelf import Shelf

Catalogue = dict[str, Rule]

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def load(folders: Iterable[Path], *, remember: bool = False) -> Catalogue:
    """Return every rule in the folders, by id: the shipped ones, a plugin's, an organisation's.

    To `remember` is to take what files said of themselves in an earlier run, and to import them when they are needed.
    Raises RuleError for a file that declares no rule, and for two files of one id.
    """
    catalogue: Catalogue = {}
    for folder in folders:
        shelf = Shelf(folder) if remember else None
        for file in files(folder):
            read = READERS[file.suffix]
            rule = shelf.rule(file, read) if shelf is not None else read(file)
            if (other := catalogue.get(rule.id)) is not None:
                raise RuleError(f"the rule `{rule.id}` exists already, in {other.file}", path=str(file))
            catalogue[rule.id] = rule
        if shelf is not None:
            shelf.save()
    return catalogue


def files(folder: Path) -> Iterator[Path]:
    """Yield the rule files of a folder, at any depth, in a fixed order."""
    for file in sorted(folder.rglob("*")):
        if file.suffix in READERS and not file.name.startswith(("_", ".")):
            if not _ID.fullmatch(file.stem):
                raise RuleError("a rule's file name is its id: lower-case words joined by dashes", path=str(file))
            yield file


def _yaml(file: Path) -> Rule:
    from wflint.rule.declarative.load import load

    return load(file)


def _python(file: Path) -> Rule:
    name = f"wflint_rules.{file.stem.replace('-', '_')}_{abs(hash(file))}"
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise RuleError("this file cannot be imported", path=str(file))
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as failed:
        line = failed.lineno if isinstance(failed, SyntaxError) else _line(failed, file)
        raise RuleError(f"{type(failed).__name__}: {failed}", path=str(file), line=line) from failed
    declared = getattr(module, "check", None)
    if not isinstance(declared, Declaration):
        raise RuleError("a rule file defines `check`, decorated with `@rule(…)`", path=str(file))
    title, _, docs = inspect.cleandoc(module.__doc__ or "").partition("\n")
    if not title:
        raise RuleError("a rule file opens with a docstring: the title, then why, then examples", path=str(file))
    docs = docs.strip()
    return Rule(
        id=file.stem,
        title=title.rstrip("."),
        docs=docs,
        level=declared.level,
        tags=declared.tags,
        target=declared.target,
        options=declared.options,
        check=declared.check,
        read_examples=partial(in_markdown, docs),
        file=str(file),
        topic=file.parent.name,
        security_severity=declared.security_severity,
        always=declared.always,
    )


def _line(failed: BaseException, file: Path) -> int | None:
    """Return the last line of a rule's own file in a traceback."""
    line = None
    traceback = failed.__traceback__
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == str(file.absolute()):
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line


READERS: dict[str, Callable[[Path], Rule]] = {".py": _python, ".yaml": _yaml, ".yml": _yaml}
"""How a rule file is read, by its suffix."""
