"""GitHub's dialect of cron: five fields, names of months and weekdays, no `@daily`, `L`, `W`, `#` or `?`.

https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from wflint.source.span import Span

FIELDS = ("minute", "hour", "day", "month", "weekday")
_WORD = re.compile(r"\S+")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_EVERY = re.compile(r"\*(?:/\d{1,4})?")


class CronError(Exception):
    """A text is no cron expression. `message` is for people; `span` holds offsets in the text."""

    def __init__(self, message: str, span: Span) -> None:
        super().__init__(message)
        self.message = message
        self.span = span


class Field(NamedTuple):
    """The values of a field, and where it stands in the text."""

    values: frozenset[int]
    restricted: bool
    """Whether it is anything but `*`, or `*` with a step."""
    span: Span


class Cron(NamedTuple):
    """A cron expression."""

    minute: Field
    hour: Field
    day: Field
    month: Field
    weekday: Field

    @property
    def never_happens(self) -> bool:
        """Whether no year has such a date, as the 30th of February."""
        if self.weekday.restricted or not self.day.restricted:
            return False
        return min(self.day.values) > max(_DAYS[month - 1] for month in self.month.values)

    @property
    def shortest_gap(self) -> int | None:
        """The fewest minutes between two runs of a day; None when there is one run a day at most."""
        minutes, hours = sorted(self.minute.values), sorted(self.hour.values)
        gaps = [after - before for before, after in pairwise(minutes)]
        hourly = [(after - before) * 60 for before, after in pairwise(hours)]
        if hourly:
            gaps.append(min(hourly) - minutes[-1] + minutes[0])
        return min(gaps, default=None)

    def runs_on(self, day: date) -> bool:
        """Tell whether it runs on a day. Where days of the month and of the week are both said, either will do."""
        of_month, of_week = day.day in self.day.values, day.isoweekday() % 7 in self.weekday.values
        either = self.day.restricted and self.weekday.restricted
        return day.month in self.month.values and (of_month or of_week if either else of_month and of_week)


def longest_gap(crons: Iterable[Cron]) -> int | None:
    """Return the most days from one day on which something runs to the next, as years show; None when nothing does."""
    crons = list(crons)
    start = date(2027, 1, 1)
    days = [at for at in range(2 * 365) if any(each.runs_on(start + timedelta(at)) for each in crons)]
    return max((after - before for before, after in pairwise(days)), default=None)


def parse(text: str) -> Cron:
    """Return what a text says. Raises CronError where GitHub would refuse it."""
    words = [(match[0], Span(*match.span())) for match in _WORD.finditer(text)]
    if len(words) == 1 and words[0][0].startswith("@"):
        raise CronError(f"GitHub does not know `{words[0][0]}`; write the five fields", words[0][1])
    if len(words) != len(FIELDS):
        raise CronError(f"a cron expression has five fields, this has {len(words)}", Span(0, len(text)))
    fields = [_field(name, word, span) for name, (word, span) in zip(FIELDS, words, strict=True)]
    return Cron(*fields)


def _field(name: str, text: str, span: Span) -> Field:
    values: set[int] = set()
    start = span.start
    for item in text.split(","):
        values |= _item(name, item, Span(start, start + len(item)))
        start += len(item) + 1
    return Field(frozenset(values), _EVERY.fullmatch(text) is None, span)


def _item(name: str, item: str, span: Span) -> set[int]:
    from wflint.facts import events

    low, high = events.cron().ranges[name]
    base, slash, step = item.partition("/")
    if slash and (not step.isascii() or not step.isdigit() or int(step[:9]) == 0):
        raise CronError(f"`{item}`: the step behind `/` must be a number above 0", span)
    stride = int(step[:9]) if slash else 1
    if base == "*":
        return set(range(low, high + 1, stride))
    first, dash, last = base.partition("-")
    begin = _value(name, first, item, span)
    end = _value(name, last, item, span) if dash else high if slash else begin
    if end < begin:
        raise CronError(f"`{item}`: the range goes backwards; write it as two, such as `a-{high},{low}-b`", span)
    return set(range(begin, end + 1, stride))


def _value(name: str, word: str, item: str, span: Span) -> int:
    from wflint.facts import events

    known = events.cron()
    low, high = known.ranges[name]
    names = known.names.get(name, ())
    if word.upper() in names:
        return names.index(word.upper()) + low
    if not (word.isascii() and word.isdigit() and len(word) <= 4):
        hint = f", or {names[0]} to {names[-1]}" if names else ""
        raise CronError(f"`{item}` is no {name}: GitHub takes numbers from {low} to {high}{hint}", span)
    if not low <= int(word) <= high:
        raise CronError(f"`{word}` is no {name}: it goes from {low} to {high}", span)
    return int(word)
