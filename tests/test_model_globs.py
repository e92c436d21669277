import pytest
from hypothesis import given
from hypothesis import strategies as st

from wflint.model.globs import admits, matches, owns


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        ("feature/*", ["feature/my-branch", "feature/your-branch"], ["feature/a/b", "feature"]),
        ("feature/**", ["feature/beta-a/my-branch", "feature/mona/the/octocat"], ["feature"]),
        ("main", ["main"], ["main2", "Main"]),
        ("releases/mona-the-octocat", ["releases/mona-the-octocat"], []),
        ("*", ["main", "releases"], ["all/the/branches"]),
        ("**", ["all/the/branches", "every/tag"], []),
        ("*feature", ["mona-feature", "feature"], ["ver/feature"]),
        ("v2*", ["v2", "v2.0", "v2.9"], ["v1"]),
        ("v[12].[0-9]+.[0-9]+", ["v1.10.1", "v2.0.0"], ["v3.0.0", "v1.x.1"]),
        ("*.jsx?", ["page.js", "page.jsx"], ["page.jsxx"]),
        ("**.js", ["index.js", "js/index.js", "src/js/app.js"], ["index.jsx"]),
        ("docs/*", ["docs/README.md"], ["docs/a/b.md"]),
        ("docs/**", ["docs/README.md", "docs/mona/octocat.txt"], ["other/docs/a"]),
        ("docs/**/*.md", ["docs/README.md", "docs/mona/hello-world.md", "docs/a/markdown/file.md"], ["docs/a.txt"]),
        ("**/docs/**", ["docs/hello.md", "dir/docs/my-file.txt"], ["mydocs/a"]),
        ("**/README.md", ["README.md", "js/README.md"], ["js/xREADME.md"]),
        ("**/*src/**", ["a/src/app.js", "my-src/code/js/app.js"], ["src2/a"]),
        (
            "**/migrate-*.sql",
            ["migrate-10909.sql", "db/sept/migrate-v1.sql"],
            ["x-migrate-1.sql"],
        ),
        (r"release\+1", ["release+1"], ["releasee1"]),
        ("+a", ["+a"], ["a"]),
        ("[z-a]", [], ["a", "z", "-"]),
        ("[a", ["[a"], ["a"]),
    ],
)
def test_filter_patterns(pattern: str, yes: list[str], no: list[str]) -> None:
    assert [text for text in yes if not matches(pattern, text)] == []
    assert [text for text in no if matches(pattern, text)] == []


def test_the_last_pattern_that_matches_decides() -> None:
    assert not admits(["releases/**", "!releases/**-alpha"], "releases/beta/3-alpha")
    assert admits(["releases/**", "!releases/**-alpha"], "releases/10")
    assert admits(["*.md", "!README.md", "README*"], "README.md")
    assert not admits(["!main"], "other")


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        ("*", ["a", "a/b.c"], []),
        ("*.js", ["a.js", "x/y/a.js"], ["a.jsx"]),
        ("/build/logs/", ["build/logs/a", "build/logs/x/b"], ["x/build/logs/a", "build/logs"]),
        ("docs/*", ["docs/getting-started.md"], ["docs/build-app/troubleshooting.md", "x/docs/a"]),
        ("apps/", ["apps/a", "x/apps/b/c"], ["apps"]),
        ("/docs/", ["docs/a/b"], ["x/docs/a"]),
        ("/scripts", ["scripts", "scripts/a/b"], ["x/scripts"]),
        ("**/logs", ["logs/a", "build/logs/b", "deeply/nested/logs"], ["catalogs"]),
        ("/apps/github", ["apps/github", "apps/github/x"], ["apps/github2"]),
        ("/a/**/z", ["a/z", "a/b/c/z"], ["b/a/z"]),
        ("CODEOWNERS", [".github/CODEOWNERS", "CODEOWNERS"], ["CODEOWNERS.md"]),
    ],
)
def test_codeowners_patterns(pattern: str, yes: list[str], no: list[str]) -> None:
    assert [path for path in yes if not owns(pattern, path)] == []
    assert [path for path in no if owns(pattern, path)] == []


@given(st.text(alphabet="ab*?+[]-!/\\^.é\n", max_size=30), st.text(alphabet="ab/-é\n", max_size=30))
def test_no_pattern_raises(pattern: str, text: str) -> None:
    assert matches(pattern, text) in (True, False)
    assert owns(pattern, text) in (True, False)


@given(st.text(alphabet="abc/.-é_", max_size=20))
def test_a_pattern_without_special_characters_matches_itself_alone(text: str) -> None:
    assert matches(text, text)
    assert not matches(text, text + "x")


def test_nested_repetition_takes_no_time() -> None:
    assert not matches("**a" * 200, "a" * 5000 + "b")
