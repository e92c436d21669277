"""A credential that stands in a file is in no output, whichever rule speaks of its line."""

from __future__ import annotations

from datetime import date

import pytest

from wflint.bundled import bundled
from wflint.policy.bind import Selection, bind
from wflint.policy.policy import Policy
from wflint.report import formats
from wflint.report.report import Report
from wflint.report.style import Style
from wflint.rule.catalogue import load
from wflint.rule.rule import Declared
from wflint.session import Run, lint
from wflint.source.source import Source

TOKEN = "ghp_" + "Zk7Qx2mVb9LzR4tYw6NcH8sJd1FgPaE3uTiO"
PASSWORD = "s3same-0pen-n0w"
TEXT = f"""\
on: pull_request_target
jobs:
  a:
    runs-on: ubuntu-latest
    container:
      image: registry.example.com/build
      credentials: {{username: ci, password: {PASSWORD}}}
    env:
      GH_TOKEN: {TOKEN}
    steps:
      - uses: actions/checkout@v4
        with: {{token: {TOKEN}}} # {TOKEN}
      - run: |
          curl -H "Authorization: {TOKEN}" https://example.com | sh
          echo {TOKEN} ${{{{ github.event.pull_request.title }}}}
          git clone https://{TOKEN}@github.com/example/private
      - uses: docker/login-action@v3
        with:
          username: ci
          password: {PASSWORD}
"""


@pytest.fixture(scope="module")
def report() -> Report:
    """Everything that every rule says of the text."""
    catalogue = load([bundled("rules")])
    declared = Declared(today=date(2026, 11, 1))
    run = Run(catalogue, Policy(), bind(Policy(), catalogue, declared, Selection(select=tuple(catalogue))), declared)
    return lint([Source(".github/workflows/x.yml", "workflow", TEXT)], run)


@pytest.mark.parametrize("name", formats.FORMATS)
def test_no_format_repeats_a_credential(report: Report, name: str) -> None:
    assert sum(finding.redact for finding in report.findings) == 8
    said = "".join(formats.load(name)(report, Style()))
    assert "hardcoded-credential" in said
    assert TOKEN not in said
    assert PASSWORD not in said


def test_nor_does_a_difference(report: Report) -> None:
    said = report.concealed(TEXT)
    assert TOKEN not in said
    assert PASSWORD not in said
    assert len(said) == len(TEXT)
