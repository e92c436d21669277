"""The names of environments that count."""

from __future__ import annotations

ENVIRONMENTS = (
    "prod",
    "prod[-_/. ]*",
    "*[-_/. ]prod",
    "production*",
    "*[-_/. ]production",
    "live",
    "release*",
    "publish*",
    "deploy*",
    "pypi*",
    "npm*",
    "crates*",
    "maven*",
    "nuget*",
    "rubygems*",
)
"""Globs of the names of environments that people deploy or publish to in earnest."""
