"""Foreign text is followed from the event to the place where it is used, and nothing else is taken for it."""

from __future__ import annotations

from textwrap import indent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wflint import shell
from wflint.analysis import taint
from wflint.analysis.taint import Taint, TaintFlow
from wflint.model.expression import Expression
from wflint.model.index import targets
from wflint.model.script import Script
from wflint.source.document import Document
from wflint.source.source import Kind, Source
from wflint.source.yaml import parse

OUTSIDERS = "[issues, issue_comment, pull_request_target, push]"


def document(text: str, kind: Kind = "workflow") -> Document:
    return parse(Source("x.yml", kind, text))


def workflow(steps: str, on: str = OUTSIDERS, top: str = "", job: str = "") -> Document:
    """Return a workflow with one job of some steps."""
    return document(f"on: {on}\n{top}jobs:\n  a:\n{indent(job, '    ')}    steps:\n{indent(steps, ' ' * 6)}")


def found(text: str, on: str = OUTSIDERS) -> Taint | None:
    """Return the worst taint of an expression in a script."""
    return last(workflow(f'- run: "${{{{ {text} }}}}"\n', on))


def last(read: Document) -> Taint | None:
    """Return the worst taint of the last expression of a document."""
    return next(iter(taint.carried(targets(read, Expression)[-1])), None)


def source(taint: Taint | None) -> str | None:
    return taint.source if taint is not None else None


def flows(read: Document) -> list[TaintFlow]:
    return [flow for script in targets(read, Script) for flow in taint.flows(script)]


@pytest.mark.parametrize(
    ("text", "grade", "by"),
    [
        ("github.event.issue.title", "free", "outsider"),
        ("GitHub.Event['issue'].TITLE", "free", "outsider"),
        ("github.head_ref", "ref", "outsider"),
        ("github.event.commits[0].message", "free", "outsider"),
        ("github.event.commits.*.message", "free", "outsider"),
        ("github.event[matrix.x].body", "free", "outsider"),
        ("github.actor", "structured", "outsider"),
        ("github.ref_name", "ref", "writer"),
        ("format('{0}', github.head_ref)", "ref", "outsider"),
        ("join(github.event.pull_request.labels.*.name, ' ')", "free", "writer"),
        ("toJSON(github.event)", "free", "outsider"),
        ("fromJSON(toJSON(github.event)).issue", "free", "outsider"),
        ("github.actor == 'x' && github.head_ref || 'none'", "ref", "outsider"),
        ("case(github.actor == 'x', 'y', github.head_ref)", "ref", "outsider"),
    ],
)
def test_a_value_has_the_grade_and_the_author_of_the_worst_in_it(text: str, grade: str, by: str) -> None:
    taint = found(text)
    assert taint is not None
    assert (taint.grade, taint.by) == (grade, by)


@pytest.mark.parametrize(
    "text",
    [
        "contains(github.event.issue.title, 'x')",
        "startsWith(github.head_ref, 'x') && 'yes' || 'no'",
        "github.head_ref == 'x'",
        "!github.head_ref",
        "github.head_ref && 'set'",
        "github.event.issue.number",
        "github.event",
        "hashFiles(github.head_ref)",
        "secrets.A",
        "runner.os",
        "inputs.x",
        "steps.none.outputs.x",
        "needs.none.outputs.x",
        "matrix.x",
        "env.X",
        "github.event.release.body",
        "'text'",
    ],
)
def test_booleans_numbers_and_what_the_triggers_do_not_bring_are_clean(text: str) -> None:
    assert found(text) is None


def test_a_taint_says_where_it_is_read_and_by_which_events() -> None:
    one = workflow('- run: "x ${{ github.head_ref }}"\n')
    taint = last(one)
    assert taint is not None
    assert one.text[slice(*taint.place.span)] == "github.head_ref"
    assert taint.events == frozenset({"pull_request_target"})
    assert taint.way == ()


DISPATCH = """
  workflow_dispatch:
    inputs:
      text: {}
      flag: {type: boolean}
      pick: {type: choice, options: [a]}
"""
CALL = """
  workflow_call:
    inputs:
      text: {type: string}
      flag: {type: boolean}
"""


@pytest.mark.parametrize(
    ("on", "text", "by"),
    [
        (DISPATCH, "inputs.text", "writer"),
        (DISPATCH, "github.event.inputs.TEXT", "writer"),
        (DISPATCH, "toJSON(inputs)", "writer"),
        (DISPATCH, "inputs.flag", None),
        (DISPATCH, "github.event.inputs.pick", None),
        (DISPATCH, "inputs.other", None),
        (CALL, "inputs.text", "caller"),
        (CALL, "inputs.flag", None),
        (CALL, "github.event.inputs.text", None),
        (CALL, "github.event.issue.title", "outsider"),
        (DISPATCH + CALL, "inputs.text", "writer"),
        ("[push]", "inputs.text", None),
    ],
)
def test_inputs_are_judged_by_who_fills_them_and_their_type(on: str, text: str, by: str | None) -> None:
    taint = found(text, on)
    assert (taint.by if taint else None) == by


def test_an_action_knows_neither_its_caller_nor_its_event() -> None:
    text = "runs:\n  using: composite\n  steps:\n    - run: ${{ inputs.x }}\n    - run: ${{ github.head_ref }}\n"
    one, other = (next(iter(taint.carried(each))) for each in targets(document(text, "action"), Expression))
    assert (one.by, one.grade, one.events) == ("caller", "free", None)
    assert (other.by, other.grade) == ("outsider", "ref")


@pytest.mark.parametrize(
    ("top", "job", "step", "expected"),
    [
        ("env: {X: '${{ github.head_ref }}'}\n", "", "", "github.head_ref"),
        ("", "env: {X: '${{ github.head_ref }}'}\n", "", "github.head_ref"),
        ("", "", "env: {x: '${{ github.head_ref }}'}", "github.head_ref"),
        ("env: {X: '${{ github.head_ref }}'}\n", "env: {X: plain}\n", "", None),
        ("", "env: {X: '${{ github.head_ref }}'}\n", "env: {X: plain}", None),
        ("env: {Y: '${{ github.head_ref }}'}\n", "env: {X: 'a-${{ env.Y }}'}\n", "", "github.head_ref"),
        ("", "env: {Y: '${{ github.head_ref }}'}\n", "env: {X: '${{ env.Y }}', Y: plain}", "github.head_ref"),
    ],
)
def test_the_nearest_environment_counts(top: str, job: str, step: str, expected: str | None) -> None:
    assert (
        source(last(workflow(f"- {step}\n  run: x ${{{{ env.X }}}}\n".replace("- \n ", "-"), top=top, job=job)))
        == expected
    )


@pytest.mark.parametrize(
    "write",
    [
        'echo "out=$T" >> "$GITHUB_OUTPUT"',
        'echo "OUT=${T:-none}" >> $GITHUB_OUTPUT',
        "echo 'out=${{ github.event.issue.title }}' >> $GITHUB_OUTPUT",
        "printf 'out=%s\\n' \"$T\" >> $GITHUB_OUTPUT",
        'V="x $T"\necho "out=$V" >> $GITHUB_OUTPUT',
        'echo "::set-output name=out::$T"',
        'echo "out<<EOF" >> $GITHUB_OUTPUT\necho "$T" >> $GITHUB_OUTPUT\necho EOF >> $GITHUB_OUTPUT',
        '{\n  echo "out<<EOF"\n  echo "$T"\n  echo EOF\n} >> $GITHUB_OUTPUT',
        "cat <<END >> $GITHUB_OUTPUT\na=b\nout=$T\nEND",
        'echo "a=b\nout=$T" | tee -a $GITHUB_OUTPUT',
    ],
)
def test_outputs_of_scripts_hand_it_on(write: str) -> None:
    body = indent(write, "    ")
    env = "  env: {T: '${{ github.event.issue.title }}'}\n"
    one = workflow(f"- id: it\n{env}  run: |\n{body}\n- run: ${{{{ steps.IT.outputs.out }}}}\n")
    taint = last(one)
    assert source(taint) == "github.event.issue.title"
    assert taint is not None
    assert taint.sure
    assert taint.way
    assert one.text[slice(*taint.way[0][0].span)] == "github.event.issue.title"


@pytest.mark.parametrize(
    "write",
    [
        'echo "other=$T" >> $GITHUB_OUTPUT',
        'echo "out=x" >> $GITHUB_OUTPUT; echo "$T"',
        "cat <<END >> $GITHUB_OUTPUT\nother=$T\nout=b\nEND",
        'if [ "$T" = x ]; then echo "out=y" >> $GITHUB_OUTPUT; fi',
        'echo "out=${#T}" >> $GITHUB_OUTPUT',
    ],
)
def test_other_outputs_stay_clean(write: str) -> None:
    body = indent(write, "    ")
    env = "  env: {T: '${{ github.event.issue.title }}'}\n"
    assert last(workflow(f"- id: it\n{env}  run: |\n{body}\n- run: ${{{{ steps.it.outputs.out }}}}\n")) is None


def test_what_a_program_changed_is_not_sure() -> None:
    run = 'echo "out=$(echo "$GITHUB_HEAD_REF" | tr -cd a-z)" >> $GITHUB_OUTPUT'
    taint = last(workflow(f"- id: it\n  run: {run}\n- run: ${{{{ steps.it.outputs.out }}}}\n"))
    assert source(taint) == "GITHUB_HEAD_REF"
    assert taint is not None
    assert not taint.sure


def test_variables_written_to_github_env_are_in_later_steps_only() -> None:
    one = workflow(
        '- run: x ${{ env.T }}\n- run: echo "T=$GITHUB_HEAD_REF" >> $GITHUB_ENV\n- run: y ${{ env.T }}\n'
        "- run: z ${{ env.T }}\n  env: {T: plain}\n"
    )
    assert [source(next(iter(taint.carried(each)), None)) for each in targets(one, Expression)] == [
        None,
        "GITHUB_HEAD_REF",
        None,
    ]


@pytest.mark.parametrize(
    ("uses", "expected"),
    [
        ("tj-actions/changed-files@v40\n", ("ref", True)),
        ("tj-actions/changed-files@v45\n", ("ref", False)),
        ("tj-actions/changed-files@v45\n  with: {safe_output: false}\n", ("ref", True)),
        ("someone/else@v1\n", None),
        ("./local\n", None),
    ],
)
def test_outputs_of_known_actions(uses: str, expected: tuple[str, bool] | None) -> None:
    taint = last(workflow(f"- id: it\n  uses: {uses}- run: ${{{{ steps.it.outputs.all_changed_files }}}}\n"))
    assert ((taint.grade, taint.sure) if taint else None) == expected


JOBS = """
on: issues
jobs:
  c:
    needs: b
    steps:
      - run: ${{ needs.b.outputs.y }}
  b:
    needs: a
    outputs: {y: "${{ needs.a.outputs.x }}"}
  a:
    outputs: {x: "${{ github.event.issue.title }}"}
"""


def test_outputs_of_jobs_go_on_whatever_the_order_in_the_file() -> None:
    used = targets(document(JOBS), Expression)[0]
    assert [each.source for each in taint.carried(used)] == ["github.event.issue.title"]


def test_jobs_that_need_each_other_end() -> None:
    used = targets(document(JOBS.replace("  a:\n", "  a:\n    needs: c\n")), Expression)[0]
    assert taint.carried(used) is not None


@pytest.mark.parametrize(
    ("matrix", "expected"),
    [
        ("{x: [a, b]}", None),
        ("{x: [a, '${{ github.head_ref }}']}", "github.head_ref"),
        ("{y: ['${{ github.head_ref }}'], x: [a]}", None),
        ("{include: [{x: '${{ github.head_ref }}'}]}", "github.head_ref"),
        ("{include: [{x: a, y: '${{ github.head_ref }}'}]}", None),
        ("{x: '${{ fromJSON(github.event.issue.body) }}'}", "github.event.issue.body"),
        ("${{ fromJSON(github.event.issue.body) }}", "github.event.issue.body"),
        ("{x: ['${{ matrix.x }}']}", None),
    ],
)
def test_a_matrix_is_read_value_by_value(matrix: str, expected: str | None) -> None:
    one = workflow("- run: ${{ matrix.x }}\n", job=f"strategy:\n  matrix: {matrix}\n")
    assert source(last(one)) == expected


def test_flows_know_the_entry_that_they_write() -> None:
    one = workflow(
        "- run: |\n"
        '    echo "a=$GITHUB_HEAD_REF" >> $GITHUB_ENV\n'
        '    echo "$GITHUB_HEAD_REF" >> $GITHUB_PATH\n'
        "    D=$(openssl rand -hex 8)\n"
        '    echo "b<<$D" >> $GITHUB_OUTPUT\n'
        '    echo "$GITHUB_HEAD_REF" >> $GITHUB_OUTPUT\n'
    )
    assert [(each.flow.kind, each.entry.name, each.entry.guessable) for each in flows(one)] == [
        ("env", "a", True),
        ("path", None, True),
        ("output", "b", False),
    ]
    place = flows(one)[0].taint.place
    assert one.text[slice(*place.span)] == "$GITHUB_HEAD_REF"


def test_long_chains_take_linear_time_and_name_few_places() -> None:
    steps = "".join(
        f'- id: s{n}\n  run: echo "x=${{{{ steps.s{n - 1}.outputs.x }}}}" >> $GITHUB_OUTPUT\n' for n in range(1, 400)
    )
    start = '- id: s0\n  run: echo "x=${{ github.head_ref }}" >> $GITHUB_OUTPUT\n'
    taint = last(workflow(start + steps))
    assert source(taint) == "github.head_ref"
    assert taint is not None
    assert len(taint.way) < 12


@given(st.text(alphabet="${}'().| &abenvstpiu*[]\n\"<>", max_size=80))
def test_nothing_raises(text: str) -> None:
    for each in targets(workflow(f"- run: {text!r}\n  env: {{A: {text!r}}}\n"), Expression):
        taint.carried(each)


@pytest.mark.parametrize(
    ("on", "job", "expected"),
    [
        ("issues", "", "open"),
        ("pull_request_target", "", "open"),
        ("push", "", "open"),
        ("[push, issues]", "if: github.event.issue.author_association == 'OWNER'\n", "open"),
        ("issues", "if: github.event.issue.author_association == 'OWNER'\n", "closed"),
        ("issues", "environment: production\n", "gated"),
    ],
)
def test_conditions_that_keep_strangers_out_close_a_step(on: str, job: str, expected: str) -> None:
    text = "github.event.issue.title || github.head_ref || github.event.head_commit.message"
    one = workflow(f"- run: ${{{{ {text} }}}}\n", on, job=job)
    step = targets(one, Script)[0].step
    found = taint.carried(targets(one, Expression)[-1])
    whole = found[0]._replace(events=frozenset(each for every in found for each in every.events or ()))
    assert taint.exposure(whole, step) == expected


@pytest.mark.parametrize(
    ("script", "count"),
    [
        ('echo "N=$(cat number)" >> $GITHUB_ENV', 1),
        ("cat folder/bin >> $GITHUB_PATH", 1),
        ('N=$(< number)\necho "N=$N" >> $GITHUB_ENV', 1),
        ('echo "N=$(jq -r .n info.json)" | tee -a "$GITHUB_ENV"', 1),
        ("cat <<EOF >> $GITHUB_ENV\nN=$(head -1 number)\nEOF", 1),
        ('echo "N=$(cat number | tr -cd 0-9)" >> $GITHUB_ENV', 0),
        ('echo "N=$(tr -cd 0-9 < number)" >> $GITHUB_ENV', 0),
        ('echo "N=$(jq -r .number "$GITHUB_EVENT_PATH")" >> $GITHUB_ENV', 0),
        ('echo "N=$(date +%s)" >> $GITHUB_ENV', 0),
        ('echo "N=$(cat number)" >> $GITHUB_OUTPUT', 0),
        ("cat <<EOF >> $GITHUB_ENV\nN=1\nEOF", 0),
    ],
)
def test_files_that_a_script_writes_to_the_environment(script: str, count: int) -> None:
    assert len(list(taint.written_from_files(shell.parse(script)))) == count
