"""What a plugin can add. The shipped catalogue is the first plugin; installed ones come by the entry point `wflint`.

A plugin is any object or module with functions of these names, marked with `wflint.api.hookimpl`. Everything is
folders of files, so that a plugin needs no code besides saying where they are.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pluggy

from wflint.bundled import bundled

if TYPE_CHECKING:
    from collections.abc import Iterable

hookspec = pluggy.HookspecMarker("wflint")
hookimpl = pluggy.HookimplMarker("wflint")


class Hooks:
    """The hooks."""

    @hookspec
    def wflint_rules(self) -> Path:  # type: ignore[empty-body]
        """Return a folder of rule files."""

    @hookspec
    def wflint_policies(self) -> Path:  # type: ignore[empty-body]
        """Return a folder of packs."""


class Shipped:
    """The rules and packs that come with wflint."""

    @hookimpl
    def wflint_rules(self) -> Path:
        return bundled("rules")

    @hookimpl
    def wflint_policies(self) -> Path:
        return bundled("policies")


class Bundle:
    """A folder with `rules/` and `policies/` in it, as named on the command line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @hookimpl
    def wflint_rules(self) -> Path:
        return self.folder / "rules"

    @hookimpl
    def wflint_policies(self) -> Path:
        return self.folder / "policies"


def manager(bundles: Iterable[Path] = (), *, installed: bool = True) -> pluggy.PluginManager:
    """Return the plugins of a run: the shipped one, the installed ones unless told otherwise, the named bundles."""
    plugins = pluggy.PluginManager("wflint")
    plugins.add_hookspecs(Hooks)
    plugins.register(Shipped(), "shipped")
    if installed and _offered():
        plugins.load_setuptools_entrypoints("wflint")
    for folder in bundles:
        plugins.register(Bundle(folder), f"bundle {folder}")
    return plugins


def _offered() -> bool:
    """Tell whether any installed distribution offers a plugin.

    Asking `importlib.metadata` costs a quarter of a small run; reading the few files it would read does not.
    """
    for folder in filter(None, sys.path):
        with suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith((".dist-info", ".egg-info")) and _offers(entry.path):
                    return True
    return False


def _offers(distribution: str) -> bool:
    try:
        with open(f"{distribution}/entry_points.txt", "rb") as file:  # noqa: PTH123
            return b"[wflint]" in file.read()
    except OSError:
        return False


def rule_folders(plugins: pluggy.PluginManager) -> list[Path]:
    """Return where rules are, the shipped ones first."""
    return _folders(plugins.hook.wflint_rules())


def policy_folders(plugins: pluggy.PluginManager) -> list[Path]:
    """Return where packs are, the shipped ones first."""
    return _folders(plugins.hook.wflint_policies())


def _folders(found: object) -> list[Path]:
    return [folder for folder in reversed(cast("list[Path]", found)) if folder.is_dir()]
