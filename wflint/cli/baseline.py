"""`wflint baseline`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from wflint.cli.options import BUNDLE, NO_CONFIG, POLICY
from wflint.cli.setup import prepare, setup
from wflint.cli.terminal import say
from wflint.errors import UsageError
from wflint.policy import baseline
from wflint.readers.checkout import discover
from wflint.report import output
from wflint.session import lint


@click.command("baseline")
@click.argument("path", default=".", type=click.Path(path_type=Path))
@BUNDLE
@POLICY
@NO_CONFIG
@click.option("--reason", default="there when wflint was adopted", show_default=True, help="Why they are accepted.")
@click.option("--owner", required=True, metavar="WHO", help="Who sees to it that they go.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The last day they are accepted.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), hidden=True, help="The date that facts are judged on.")
def command(
    path: Path,
    bundles: tuple[Path, ...],
    policy: str | None,
    no_config: bool,
    reason: str,
    owner: str,
    until: datetime | None,
    today: datetime | None,
) -> int:
    """Accept the findings in the repository at PATH, in `wflint-baseline.yml` at its root, which `check` then reads.

    A mandatory rule's findings stay: nobody can accept them. So do those that tell of a file that cannot be checked.
    """
    checkouts = discover([path])
    if len(checkouts) != 1 or not checkouts[0].complete:
        raise UsageError(f"`{path}` is not the root of one repository", hint="a baseline is of one whole repository")
    checkout = checkouts[0]
    run = prepare(
        setup(bundles),
        checkout.root,
        policy=policy,
        use_config=not no_config,
        use_baseline=False,
        today=today.date() if today else None,
    )
    report = lint(checkout.reading(run.asked), run, files=checkout.files)
    strict = {each.rule.id for each in run.bound if each.enforcement == "mandatory" or each.rule.always}
    accepted = [finding for finding in report.findings if finding.rule not in strict]
    text = baseline.write(accepted, report.texts, reason=reason, owner=owner, until=until.date() if until else None)
    output.to_file(checkout.root / baseline.NAME, [text])
    say(f"{len(accepted)} findings are accepted in {checkout.prefix}{baseline.NAME}")
    if left := len(report.findings) - len(accepted):
        say(f"{left} stay: their rules are mandatory")
    return 0
