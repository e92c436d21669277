from wflint.model.codeowners import Codeowners
from wflint.source.document import Document
from wflint.source.source import Source


def read(text: str) -> Codeowners:
    return Codeowners(Document(Source(".github/CODEOWNERS", "codeowners", text)))


def test_the_last_line_that_matches_decides() -> None:
    owners = read("* @all\n/docs/ @docs/writers a@example.com # inline\n/docs/drafts/\n")
    assert [owner.text for owner in owners.owners_of("src/a.py")] == ["@all"]
    assert [owner.text for owner in owners.owners_of("docs/a.md")] == ["@docs/writers", "a@example.com"]
    assert owners.owners_of("docs/drafts/a.md") == ()
    assert owners.owners_of("docs/a.md")[0].is_team


def test_lines_that_github_skips_are_named_and_own_nothing() -> None:
    owners = read("* @all\n!*.md @a\n[ab].py @a\n\\#x @a\n*.js alice\n")
    assert [entry.problem is None for entry in owners.entries] == [True, False, False, False, False]
    assert owners.owners_of("x.js")[0].text == "@all"


def test_places_are_exact() -> None:
    owners = read("# comment\r\n\r\n  a\\ b.txt   @one   # why\r\n")
    (entry,) = owners.entries
    text = owners.document.text
    assert text[slice(*entry.pattern_place.span)] == "a\\ b.txt"
    assert text[slice(*entry.place.span)] == "a\\ b.txt   @one"
    assert text[slice(*entry.owners[0].place.span)] == "@one"
    assert entry.matches("a b.txt")
