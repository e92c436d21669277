"""Each control of the pack `ml-platform`: the example keeps it, and one change breaks it."""

from __future__ import annotations

import pytest
from conftest import Wflint
from made_designs import Break, broken, found, ids, in_markdown

PACK = "ml-platform"
TEST = ".github/workflows/test.yml"
REVIEW = ".github/workflows/pr-validation.yml"
SECURITY = ".github/workflows/security.yml"
DEPLOY = ".github/workflows/deploy-supabase.yml"
TRAIN = ".github/workflows/train-models.yml"
RELEASE = ".github/workflows/release.yml"
RULESET = ".github/rulesets/main.json"
PULL_REQUEST = """\
    {
      "type": "pull_request",
      "parameters": {
        "required_approving_review_count": 1,
        "dismiss_stale_reviews_on_push": true,
        "require_code_owner_review": false,
        "require_last_push_approval": true,
        "required_review_thread_resolution": false
      }
    },
"""
LABEL = """\
name: Label
on: workflow_dispatch
permissions: {}
jobs:
  label:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
      - uses: marketplace/actions/size-label@0123456789abcdef0123456789abcdef01234567 # v1.0.0
"""
HELLO = """\
name: Hello
on: workflow_dispatch
jobs:
  hello:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
      - run: echo hello
"""
COMMIT = "          echo '${{ github.event.head_commit.message }}'\n          for"
LEGS = """${{ fromJSON(github.event_name == 'push' && '["3.12", "3.13"]' || '["3.13"]') }}"""
QUALITY = """\
      - run: pip install --require-hashes -r ml/requirements.txt
      - run: |
"""
CACHED = f"          cache: pip\n{QUALITY}"

BREAKS = [
    broken("3.1", "required-reviewers-low", RULESET, '_review_count": 1', '_review_count": 0'),
    broken("3.1", "direct-push-allowed", RULESET, PULL_REQUEST, ""),
    broken("3.1", "checks-not-up-to-date", RULESET, 'checks_policy": true', 'checks_policy": false'),
    broken("3.1", "required-checks-missing", RULESET, '          {"context": "code-quality"},\n', ""),
    broken("3.1", "required-check-no-producer", SECURITY, "  security-scan:\n", "  scans:\n"),
    broken("3.2", "required-gate-ignores-needs", TEST, "PIPELINE: ${{ needs.pipeline.result }}", "PIPELINE: success"),
    broken("3.2", "required-check-needs-bypass", TEST, "    if: always()\n", ""),
    broken(
        "3.3",
        "swallowed-failure",
        DEPLOY,
        '_PROJECT_ID"\n          done',
        '_PROJECT_ID" || echo failed\n          done',
    ),
    broken(
        "3.3",
        "swallowed-failure",
        DEPLOY,
        "          supabase link",
        "          set +e\n          supabase link",
    ),
    broken("3.3", "swallowed-failure", DEPLOY, "db push\n", "db push\n        continue-on-error: true\n"),
    broken("3.4", "required-workflow", TRAIN, '  schedule:\n    - cron: "7 2 * * *"\n', ""),
    broken("3.4", "required-workflow", TRAIN, "7 2 * * *", "7 2 * * 1"),
    broken("3.4", "matrix-bounds", TRAIN, "      max-parallel: 4\n", ""),
    broken("3.4", "matrix-bounds", TRAIN, "fail-fast: false", "fail-fast: true"),
    broken("3.5", "dispatch-input-default", TRAIN, """'["SPY", "AAPL"]'\n""", "SPY,AAPL\n"),
    broken("3.5", "input-undefined", TRAIN, "fromJSON(inputs.symbols", "fromJSON(inputs.names"),
    broken("3.6", "coverage-threshold", REVIEW, "fail-under=70", "fail-under=60"),
    broken("3.6", "coverage-threshold", REVIEW, " --cov-fail-under=70", ""),
    broken("3.7", "required-workflow", SECURITY, '    - cron: "11 4 * * 1"\n', '    - cron: "11 4 1 * *"\n'),
    broken("3.7", "required-workflow", SECURITY, "    branches: [main, develop]\n", "    branches: [develop]\n"),
    broken("3.7", "required-steps", SECURITY, "codeql-action/analyze", "codeql-action/upload-sarif"),
    broken("3.8", "scan-fetch-depth", SECURITY, "          fetch-depth: 0\n", ""),
    broken("3.9", "missing-permissions", ".github/workflows/hello.yml", "", HELLO),
    broken("3.9", "excessive-permissions", TRAIN, "contents: read\n", "contents: read\n      packages: write\n"),
    broken("3.10", "floating-tool-version", TEST, "deno-version: 2.5.6", "deno-version: latest"),
    broken("3.10", "unlocked-install", TEST, "supabase@2.58.5 start", "supabase@2.58.5 start && pip install twine"),
    broken(
        "3.11",
        "concurrency-missing",
        REVIEW,
        "concurrency:\n  group: pr-${{ github.ref }}\n  cancel-in-progress: true\n\n",
        "",
    ),
    broken(
        "3.11",
        "concurrency-cancels-deploy",
        DEPLOY,
        "deploy-production\n",
        "deploy-production\n  cancel-in-progress: true\n",
    ),
    broken("3.12", "template-injection", DEPLOY, "          for", COMMIT),
    broken("3.12", "template-injection", TRAIN, '"$SYMBOL"', "${{ matrix.symbol }}"),
    broken("3.12", "template-injection", RELEASE, '"$GITHUB_REF_NAME"', "${{ github.ref_name }}"),
    broken("3.13", "release-trigger", RELEASE, '    tags: ["v*"]\n', "    branches: [main]\n"),
    broken("3.14", "retention-missing", TRAIN, "retention-days: 30", "retention-days: 90"),
    broken("3.15", "action-unknown", ".github/workflows/label.yml", "", LABEL),
    broken(
        "3.15", "action-input-unknown", SECURITY, "fetch-depth: 0\n", "fetch-depth: 0\n          fetch_tags: true\n"
    ),
    broken("3.15", "action-input-missing", TRAIN, "          path: ml/models/\n", ""),
    broken("3.16", "matrix-bounds", TEST, LEGS, '["3.12", "3.13"]'),
    broken("3.16", "dependency-cache-missing", REVIEW, CACHED, QUALITY),
    broken("3.16", "required-workflow", DEPLOY, '["supabase/**"]', '["**"]'),
]


def test_the_example_keeps_every_control(wflint: Wflint) -> None:
    assert found(wflint, PACK) == ()


@pytest.mark.parametrize("case", BREAKS, ids=ids(BREAKS))
def test_a_broken_control_is_found_and_nothing_else(wflint: Wflint, case: Break) -> None:
    assert found(wflint, PACK, *case.changes) == case.rules


def test_every_control_is_broken_once() -> None:
    assert {each.control for each in BREAKS} == {f"3.{number}" for number in range(1, 17)}


DOCUMENT = """\
# How we ship

```yaml
name: Checks
on: pull_request
permissions: {}
concurrency: checks-${{ github.ref }}
jobs:
  unit:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
      - run: make test
  test-summary:
    needs: unit
    if: always()
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
      - run: echo all done
```

```yaml
deploy:
  runs-on: ubuntu-24.04
  timeout-minutes: 5
  permissions: {}
  steps:
    - run: supabase functions deploy hello || echo "hello was not deployed"
    - uses: slackapi/slack-github-action@dcb1066f776dd043e64d0e8ba94ca15cc7e1875d # v4.0.0
      with:
        webhook-url: ${{ secrets.SLACK_WEBHOOK_URL }}
```

```yaml
on:
  schedule:
    - cron: "0 3 * * *"
  workflow_dispatch:
    inputs:
      cities:
        default: Bern,Basel
permissions: {}
jobs:
  train:
    strategy:
      max-parallel: 4
      fail-fast: false
      matrix:
        city: ${{ fromJSON(inputs.cities || '["Bern"]') }}
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
      - run: make train
        env:
          CITY: ${{ matrix.city }}
      - run: pip install wandb
```

```yaml
- uses: marketplace/actions/size-label@0123456789abcdef0123456789abcdef01234567 # v1.0.0
- run: pytest --cov=src
- run: echo "${{ github.event.head_commit.message }}"
```

```yaml
Require pull request reviews: 1 approval
Require status checks to pass:
  - test-summary
  - security-scan
Require branches to be up to date: yes
```
"""


def test_the_defects_of_a_document_are_found_in_its_blocks(wflint: Wflint) -> None:
    assert in_markdown(wflint, PACK, DOCUMENT) == [
        ("action-input-unknown", 32),
        ("action-unknown", 61),
        ("coverage-threshold", 62),
        ("dispatch-input-default", 50),
        ("required-check-no-producer", 70),
        ("required-checks-missing", 68),
        ("required-gate-ignores-needs", 16),
        ("required-steps", 4),
        ("swallowed-failure", 29),
        ("template-injection", 63),
        ("unlocked-install", 57),
    ]
