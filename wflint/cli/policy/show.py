"""`wflint policy show`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from wflint.cli.options import BUNDLE, NO_CONFIG, POLICY
from wflint.cli.setup import prepare, setup
from wflint.policy.bind import resolved
from wflint.policy.policy import Setting
from wflint.report.escape import line
from wflint.rule.options import describe
from wflint.rule.rule import Rule
from wflint.source.node import Node


@click.command("show")
@click.argument("path", default=".", type=click.Path(path_type=Path, exists=True, file_okay=False))
@POLICY
@BUNDLE
@NO_CONFIG
@click.option("--all", "everything", is_flag=True, help="Also the rules that are off, and the options left alone.")
def command(path: Path, policy: str | None, bundles: tuple[Path, ...], no_config: bool, everything: bool) -> None:
    """Show the policy that the repository at PATH is held to, and the file and line that each value comes from."""
    run = prepare(setup(bundles), path, policy=policy, use_config=not no_config)
    click.echo("# " + " < ".join(run.policy.files))
    for key, values in (
        ("data-paths", run.policy.data_paths),
        ("secrets", run.policy.secrets),
        ("external-checks", run.policy.external_checks),
    ):
        if values:
            click.echo(line(f"{key}: {_value(values)}"))
    click.echo("rules:")
    for rule in sorted(run.catalogue.values(), key=lambda rule: rule.id):
        setting = resolved(rule, run.policy)[0]
        if everything or setting.on or rule.always:
            for each in _rule(rule, setting, everything):
                click.echo(line(each))
    for override in run.policy.overrides:
        click.echo(line(f"# and for {', '.join(override.files)}: {', '.join(override.rules)}"))
    for waiver in run.policy.waivers:
        click.echo(line(f"# waived: {waiver.rule} in {waiver.path}: {waiver.reason} ({waiver.owner})"))


def _rule(rule: Rule, setting: Setting, everything: bool) -> Iterator[str]:
    said = setting.said
    yield f"  {rule.id}:{_from(said.get('on'), 'always on' if rule.always else 'no policy speaks of it')}"
    shown = setting.level or rule.level if setting.on or rule.always else "off"
    yield f"    level: {shown}{_from(said.get('level'), 'the rule')}"
    if setting.enforcement is not None:
        yield f"    enforcement: {setting.enforcement}{_from(said.get('enforcement'), '')}"
    options = [
        (option, setting.options.get(option.name))
        for option in describe(rule.options)
        if everything or option.name in setting.options
    ]
    if options:
        yield "    options:"
    for option, node in options:
        value = option.default if node is None else node.plain()
        yield f"      {option.name}: {_value(value)}{_from(node, 'the rule')}"


def _from(node: Node | None, otherwise: str) -> str:
    if node is None:
        return f"  # {otherwise}" if otherwise else ""
    return f"  # {node.document.name}:{node.document.position(node.start).line}"


def _value(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
