import pytest
from hypothesis import given
from hypothesis import strategies as st

from wflint.analysis.cron import CronError, longest_gap, parse


@pytest.mark.parametrize(
    ("text", "field", "values"),
    [
        ("0 0 * * *", "minute", {0}),
        ("*/20 0 * * *", "minute", {0, 20, 40}),
        ("20/15 * * * *", "minute", {20, 35, 50}),
        ("1-10/3,59 * * * *", "minute", {1, 4, 7, 10, 59}),
        ("0 0 * jan,FEB-mar *", "month", {1, 2, 3}),
        ("0 0 * * MON-FRI", "weekday", {1, 2, 3, 4, 5}),
        ("  0\t0 * * 0  ", "weekday", {0}),
    ],
)
def test_fields(text: str, field: str, values: set[int]) -> None:
    assert getattr(parse(text), field).values == values


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("0 0 * *", "0 0 * *"),
        ("0 0 * * * *", "0 0 * * * *"),
        ("@daily", "@daily"),
        ("60 0 * * *", "60"),
        ("0 5-24 * * *", "5-24"),
        ("0 0 0 * *", "0"),
        ("0 0 * * 7", "7"),
        ("0 0 L * *", "L"),
        ("0 0 * * 1#2", "1#2"),
        ("0 0 ? * *", "?"),
        ("*/0 * * * *", "*/0"),
        ("1,,2 * * * *", ""),
        ("30-10 * * * *", "30-10"),
        ("0 0 * JANUARY *", "JANUARY"),
        ("٣ 0 * * *", "٣"),
    ],
)
def test_what_github_refuses(text: str, shown: str) -> None:
    with pytest.raises(CronError) as caught:
        parse(text)
    assert text[slice(*caught.value.span)] == shown


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("0 0 30 2 *", True),
        ("0 0 29 2 *", False),
        ("0 0 31 4,6,9,11 *", True),
        ("0 0 31 4,5 *", False),
        ("0 0 31 2 MON", False),
        ("0 0 * 2 *", False),
    ],
)
def test_dates_that_no_year_has(text: str, never: bool) -> None:
    assert parse(text).never_happens is never


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("* * * * *", 1),
        ("*/5 * * * *", 5),
        ("0 4 * * *", None),
        ("0,58 * * * *", 2),
        ("0,58 4 * * *", 58),
        ("0 4,5 * * *", 60),
        ("0 */6 * * *", 360),
    ],
)
def test_the_time_between_runs(text: str, gap: int | None) -> None:
    assert parse(text).shortest_gap == gap


@given(st.text(alphabet="0123456789*,-/ JANMOS@?L\n", max_size=40))
def test_any_text_is_a_schedule_or_an_error_inside_it(text: str) -> None:
    try:
        cron = parse(text)
    except CronError as error:
        start, end = error.span
        shown = text[start:end]
        assert len(shown) == end - start
    else:
        assert all(field.values for field in cron)


@pytest.mark.parametrize(
    ("texts", "days"),
    [
        (["0 2 * * *"], 1),
        (["*/5 * * * MON-FRI"], 3),
        (["0 0 * * 1"], 7),
        (["0 0 * * 1", "0 0 * * 4"], 4),
        (["0 0 1 * *"], 31),
        (["0 0 1,15 * 0"], 7),
        (["0 0 1 1 *"], 365),
        (["0 0 30 2 *"], None),
        ([], None),
    ],
)
def test_the_longest_gap_between_days(texts: list[str], days: int | None) -> None:
    assert longest_gap(map(parse, texts)) == days
