"""What a file is by its place in the repository, matched as GitHub matches it: upper and lower case are different."""

from __future__ import annotations

import re

from wflint.source.source import Kind

WORKFLOWS = ".github/workflows"
"""Where GitHub looks for workflows, in this folder and in none below it.
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
"""

YAML_SUFFIXES = (".yml", ".yaml")

FIXED: dict[str, Kind] = {
    # https://docs.github.com/en/code-security/dependabot/working-with-dependabot/dependabot-options-reference
    ".github/dependabot.yml": "dependabot",
    ".github/dependabot.yaml": "dependabot",
    # https://pre-commit.com/#usage
    ".pre-commit-config.yaml": "pre-commit",
    ".pre-commit-config.yml": "pre-commit",
    # https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
    ".github/CODEOWNERS": "codeowners",
    "CODEOWNERS": "codeowners",
    "docs/CODEOWNERS": "codeowners",
    # https://docs.renovatebot.com/configuration-options/
    "renovate.json": "renovate",
    "renovate.jsonc": "renovate",
    "renovate.json5": "renovate",
    ".github/renovate.json": "renovate",
    ".github/renovate.jsonc": "renovate",
    ".github/renovate.json5": "renovate",
    ".renovaterc": "renovate",
    ".renovaterc.json": "renovate",
    ".renovaterc.jsonc": "renovate",
    ".renovaterc.json5": "renovate",
    # https://github.com/repository-settings/app and https://github.com/apache/infrastructure-asfyaml
    ".github/settings.yml": "settings",
    ".asf.yaml": "settings",
    # GitHub's answers about a repository's settings in one file, where somebody keeps them beside the workflows
    ".github/wflint-settings.json": "settings",
    # the lock file that GitHub's tools write beside the workflows
    f"{WORKFLOWS}/actions.lock": "file",
}
"""The files that are read from one place, by name."""

_RULESETS = frozenset({".github/rulesets", "rulesets", "branch-protection"})
_GITHUB_JSON = ("ruleset", "branch-protection", "branch_protection")


def kind_of(name: str) -> Kind | None:
    """Return what wflint reads the file of this name as, None for a file that no place makes special.

    The name is the path from the repository's root, with forward slashes.
    """
    folder, _, base = name.rpartition("/")
    if base in ("action.yml", "action.yaml") and folder != WORKFLOWS:
        return "action"
    if folder == WORKFLOWS and base.endswith(YAML_SUFFIXES):
        return "workflow"
    if base.endswith(".json") and (folder in _RULESETS or (folder == ".github" and base.startswith(_GITHUB_JSON))):
        return "settings"
    return FIXED.get(name)


def kind(name: str) -> Kind:
    """Return what the file of this name is by its place, or else by its own name; `file` when neither says."""
    base = name.rpartition("/")[2]
    if base == "Dockerfile" or base.startswith("Dockerfile.") or base.endswith(".Dockerfile"):
        return "dockerfile"
    return kind_of(name) or ("markdown" if base.endswith((".md", ".markdown")) else "file")


def guess(name: str, text: str) -> Kind:
    """Return what a file is that was named by hand and may stand anywhere: by its place, its own name, its text."""
    known = kind(name)
    if known != "file" or name in FIXED or name.endswith(".json"):
        return known
    return "codeowners" if name.endswith("/CODEOWNERS") else sniff(text)


def sniff(text: str) -> Kind:
    """Return what a YAML text is by its top-level keys; `file` when they say nothing."""
    top_level = r"""^\ufeff?["']?([a-z]+)["']?[ \t]*:(?:[ \t\r\n]|\Z)"""
    keys = {match[1] for match in re.finditer(top_level, text, re.MULTILINE)}
    if {"on", "jobs"} <= keys:
        return "workflow"
    if "runs" in keys:
        return "action"
    if "updates" in keys:
        return "dependabot"
    return "pre-commit" if "repos" in keys else "file"
