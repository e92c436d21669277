"""From options to a run: plugins, catalogue, policy, configuration."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from wflint.errors import PolicyError, UsageError, nearest
from wflint.plugins import manager, policy_folders, rule_folders
from wflint.policy.bind import Selection, bind
from wflint.policy.load import Packs, load, load_pack
from wflint.policy.policy import Policy
from wflint.readers.file import read
from wflint.rule import catalogue
from wflint.rule.catalogue import Catalogue
from wflint.rule.rule import Declared
from wflint.session import Run
from wflint.source.source import Source

CONFIGS = ("wflint.yml", ".github/wflint.yml", "pyproject.toml")
"""Where a repository keeps its own policy; `pyproject.toml` counts when it has a table `tool.wflint`."""
DEFAULT_PACK = "recommended"


class Setup(NamedTuple):
    """What does not depend on the repository: the rules and packs that there are."""

    catalogue: Catalogue
    packs: Packs


def setup(bundles: Sequence[Path] = ()) -> Setup:
    """Return every rule and pack: the shipped ones, those of installed plugins, those of the named bundles."""
    for folder in bundles:
        if not any((folder / part).is_dir() for part in ("rules", "policies")):
            raise UsageError(f"{folder} is no bundle", hint="a bundle is a folder with `rules/` or `policies/` in it")
    plugins = manager(bundles)
    return Setup(catalogue.load(rule_folders(plugins)), Packs(policy_folders(plugins)))


def prepare(
    have: Setup,
    root: Path,
    *,
    policy: str | None = None,
    use_config: bool = True,
    selection: Selection | None = None,
    today: date | None = None,
) -> Run:
    """Return the run for a repository.

    Without `policy` it is what the repository's configuration says, else the pack `recommended`. With it, the
    configuration may add to the policy and change what is not mandatory.
    """
    base = _given(policy, have.packs) if policy else None
    config = _configured(root, have.packs, () if base else (DEFAULT_PACK,)) if use_config else None
    if base is not None:
        chosen = base if config is None else config.over(base)
    else:
        chosen = config or load_pack(DEFAULT_PACK, have.packs)
    declared = Declared(chosen.data_paths, chosen.secrets, chosen.external_checks, today or date.today())
    return Run(have.catalogue, chosen, bind(chosen, have.catalogue, declared, selection), declared)


def _given(name: str, packs: Packs) -> Policy:
    """Return the policy of `--policy`: a pack's name, else a file."""
    if name in packs.files:
        return load_pack(name, packs)
    file = Path(name)
    if not file.is_file():
        known = (
            [*packs.files, *(str(each) for each in file.parent.glob("*.y*ml"))] if file.parent.is_dir() else packs.files
        )
        raise UsageError(f"`{name}` is neither a pack nor a policy file", hint=nearest(name, known) or _packs(packs))
    return load(Source(name, "file", _text(file, name)), packs, lambda other: _beside(file, other))


def _configured(root: Path, packs: Packs, default: Sequence[str]) -> Policy | None:
    """Return the repository's own policy, or None when it has none. Raises PolicyError when it has two."""
    found = [(name, source) for name in CONFIGS if (source := _config(root, name)) is not None]
    if len(found) > 1:
        names = " and ".join(f"`{name}`" for name, _ in found)
        raise PolicyError(f"the repository has two configurations, {names}", path=found[1][0], hint="keep one of them")
    if not found:
        return None
    name, source = found[0]
    try:
        return load(source, packs, lambda other: _text_under(root, other), default_extends=default)
    except PolicyError as wrong:
        if name == "pyproject.toml":
            # The table was rewritten as JSON to be read: its lines are not the file's.
            wrong.line = wrong.column = None
        raise


def _config(root: Path, name: str) -> Source | None:
    if not (root / name).exists() and not (root / name).is_symlink():
        return None
    source = read(root, name, "file")
    if source.problem is not None:
        raise PolicyError(source.problem.message, path=name, hint=source.problem.hint)
    if name != "pyproject.toml":
        return source
    import json
    import tomllib

    try:
        table = tomllib.loads(source.text).get("tool", {}).get("wflint")
    except tomllib.TOMLDecodeError as wrong:
        raise PolicyError(f"this is no TOML: {wrong}", path=name) from None
    return None if table is None else source._replace(text=json.dumps(table, default=str))


def _text_under(root: Path, name: str) -> str | None:
    source = read(root, name, "file")
    return None if source.problem is not None else source.text


def _beside(file: Path, other: str) -> str | None:
    path = file.parent / other
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _text(file: Path, name: str) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as wrong:
        raise PolicyError(f"this is no UTF-8: {wrong.reason}", path=name) from None


def _packs(packs: Packs) -> str:
    return f"packs: {', '.join(sorted(packs.files))}"
