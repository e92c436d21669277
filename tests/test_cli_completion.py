"""Shells complete commands and options."""

from __future__ import annotations

import pytest
from conftest import Wflint


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_what_it_needs_to_complete(wflint: Wflint, shell: str) -> None:
    outcome = wflint.run("completion", shell)
    assert outcome.code == 0
    assert "_WFLINT_COMPLETE" in outcome.stdout


def test_commands_are_completed(wflint: Wflint) -> None:
    environment = {"_WFLINT_COMPLETE": "bash_complete", "COMP_WORDS": "wflint ch", "COMP_CWORD": "1"}
    outcome = wflint.process(environment=environment)
    assert "plain,check" in outcome.stdout.split()


def test_an_unknown_shell_is_misuse(wflint: Wflint) -> None:
    assert wflint.run("completion", "tcl").code == 2
