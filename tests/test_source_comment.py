"""Comments, and what only looks like one."""

from wflint.source.document import Document
from wflint.source.source import Kind, Source
from wflint.source.yaml import parse


def read(text: str, kind: Kind = "workflow") -> Document:
    return parse(Source("ci.yml", kind, text))


def comments(text: str, kind: Kind = "workflow") -> list[str]:
    document = read(text, kind)
    for span, words in document.comments:
        assert text[slice(*span)].lstrip("# \t").startswith(words.lstrip("#"))
    return [words for _, words in document.comments]


def test_comments_stand_alone_or_behind() -> None:
    assert comments("# one\na: b # two\n  #three  \nc: [1, # four\n  2] #\n") == ["one", "two", "three", "four", ""]


def test_a_hash_in_a_scalar_is_none() -> None:
    assert comments("a: x#y\nb: 'p # q'\nc: \"r # s\"\nd: |\n  # t\n  u # v\n# w\n'k # l': 1\n") == ["w"]


def test_behind_a_block_scalar() -> None:
    assert comments("a: | # one\n  # text\n\n# two\nb: >- # three\nc: 1\n") == ["one", "two", "three"]


def test_what_is_set_aside_is_scalar_too() -> None:
    assert comments("a: 1 # one\na: 'x # y'\n<<: 'p # q'\n? ['r # s']\n: 't # u'\n--- 'v # w'\n# two\n") == [
        "one",
        "two",
    ]


def test_behind_tabs_marks_and_line_breaks() -> None:
    assert comments("\ufeff# one\r\na: b\t# two\r\n# three\r# four") == ["one", "two", "three", "four"]


def test_a_file_of_comments() -> None:
    assert comments("# one\n# two\n", "file") == ["one", "two"]


def test_a_text_that_is_no_yaml_has_none() -> None:
    assert comments("a: 'b # c\n") == []


def test_the_comment_behind_a_node() -> None:
    text = "a: &x b # one\nc: {d: e, f: 'g # h'} # two\ni:  # three\n  - j\nk: 'l'\nm: |\n  n # o\n# four\n"
    document = read(text)
    assert document.root is not None
    found = {}
    for node in document.root.walk():
        comment = document.comment_after(node)
        found[node.route] = comment and comment.text
    assert found == {
        "": None, "a": "one", "c": "two", "c.d": "two", "c.f": "two", "i": None, "i[0]": None, "k": None, "m": None,
    }  # fmt: skip
    key = document.root.at("i", 0)
    assert key is not None
    assert key.parent is not None
    assert key.parent.key_node is not None
    comment = document.comment_after(key.parent.key_node)
    assert comment is not None
    assert comment.text == "three"
