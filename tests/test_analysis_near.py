from wflint.analysis.near import hint, one_slip


def test_the_name_that_was_meant() -> None:
    assert hint("biuld", ["test", "build"]) == "; did you mean `build`?"
    assert hint("deploy", ["test", "build"]) == ""
    assert hint("x" * 10_000, ["x" * 9_999]) == ""


def test_one_slip_is_a_letter_more_less_changed_or_swapped() -> None:
    assert all(one_slip("checkout", other) for other in ("chekout", "checkoutt", "checkoot", "chekcout"))
    assert not any(one_slip("checkout", other) for other in ("checkout", "check-in", "chckot", ""))
