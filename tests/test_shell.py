"""Run scripts: commands, words, redirections."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wflint.shell import HOLE, Options, ShellScript, Word, options_of, parse


def shown(script: ShellScript) -> list[str]:
    """Each command as its words, `•` for what is not known."""
    return [" ".join(word.shape.replace(HOLE, "•") for word in command.words) for command in script.commands]


@pytest.mark.parametrize(
    ("text", "commands"),
    [
        ("a b | c && d || e; f & g", ["a b", "c", "d", "e", "f", "g"]),
        ("if a; then b; elif c; then d; else e; fi", ["a", "b", "c", "d", "e"]),
        ("while a; do b; done; until c; do d; done", ["a", "b", "c", "d"]),
        ("f() { a; }; function g { (b); }", ["a", "b"]),
        ("case $x in a|b) c;; *) d;; esac", ["•", "c", "d"]),
        ('echo $(a "$(b)") `c` <(d) >(e)', ["echo • • • •", "a •", "b", "c", "d", "e"]),
        ("cat <<EOF\n$(a) `b`\nEOF", ["cat", "a", "b"]),
        ("cat <<'EOF'\n$(a) `b`\nEOF", ["cat"]),
        ("a \\\n  b # c\n# d", ["a b"]),
        ("a \\\n", ["a"]),
        ('x \'a b\' "c d" e\\ f "g\\"h" $\'i\' j"k"l', ['x a b c d e f g"h i jkl']),
        ("sh -c 'a | b'", ["sh -c a | b", "a", "b"]),
        ('sudo bash -ec "a \\"$X\\" b"', ['sudo bash -ec a "•" b', "a • b"]),
        ("eval 'a b'", ["eval a b", "a b"]),
        ("bash <<'EOF'\na $X\nEOF", ["bash", "a •"]),
        ('[ -n "$a" ] && [[ $b == c ]]', ["[ -n •", "[[ • c"]),
        ("export A=b C; unset D", ["export C", "unset D"]),
    ],
)
def test_every_command_is_found(text: str, commands: list[str]) -> None:
    script = parse(text)
    assert shown(script) == commands
    assert not script.has_error
    assert script.is_complete


@pytest.mark.parametrize(
    ("text", "program", "arguments"),
    [
        ("/usr/bin/curl -L x", "curl", ["-L", "x"]),
        ("sudo -E -u root curl x", "curl", ["x"]),
        ("env A=b C=d npm ci", "npm", ["ci"]),
        ("timeout -k 5 60s sudo make all", "make", ["all"]),
        ("xargs -n 1 rm -f", "rm", ["-f"]),
        ("time nohup exec cmd", "cmd", []),
        ("command -v jq", "command", ["-v", "jq"]),
        ("env", "env", []),
        ('"$HOME/bin/tool" x', "tool", ["x"]),
        ("$TOOL x", None, ["x"]),
        ("node.exe x", "node", ["x"]),
    ],
)
def test_the_program_is_what_really_runs(text: str, program: str | None, arguments: list[str]) -> None:
    command = parse(text).commands[0]
    assert (command.program, [word.text for word in command.arguments]) == (program, arguments)


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ('echo a >> "$GITHUB_OUTPUT"', {"echo": "GITHUB_OUTPUT"}),
        ("{ echo a; (date); } >> $GITHUB_ENV", {"echo": "GITHUB_ENV", "date": "GITHUB_ENV"}),
        ("a | b >> ${GITHUB_ENV}", {"a": None, "b": "GITHUB_ENV"}),
        ("a && b >> $F", {"a": None, "b": "F"}),
        ("for i in 1; do a; done > $F", {"a": "F"}),
        ("cat <<EOF >> $GITHUB_OUTPUT\nx\nEOF", {"cat": "GITHUB_OUTPUT"}),
        ("a 2> $F", {"a": None}),
        ("sh -c 'a; b > $G' > $F", {"a": "F", "b": "G"}),
    ],
)
def test_redirections_are_of_the_commands_they_take_from(text: str, targets: dict[str, str | None]) -> None:
    found = {
        command.program: command.stdout.variable if command.stdout else None
        for command in parse(text).commands
        if command.program in targets
    }
    assert found == targets


@pytest.mark.parametrize(
    ("text", "swallowed"),
    [
        ("a", None),
        ("a || true", "or"),
        ("a || exit 1", None),
        ("a || { echo no; exit 1; }", None),
        ("{ a; } || echo no", "or"),
        ("if a; then b; fi", "condition"),
        ("! a", "negation"),
        ("a && b; c", "and"),
        ("a && b", None),
        ("a & b", "background"),
        ("a | b", "pipeline"),
        ("set -o pipefail; a | b", None),
        ("set +e\na\nb", "errexit-off"),
        ("set +e\na", None),
        ("X=$(a)", None),
        ("export X=$(a)", "substitution"),
        ("echo $(a)", "substitution"),
        ("cat x <(a)", "substitution"),
    ],
)
def test_a_failure_may_be_swallowed(text: str, swallowed: str | None) -> None:
    (command,) = (command for command in parse(text).commands if command.program == "a")
    assert command.swallowed == swallowed


def test_options_hold_until_they_are_changed() -> None:
    script = parse("a; set -x; b; (set +x; c); d; set +x -o pipefail; e; bash -xc 'f'")
    traced = {command.program: command.options.xtrace for command in script.commands}
    assert [traced[each] for each in "abcdef"] == [False, True, False, True, False, True]
    assert script.commands[-2].options == Options(errexit=True, pipefail=True)


@pytest.mark.parametrize(
    ("shell", "options"),
    [
        (None, Options(errexit=True)),
        ("bash", Options(errexit=True, pipefail=True)),
        ("sh", Options(errexit=True)),
        ("bash -x {0}", Options(xtrace=True)),
        ("bash --noprofile -euo pipefail {0}", Options(errexit=True, pipefail=True, nounset=True)),
    ],
)
def test_options_of_a_shell(shell: str | None, options: Options) -> None:
    assert options_of(shell) == options


def test_pipelines() -> None:
    script = parse("a | { b; c; } | d")
    assert [[command.program for command in stage] for stage in script.pipelines[0].stages] == [
        ["a"],
        ["b", "c"],
        ["d"],
    ]
    assert [command.program for command in script.commands[1].consumers] == ["d"]
    assert [command.program for command in script.commands[1].producers] == ["a"]


def test_a_pipe_may_start_on_the_line_of_a_here_document() -> None:
    script = parse("cat <<EOF | gh issue create || true\nx $Y\nEOF\n")
    cat = script.commands[0]
    assert [command.program for command in cat.consumers] == ["gh"]
    assert cat.heredoc is not None
    assert cat.heredoc.expands
    assert cat.heredoc.word.shape == f"x {HOLE}\n"


def test_assignments() -> None:
    script = parse("A=1\nexport B=$C\nlocal d\nread -r E F\nfor g in $H; do :; done\nI+=2")
    found = [(each.name, each.kind, each.appends) for _, each in script.assignments]
    assert found == [
        ("A", "plain", False),
        ("B", "export", False),
        ("d", "local", False),
        ("E", "read", False),
        ("F", "read", False),
        ("g", "for", False),
        ("I", "plain", True),
    ]


def first_argument(text: str) -> Word:
    return parse(text).commands[0].arguments[0]


def test_variables_say_how_they_are_read() -> None:
    word = first_argument('echo "a$A ${B:-x} ${#C} ${D:0:4}"${E[@]}')
    read = [(each.name, each.quoting, each.operator, each.prefix) for each in word.variables]
    assert read == [
        ("A", "double", "", ""),
        ("B", "double", ":-", ""),
        ("C", "double", "", "#"),
        ("D", "double", ":", ""),
        ("E", "none", "", ""),
    ]
    assert word.shape == f"a{HOLE} {HOLE} {HOLE} {HOLE}{HOLE}"
    assert word.text is None


def test_expressions_are_found_where_they_stand() -> None:
    text = "echo \"${{ a }}\" '${{ b }}' $FOO${{ c }} ${{ d }}_X $(e ${{ e }})  # ${{ f }}"
    script = parse(text)
    found = [(text[slice(*each.span)], each.quoting) for command in script.commands for each in command.expressions]
    assert found == [
        ("${{ a }}", "double"),
        ("${{ b }}", "single"),
        ("${{ c }}", "none"),
        ("${{ d }}", "none"),
        ("${{ e }}", "none"),
    ]
    assert len(script.expressions) == 6
    assert [each.name for each in script.commands[0].variables] == ["FOO"]


def test_an_expression_ends_after_its_strings() -> None:
    text = "echo ${{ format('}}{0}', 1) }} x"
    assert [text[slice(*span)] for span in parse(text).expressions] == ["${{ format('}}{0}', 1) }}"]


def test_offsets_are_code_points() -> None:
    text = 'écho \'→\' && ünï "🚀 $X… ${{ é }}" >> "$GITHUB_ENV"'
    script = parse(text)
    command = script.commands[1]
    assert command.program == "ünï"
    assert text[slice(*command.arguments[0].span)] == '"🚀 $X… ${{ é }}"'
    assert [text[slice(*each.span)] for each in command.variables] == ["$X", "$GITHUB_ENV"]
    assert command.arguments[0].shape == f"🚀 {HOLE}… {HOLE}"


def test_nested_scripts_keep_their_places() -> None:
    text = 'bash -c "é \\"\\$X\\" && curl $URL"'
    curl = parse(text).commands[-1]
    assert text[slice(*curl.span)] == "curl $URL"
    assert "nested" in curl.inside


@pytest.mark.parametrize("text", ["echo ${A", "if a", "a ) b", "'", "<<", "\0", "$(", "\ud800 $X", "cat <<EOF; b\nEOF"])
def test_what_bash_refuses_is_read_as_far_as_it_goes(text: str) -> None:
    parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "$(" * 3_000 + ")" * 3_000,
        "${a:-" * 3_000 + "}" * 3_000,
        "{ " * 3_000 + "a; " + "};" * 3_000,
        "a && " * 3_000 + "a",
        "cat | " * 1_000 + "cat",
        "a" + " $(( ${{ b }} ))" * 1_500,
        'sh -c "' + "$(a) " * 1_000 + '"',
    ],
)
def test_depth_and_length_do_no_harm(text: str) -> None:
    script = parse(text)
    assert script.commands or not script.is_complete


@pytest.mark.parametrize("text", ["( " * 100 + "a" + " )" * 100, "a | " * 100_000])
def test_what_is_left_unread_is_said(text: str) -> None:
    assert not parse(text).is_complete


TOKENS = """
a echo | && || ; $X ${X:- } $( ) ` " ' \\ <<EOF EOF > >> ${{ ${{x}} }} é 🚀 if then fi { (
eval A= [[ ]] $(( )) & # ! set read B
"""
PIECES = st.sampled_from([*TOKENS.split(), " ", "\n", "\t", "\0", "set -x\n", "sh -c "])


@given(st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(" ".join)))
def test_any_text_is_read_and_all_spans_lie_inside(text: str) -> None:
    script = parse(text)
    spans = [command.span for command in script.commands]
    for command in script.commands:
        assert command.program is None or command.program
        assert isinstance(command.swallowed, str | None)
        for word in command.all_words:
            spans += [word.span, *(each.span for each in word.variables), *(each.span for each in word.expressions)]
            spans += [each.span for each in word.substitutions]
    for start, end in spans:
        assert 0 <= start <= end <= len(text)
