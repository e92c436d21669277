from wflint.model.near import hint


def test_the_name_that_was_meant() -> None:
    assert hint("biuld", ["test", "build"]) == "; did you mean `build`?"
    assert hint("deploy", ["test", "build"]) == ""
    assert hint("x" * 10_000, ["x" * 9_999]) == ""
