from typing import Any

from wflint.model.index import targets
from wflint.model.matrix import Matrix
from wflint.source.source import Source
from wflint.source.yaml import parse


def matrix(text: str) -> Any:
    head = "on: push\njobs:\n  a:\n    strategy:\n      matrix:"
    body = text if text.lstrip().startswith("$") else "".join(f"\n        {line}" for line in text.strip().split("\n"))
    return targets(parse(Source("x.yml", "workflow", f"{head} {body}\n")), Matrix)[0]


def jobs(text: str) -> Any:
    found = matrix(text).combinations
    return found and [
        (
            {key: node.plain() for key, node in one.values.items()},
            {key: node.plain() for key, node in one.added.items()},
        )
        for one in found
    ]


def test_the_product_comes_in_the_files_order() -> None:
    assert jobs("os: [a, b]\npy: [1, 2]") == [
        ({"os": "a", "py": 1}, {}),
        ({"os": "a", "py": 2}, {}),
        ({"os": "b", "py": 1}, {}),
        ({"os": "b", "py": 2}, {}),
    ]


def test_the_documented_include_example() -> None:
    assert jobs(
        "fruit: [apple, pear]\nanimal: [cat, dog]\ninclude:\n- color: green\n- {color: pink, animal: cat}\n"
        "- {fruit: apple, shape: circle}\n- fruit: banana\n- {fruit: banana, animal: cat}"
    ) == [
        ({"fruit": "apple", "animal": "cat"}, {"color": "pink", "shape": "circle"}),
        ({"fruit": "apple", "animal": "dog"}, {"color": "green", "shape": "circle"}),
        ({"fruit": "pear", "animal": "cat"}, {"color": "pink"}),
        ({"fruit": "pear", "animal": "dog"}, {"color": "green"}),
        ({"fruit": "banana"}, {}),
        ({"fruit": "banana", "animal": "cat"}, {}),
    ]


def test_an_unmatched_include_names_axes_first() -> None:
    assert jobs("os: [a]\ninclude:\n- {extra: 1, os: b}") == [({"os": "a"}, {}), ({"os": "b", "extra": 1}, {})]
    assert list(matrix("os: [a]\ninclude:\n- {extra: 1, os: b}").combinations[1].values) == ["os", "extra"]


def test_exclude_goes_first_so_include_can_bring_back() -> None:
    assert jobs("os: [a, b]\nexclude:\n- os: A\ninclude:\n- {os: a, x: 1}") == [
        ({"os": "b"}, {}),
        ({"os": "a", "x": 1}, {}),
    ]


def test_exclude_looks_inside_mappings_and_compares_as_expressions_do() -> None:
    assert jobs("v: [{n: 1, m: x}, {n: 2}]\nexclude:\n- v: {n: '1'}") == [({"v": {"n": 2}}, {})]
    assert len(jobs("v: [1, 2]\nexclude:\n- {v: 1, other: 3}")) == 2


def test_include_alone() -> None:
    assert jobs("include:\n- {a: 1}\n- {a: 2}") == [({"a": 1}, {}), ({"a": 2}, {})]


def test_expressions_make_it_unknown() -> None:
    assert jobs("${{ fromJSON(needs.a.outputs.m) }}") is None
    assert jobs("os: ${{ fromJSON(x) }}") is None
    assert jobs("os: [a]\ninclude: ${{ fromJSON(x) }}") is None
    assert jobs("os: ['${{ x }}', b]\nexclude:\n- os: b") is None
    assert len(jobs("os: ['${{ x }}', b]")) == 2
    assert matrix("os: ${{ fromJSON(x) }}").is_dynamic


def test_a_product_beyond_the_limit_is_counted_and_not_built() -> None:
    huge = matrix("\n".join(f"a{i}: [1, 2, 3, 4, 5, 6, 7, 8, 9]" for i in range(30)))
    assert huge.size == 9**30
    assert huge.combinations is None


def test_values_of_an_axis_include_those_of_include() -> None:
    one = matrix("os: [a, b]\ninclude:\n- OS: c\n- x: 1")
    assert [node.plain() for node in one.values_of("os")] == ["a", "b", "c"]
    assert one.values_of("nothing") == []
    assert matrix("os: ${{ x }}").values_of("os") is None
