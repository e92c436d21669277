"""Write schedules that GitHub can read and that come to pass.

GitHub takes five fields, with names of months and weekdays, in UTC unless a `timezone` stands beside. A workflow with
any other text is refused. One that asks for a date that no month has never runs, and one that asks for runs less than
five minutes apart gets fewer.

```yaml fails
on:
  schedule:
    - cron: "0 25 * * *"  # finding
    - cron: "@daily"  # finding
    - cron: "0 0 31 2 *"  # finding
    - cron: "*/2 * * * *"  # finding
jobs:
  nightly:
    runs-on: ubuntu-latest
    steps: []
```

```yaml passes
on:
  schedule:
    - cron: "*/5 * * * *"
    - cron: "30 4,16 1-7 JAN,jul MON-FRI"
    - cron: "0 0 29 2 *"
    - cron: "20/15 * * * *"
jobs:
  nightly:
    runs-on: ubuntu-latest
    steps: []
```
"""

from collections.abc import Iterator

from wflint.api import Context, Finding, NoOptions, Schedule, cron, events, rule


@rule(target=Schedule, level="warning", tags=("correctness", "events"))
def check(schedule: Schedule, context: Context[NoOptions]) -> Iterator[Finding]:
    node = schedule.cron
    if node is None or "${{" in node.text:
        return
    try:
        parsed = cron.parse(node.text)
    except cron.CronError as error:
        yield context.finding(node.part(*error.span), error.message)
        return
    least = events.cron().min_interval_minutes
    if parsed.never_happens:
        start, end = parsed.day.span.start, parsed.month.span.end
        yield context.finding(node.part(start, end), "no month that is asked for has such a day, so this never runs")
    elif parsed.shortest_gap is not None and parsed.shortest_gap < least:
        yield context.finding(
            node.part(*parsed.minute.span),
            f"GitHub starts runs {least} minutes apart at the least, this asks for {parsed.shortest_gap}",
        )
