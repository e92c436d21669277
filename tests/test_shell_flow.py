"""Where values go in a script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wflint.shell import flows_of, parse


def sinks(text: str) -> list[str]:
    """The sinks that the variable T or an expression reaches: `+` is transformed, `*` is masked before."""
    found = flows_of(parse(text), {"T"}, lambda span: True).flows
    return [f"{flow.kind}{'+' * flow.transformed}{'*' * flow.masked}" for flow in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("echo $T", ["log"]),
        ("echo ${{ secrets.T }}", ["log"]),
        ("echo $T >&2", ["log"]),
        ("echo $T | cat", ["log"]),
        ("cat <<EOF\n$T\nEOF", ["log"]),
        ("cat <<'EOF'\n$T\nEOF", []),
        ("printenv T", ["log"]),
        ('echo "$T" | docker login --password-stdin', []),
        ("echo $T | base64 -d > key.pem", ["file+"]),
        ("echo $T > /dev/null", []),
        ("curl -H $T x", []),
        ("echo ${#T} ${T:+set}", []),
        ('[ -n "$T" ] && echo yes', []),
        ('B=$(echo "$T" | base64)\necho $B', ["log+"]),
        ("X=${T:0:4}; echo $X", ["log+"]),
        ('X=${T:0:4}; echo "::add-mask::$X"; echo $X', ["log+*"]),
        ("X=prefix-$T; Y=$X; echo $Y", ["log"]),
        ("X=$(curl $T); echo $X", []),
        ("read A <<< $T; echo $A", ["log"]),
        ("while read l; do echo $l; done <<< $T", ["log"]),
        ("for i in $T; do echo $i; done", ["log"]),
        ("T=1; echo $T", []),
        ("if a; then T=1; fi; echo $T", ["log"]),
        ("A=$T cmd; echo $A", []),
        ('echo "a=$T" >> $GITHUB_OUTPUT', ["output"]),
        ('{ echo a; echo "$T"; } >> "$GITHUB_ENV"', ["env"]),
        ("echo $T | base64 | tee -a $GITHUB_ENV", ["env+", "log+"]),
        ("echo $T >> $GITHUB_STEP_SUMMARY", ["summary"]),
        ('echo "::set-output name=a::$T"', ["output"]),
        ("set -x\ncurl -H $T x\nset +x\ncurl -H $T x", ["xtrace"]),
        ("bash -xc 'curl $T'", ["xtrace"]),
        ("env", ["dump"]),
        ("env | sort", ["dump"]),
        ("export -p; declare -p; set", ["dump", "dump", "dump"]),
        ("env | grep X; env A=b cmd; env > f", []),
    ],
)
def test_where_a_value_goes(text: str, expected: list[str]) -> None:
    assert sinks(text) == expected


def test_a_flow_names_its_way() -> None:
    text = 'B=$(echo "$T" | base64)\necho "$B"'
    found = flows_of(parse(text), lambda name: name == "T")
    (flow,) = found.flows
    assert [text[slice(*span)] for span in flow.spans] == ["$T", 'B=$(echo "$T" | base64)', "$B", 'echo "$B"']
    assert flow.source == "T"
    (derived,) = found.derived
    assert (derived.name, derived.transformed) == ("B", True)


def test_long_pipelines_are_followed() -> None:
    assert sinks("echo $T" + " | cat" * 1_000) == ["log"]


@given(
    st.lists(
        st.sampled_from(
            [
                "echo ",
                "$T",
                "A=",
                "$A",
                "$(",
                ")",
                "|",
                "cat",
                "\n",
                ";",
                ">",
                "f",
                "<<< ",
                "read A",
                "set -x",
                "tee ",
                '"',
            ]
        )
    ).map("".join)
)
def test_any_script_can_be_followed(text: str) -> None:
    for flow in flows_of(parse(text), {"T"}).flows:
        assert all(0 <= start <= end <= len(text) for start, end in flow.spans)
