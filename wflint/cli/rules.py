"""`wflint rules`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from wflint.cli.options import BUNDLE
from wflint.cli.setup import DEFAULT_PACK, Setup, setup
from wflint.policy.bind import bind
from wflint.policy.load import load_pack
from wflint.rule.options import describe
from wflint.rule.rule import Declared, Rule


@click.command("rules")
@click.option(
    "--policy", "pack", default=DEFAULT_PACK, show_default=True, metavar="PACK", help="The pack whose rules are marked."
)
@click.option("--tag", help="Only the rules with this tag.")
@BUNDLE
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to say it.")
def command(pack: str, tag: str | None, bundles: tuple[Path, ...], form: str) -> None:
    """List the rules, with the level each has in a pack; a dash marks those that the pack leaves off."""
    have = setup(bundles)
    levels = _levels(have, pack)
    rules = sorted((r for r in have.catalogue.values() if tag is None or tag in r.tags), key=lambda r: (r.topic, r.id))
    if form == "json":
        click.echo(json.dumps([_record(rule, levels.get(rule.id)) for rule in rules], indent=2, default=_plain))
        return
    width = max((len(rule.id) for rule in rules), default=0)
    topic = None
    for rule in rules:
        if rule.topic != topic:
            topic = rule.topic
            click.echo(f"\n{topic}" if rule is not rules[0] else topic)
        click.echo(f"  {rule.id:{width}}  {levels.get(rule.id, '-'):7}  {rule.title}")


def _levels(have: Setup, pack: str) -> dict[str, str]:
    bound = bind(load_pack(pack, have.packs), have.catalogue, Declared())
    return {each.rule.id: each.default.level for each in bound if each.default is not None}


def _plain(default: Any) -> Any:
    """Return an option's default as JSON knows it: a mapping that nobody can change is a mapping."""
    return dict(default) if isinstance(default, Mapping) else str(default)


def _record(rule: Rule, level: str | None) -> dict[str, Any]:
    return {
        "id": rule.id,
        "title": rule.title,
        "topic": rule.topic,
        "level": rule.level,
        "policy-level": level,
        "tags": rule.tags,
        "options": [
            {"name": option.name, "type": option.type, "default": option.default, "docs": option.docs}
            for option in describe(rule.options)
        ],
    }
