"""From options to a run: plugins, catalogue, policy, configuration."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from wflint.cli.config import Tree, own_policy, work_tree
from wflint.errors import PolicyError, UsageError, nearest
from wflint.plugins import manager, policy_folders, rule_folders
from wflint.policy.bind import Selection, bind
from wflint.policy.load import Packs, load, load_pack
from wflint.policy.policy import Policy
from wflint.rule import catalogue
from wflint.rule.catalogue import Catalogue
from wflint.rule.rule import Declared
from wflint.session import Run
from wflint.source.source import Source

DEFAULT_PACK = "recommended"


class Setup(NamedTuple):
    """What does not depend on the repository: the rules and packs that there are."""

    catalogue: Catalogue
    packs: Packs


def setup(bundles: Sequence[Path] = (), *, remember: bool = False) -> Setup:
    """Return every rule and pack: the shipped ones, those of installed plugins, those of the named bundles.

    To `remember` is to import rules when they are needed, going by what their files said of themselves before.
    """
    for folder in bundles:
        if not any((folder / part).is_dir() for part in ("rules", "policies")):
            raise UsageError(f"{folder} is no bundle", hint="a bundle is a folder with `rules/` or `policies/` in it")
    plugins = manager(bundles)
    return Setup(catalogue.load(rule_folders(plugins), remember=remember), Packs(policy_folders(plugins)))


def prepare(
    have: Setup,
    root: Path,
    *,
    policy: str | None = None,
    use_config: bool = True,
    use_baseline: bool = True,
    tree: Tree | None = None,
    selection: Selection | None = None,
    today: date | None = None,
) -> Run:
    """Return the run for a repository.

    Without `policy` it is what the repository's configuration says, else the pack `recommended`. With it, the
    configuration may add to the policy and change what is not mandatory. `tree` is where the configuration is read
    from: the checkout as it is, unless told otherwise.
    """
    try:
        return _prepared(have, tree or work_tree(root), policy, use_config, use_baseline, selection, today)
    except PolicyError as wrong:
        if wrong.path == "pyproject.toml":
            # The table was rewritten as JSON to be read: its lines are not the file's.
            wrong.line = wrong.column = None
        raise


def _prepared(
    have: Setup,
    tree: Tree,
    policy: str | None,
    use_config: bool,
    use_baseline: bool,
    selection: Selection | None,
    today: date | None,
) -> Run:
    base = _given(policy, have.packs) if policy else None
    default = () if base else (DEFAULT_PACK,)
    config = own_policy(tree, have.packs, default, use_baseline) if use_config else None
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
        raise UsageError(f"`{name}` is neither a pack nor a policy file", hint=nearest(name, known) or packs.listed)
    return load(Source(name, "file", _text(file, name)), packs, lambda other: _beside(file, other))


def _beside(file: Path, other: str) -> str | None:
    path = file.parent / other
    return _text(path, other) if path.is_file() else None


def _text(file: Path, name: str) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as wrong:
        raise PolicyError(f"this is no UTF-8: {wrong.reason}", path=name) from None
    except OSError as wrong:
        raise PolicyError(f"this cannot be read: {wrong.strerror}", path=name) from None
