"""Let nothing stand around the `${{ }}` of an `if`.

GitHub evaluates an `if` as an expression only when it is bare, or when one `${{ }}` is all of it. With anything more, be it an
operator outside or the line break that `|` keeps, the value is a text; a text that is not empty is true, and so the step or job
always runs: `${{ false }} && true` becomes `false && true`, seven letters and more. Write one expression, without `${{ }}`.

```yaml fails
on: push
jobs:
  deploy:
    if: ${{ github.ref_name == 'main' }} && ${{ github.event_name == 'push' }}  # finding
    runs-on: ubuntu-latest
    steps:
      - if: "!${{ inputs.dry-run }}"  # finding
        run: ./deploy
      - run: ./announce
        if: |  # finding
          ${{ success() && vars.ANNOUNCE == 'yes' }}
```

```yaml fixed
on: push
jobs:
  deploy:
    if: (github.ref_name == 'main') && (github.event_name == 'push')
    runs-on: ubuntu-latest
    steps:
      - if: "!inputs.dry-run"
        run: ./deploy
      - run: ./announce
        if: |-
          ${{ success() && vars.ANNOUNCE == 'yes' }}
```

```yaml passes
on: push
jobs:
  deploy:
    if: ${{ github.ref_name == 'main' && github.event_name == 'push' }}
    runs-on: ubuntu-latest
    steps:
      - if: github.ref_name == 'main' && !inputs.dry-run
        run: ./deploy
      - if: |
          github.ref_name == 'main' &&
          success()
        run: ./tag
      - if: >-
          ${{ success() }}
        run: ./announce
```
"""

from collections.abc import Iterator

from wflint.api import Context, Expression, Finding, Fix, NoOptions, Place, Span, fences, rule


@rule(
    target=Expression,
    level="error",
    tags=("correctness", "security", "cwe-571"),
    security_severity=7.0,
)
def check(expression: Expression, context: Context[NoOptions]) -> Iterator[Finding]:
    if not fences.is_always_true(expression):
        return
    scalar = expression.scalar
    if expression.form == "mixed":
        why = "text around `${{ }}` makes this condition a text, which is always true; write one expression without `${{ }}`"
    else:
        why = "the line break that ends this condition makes it a text, which is always true; write `|-` or `>-`, or no `${{ }}`"
    yield context.finding(scalar, why, fix=_fix(expression))


def _fix(expression: Expression) -> Fix | None:
    scalar = expression.scalar
    if scalar.anchor is not None:
        return None
    if expression.form != "mixed":
        source, start = scalar.document.text, scalar.start
        header = source[start : start + 2]
        if scalar.style not in ("literal", "folded") or header[1:] not in ("\n", "\r", "+"):
            return None
        end = start + (2 if header[1] == "+" else 1)
        return Fix.replace("Drop the line break", Place(scalar.document, Span(start, end), scalar), f"{header[0]}-")
    meant = fences.without_fences(expression)
    if meant is None or "\n" in scalar.document.text[scalar.start : scalar.end]:
        return None
    if scalar.style == "double" and not set('"\\') & set(meant):
        meant = f'"{meant}"'
    elif scalar.style == "single":
        meant = "'" + meant.replace("'", "''") + "'"
    elif scalar.style != "plain" or meant[0] in "!&*[]{}#|>@`\"'%?-:," or ": " in meant or " #" in meant:
        return None
    return Fix.replace("Write one expression", scalar.place, meant)
