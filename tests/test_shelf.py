"""What rule files said of themselves is kept from run to run, and is never better known than the files."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from wflint import cache
from wflint.rule.catalogue import Catalogue, load
from wflint.rule.finding import Finding
from wflint.rule.rule import Context, Declared, NoOptions
from wflint.rule.shelf import LateCheck, LateOptions, whole

RULE = '''"""Do it well.

Since it is better.
"""
from collections.abc import Iterator
from typing import NamedTuple

from wflint.api import Context, Finding, {target}, rule

{options}

@rule(target={target}, level="{level}", tags=("security",), security_severity=5.0)
def check(target: {target}, context: Context[{name}]) -> Iterator[Finding]:
    yield context.finding(target, f"found with {{context.options}}")
'''
OPTIONS = "class Options(NamedTuple):\n    most: int = 3\n"


def rule(level: str = "error", target: str = "Workflow", options: str = "") -> str:
    if options:
        text = RULE.replace("security_severity=5.0", "security_severity=5.0, options=Options")
        return text.format(level=level, target=target, options=options, name="Options")
    text = RULE.replace("Context, Finding", "Context, Finding, NoOptions")
    return text.format(level=level, target=target, options="", name="NoOptions")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    monkeypatch.setattr("sys.platform", "linux")
    return tmp_path / "caches" / "wflint"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    folder = tmp_path / "rules" / "topic"
    folder.mkdir(parents=True)
    (folder / "plain.py").write_text(rule())
    (folder / "chosen.py").write_text(rule(options=OPTIONS))
    return folder.parent


def again(rules: Path) -> Catalogue:
    load([rules], remember=True)
    return load([rules], remember=True)


def said(catalogue: Catalogue) -> list[object]:
    return [each._replace(check=_nothing, options=NoOptions, read_examples=tuple) for each in catalogue.values()]


def _nothing(target: object, context: Context[Any]) -> tuple[Finding, ...]:
    return ()


def test_a_second_run_imports_no_rule_and_knows_the_same(home: Path, rules: Path) -> None:
    first, second = load([rules]), again(rules)
    assert said(second) == said(first)
    assert all(isinstance(each.check, LateCheck) for each in second.values())
    assert second["chosen"].options is LateOptions
    assert whole(second["chosen"]).options._fields == ("most",)
    assert [each.examples for each in second.values()] == [each.examples for each in first.values()]


def test_options_that_nobody_set_are_those_of_the_rule(home: Path, rules: Path) -> None:
    chosen = again(rules)["chosen"]
    assert isinstance(chosen.check, LateCheck)
    ready = chosen.check.ready(Context(chosen, "error", LateOptions(), Declared()))
    assert ready.options == whole(chosen).options(most=3)


@pytest.mark.parametrize("text", [rule("note"), rule(target="Job"), rule(options=OPTIONS)])
def test_a_changed_file_is_read(home: Path, rules: Path, text: str) -> None:
    again(rules)
    (rules / "topic" / "plain.py").write_text(text + "\n# longer")
    found = load([rules], remember=True)["plain"]
    assert not isinstance(found.check, LateCheck)
    assert said({"plain": found}) == said({"plain": load([rules])["plain"]})


def test_a_file_of_the_same_size_and_another_time_is_read(home: Path, rules: Path) -> None:
    again(rules)
    file = rules / "topic" / "plain.py"
    os.utime(file, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns + 1))
    assert not isinstance(load([rules], remember=True)["plain"].check, LateCheck)


def test_a_file_that_is_gone_is_gone(home: Path, rules: Path) -> None:
    again(rules)
    (rules / "topic" / "plain.py").unlink()
    assert list(load([rules], remember=True)) == ["chosen"]


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", '{"x": 1}', "\x00"],
)
def test_a_broken_shelf_is_no_shelf(home: Path, rules: Path, content: str) -> None:
    again(rules)
    (kept,) = home.iterdir()
    kept.write_text(content)
    assert said(load([rules], remember=True)) == said(load([rules]))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("target", ["os", "system"]),
        ("target", ["wflint.model.job", "Nothing"]),
        ("target", 3),
        ("level", "fatal"),
        ("title", None),
        ("tags", 7),
        ("security_severity", "high"),
        ("stamp", None),
    ],
)
def test_nonsense_on_the_shelf_is_a_miss(home: Path, rules: Path, key: str, value: object) -> None:
    again(rules)
    (kept,) = home.iterdir()
    content = json.loads(kept.read_text())
    for entry in content.values():
        entry[key] = value
    kept.write_text(json.dumps(content))
    found = load([rules], remember=True)
    assert said(found) == said(load([rules]))
    assert not any(isinstance(each.check, LateCheck) for each in found.values())


def test_many_at_once_see_the_old_or_the_new(home: Path, rules: Path) -> None:
    expected = said(load([rules]))
    with ThreadPoolExecutor(8) as threads:
        assert all(said(found) == expected for found in threads.map(lambda _: again(rules), range(16)))


def test_nothing_is_kept_where_others_can_write(home: Path, rules: Path) -> None:
    home.mkdir(parents=True)
    home.chmod(0o755)
    assert cache.folder() is None
    again(rules)
    assert list(home.iterdir()) == []


def test_nothing_is_taken_from_below_the_current_directory(
    home: Path, rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again(rules)
    monkeypatch.chdir(tmp_path)
    assert cache.folder() is None


def test_a_link_is_no_folder(home: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir(mode=0o700)
    home.parent.mkdir()
    home.symlink_to(tmp_path / "other")
    assert cache.folder() is None


def test_what_is_kept_is_the_users_own(home: Path, rules: Path) -> None:
    again(rules)
    assert [file.stat().st_mode & 0o777 for file in (home, *home.iterdir())] == [0o700, 0o600]
