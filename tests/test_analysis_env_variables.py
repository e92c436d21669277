"""Expressions are handed to scripts by variables where that keeps what the script does, and nowhere else."""

from __future__ import annotations

import json
from textwrap import indent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wflint.analysis import env_variables
from wflint.model.index import targets
from wflint.model.script import Script
from wflint.source.document import Document
from wflint.source.edit import apply
from wflint.source.source import Source
from wflint.source.yaml import parse

TITLE = "${{ github.event.issue.title }}"


def step(text: str, job: str = "runs-on: ubuntu-latest\n") -> Document:
    body = f"{indent(job, '    ')}    steps:\n{indent(text, ' ' * 6)}"
    return parse(Source("x.yml", "workflow", f"on: issues\njobs:\n  a:\n{body}"))


def moved(text: str, job: str = "runs-on: ubuntu-latest\n") -> tuple[str, bool] | None:
    """Return the step with all its script's expressions moved, and whether that is safe."""
    document = step(text, job)
    script = targets(document, Script)[0]
    found = env_variables.hand_over(script, script.expressions)
    if found is None:
        return None
    after = apply(document.text, found.edits).partition("    steps:\n")[2]
    return "".join(line[6:] for line in after.splitlines(keepends=True)), found.safe


def run(script: str) -> tuple[str, bool] | None:
    """Return a script after its expressions were moved."""
    after = moved(f"- run: |\n{indent(script, '    ')}\n")
    return (after[0].partition("run: |\n")[2].replace("    ", "").rstrip("\n"), after[1]) if after is not None else None


@pytest.mark.parametrize(
    ("script", "expected", "safe"),
    [
        (f'echo "a {TITLE} b"', 'echo "a ${ISSUE_TITLE} b"', True),
        (f"echo {TITLE}", 'echo "${ISSUE_TITLE}"', False),
        (f"X={TITLE}", 'X="${ISSUE_TITLE}"', True),
        (f"export X={TITLE}", 'export X="${ISSUE_TITLE}"', True),
        (f"tool --title={TITLE}", 'tool --title="${ISSUE_TITLE}"', False),
        (f'[ "{TITLE}" = x ]', '[ "${ISSUE_TITLE}" = x ]', True),
        (f'X="$(echo "{TITLE}")"', 'X="$(echo "${ISSUE_TITLE}")"', True),
        (f"cat <<EOF\n{TITLE}\nEOF", "cat <<EOF\n${ISSUE_TITLE}\nEOF", True),
        ('echo "${{ github.head_ref }}"', 'echo "${GITHUB_HEAD_REF}"', True),
        ('echo "${{ github.event.inputs.a-b }}"', 'echo "${INPUTS_A_B}"', True),
        ('echo "${{ steps.a.outputs.b }}"', 'echo "${STEPS_A_OUTPUTS_B}"', True),
    ],
)
def test_a_variable_is_quoted_as_its_place_asks(script: str, expected: str, safe: bool) -> None:
    assert run(script) == (expected, safe)


@pytest.mark.parametrize(
    "script",
    [
        f"echo '{TITLE}'",
        f"# {TITLE}",
        f"{TITLE} --run",
        f"bash -c 'echo {TITLE}'",
        f'bash -c "echo {TITLE}"',
        f'ssh host "echo {TITLE}"',
        f'eval "{TITLE}"',
        f"python - <<EOF\nprint('{TITLE}')\nEOF",
        f"cat <<'EOF'\n{TITLE}\nEOF",
        f"cat <<EOF | sh\n{TITLE}\nEOF",
        f"echo $(( {TITLE} + 1 ))",
        f'echo "\\{TITLE}"',
        f'echo "${{X:-{TITLE}}}"',
        f"[[ x =~ {TITLE} ]]",
        f'ISSUE_TITLE=x\necho "{TITLE}"',
        "echo \"${{ format('{0}', github.head_ref) }}\"",
        'echo "${{ toJSON(github.event) }}"',
        f'if "{TITLE}',
    ],
)
def test_nothing_is_moved_where_it_would_change_or_hide_something(script: str) -> None:
    assert run(script) is None


def test_a_variable_that_is_there_is_used() -> None:
    env = f"  env:\n    NAME: x\n    ISSUE_TITLE: {TITLE}\n"
    script = '- run: echo "${{ env.name }} ' + TITLE + '"\n'
    assert moved(script + env) == ('- run: echo "${NAME} ${ISSUE_TITLE}"\n' + env, True)


def test_quotes_are_escaped_in_a_quoted_script() -> None:
    after = moved(f'- run: "tool {TITLE}"\n')
    assert after == (f'- run: "tool \\"${{ISSUE_TITLE}}\\""\n  env:\n    ISSUE_TITLE: {TITLE}\n', False)


@pytest.mark.parametrize(
    ("job", "env"),
    [
        ("runs-on: ubuntu-latest\nenv:\n  ISSUE_TITLE: other\n", ""),
        ("runs-on: ubuntu-latest\n", "  env:\n    ISSUE_TITLE: other\n"),
    ],
)
def test_a_name_that_is_taken_is_left_alone(job: str, env: str) -> None:
    assert moved(f'- run: echo "{TITLE}"\n{env}', job) is None


@pytest.mark.parametrize(
    ("job", "shell", "expected"),
    [
        ("runs-on: ubuntu-latest\n", "", True),
        ("runs-on: own\n", "", False),
        ("runs-on: own\n", "  shell: bash\n", True),
        ("runs-on: windows-latest\n", "", None),
        ("runs-on: ubuntu-latest\n", "  shell: pwsh\n", None),
    ],
)
def test_it_is_safe_only_where_the_shell_is_known(job: str, shell: str, expected: bool | None) -> None:
    after = moved(f'- run: echo "{TITLE}"\n{shell}', job)
    assert (after[1] if after is not None else None) is expected


@given(st.text(alphabet="${}'\"\\`()|<>EOF \n;=a#", max_size=60))
def test_edits_of_any_script_can_be_made_and_leave_none_of_their_expressions(text: str) -> None:
    document = step(f"- run: {json.dumps(text + TITLE + text)}\n")
    for script in targets(document, Script):
        found = env_variables.hand_over(script, script.expressions)
        if found is not None:
            after = parse(Source("x.yml", "workflow", apply(document.text, found.edits)))
            assert not after.problems
            assert all("github.event" not in each.text for each in targets(after, Script))
