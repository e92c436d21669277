"""Each control of the pack `data-refresh`: the example keeps it, and one change breaks it."""

from __future__ import annotations

import pytest
from conftest import Wflint
from made_designs import Break, broken, found, ids, in_markdown

PACK = "data-refresh"
REFRESH = ".github/workflows/data-refresh.yml"
VALIDATE = ".github/workflows/validate.yml"
ROLLBACK = ".github/workflows/emergency-rollback.yml"
RULESET = ".github/rulesets/main.json"
SETTINGS = ".github/settings.yml"
OWNERS = ".github/CODEOWNERS"
GATES = "config/quality-gates.yml"
MERGE = """\
name: Merge
on: pull_request_target
permissions: {}
jobs:
  merge:
    if: github.event.pull_request.user.login == 'data-robot[bot]'
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions:
      contents: write
      pull-requests: write
    steps:
      - run: gh pr merge --squash "$URL"
        env:
          GH_TOKEN: ${{ github.token }}
          URL: ${{ github.event.pull_request.html_url }}
"""
PUSH = """\
name: Push
on: workflow_dispatch
permissions: {}
jobs:
  push:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions:
      contents: write
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
      - run: git push origin HEAD:main
"""
REVIEWS = """\
    {
      "type": "pull_request",
      "parameters": {
        "required_approving_review_count": 1,
        "dismiss_stale_reviews_on_push": true,
        "require_code_owner_review": true,
        "require_last_push_approval": true,
        "required_review_thread_resolution": true
      }
    }"""
CHECKOUT = """\
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
"""
APPROVALS = '"required_approving_review_count": '
CHECKS = """\
    {
      "type": "required_status_checks",
      "parameters": {
        "strict_required_status_checks_policy": true,
        "required_status_checks": [{"context": "validate-data"}]
      }
    }
"""
REFRESH_RUN = "        run: npm run refresh -- --output output/catalogue.json\n"

BREAKS = [
    broken("1.1", "required-reviewers-low", RULESET, f"{APPROVALS}1", f"{APPROVALS}0"),
    broken(
        "1.1",
        "bypass-broad",
        RULESET,
        '"bypass_actors": []',
        '"bypass_actors": [{"actor_id": 77, "actor_type": "Integration", "bypass_mode": "pull_request"}]',
    ),
    broken("1.2", "required-checks-missing", RULESET, f",\n{CHECKS}", "\n"),
    broken(
        "1.2",
        "required-check-no-producer",
        RULESET,
        '{"context": "validate-data"}',
        '{"context": "validate-data"}, {"context": "build"}',
    ),
    broken(
        "1.2",
        "required-check-path-filtered required-workflow",
        VALIDATE,
        "on: pull_request\n",
        'on:\n  pull_request:\n    paths: ["data/*.json"]\n',
    ),
    broken("1.3", "direct-push-allowed", RULESET, f"{REVIEWS},\n", ""),
    broken("1.3", "workflow-pushes-protected", ".github/workflows/push.yml", "", PUSH),
    broken("1.4", "automerge-on-data", ".github/workflows/merge.yml", "", MERGE),
    broken(
        "1.4", "auto-merge-allowed automerge-on-data", SETTINGS, "allow_auto_merge: false", "allow_auto_merge: true"
    ),
    broken("1.4", "forbidden-files", ".mergify.yml", "", "pull_request_rules: []\n"),
    broken("1.5", "signatures-not-required", RULESET, '    {"type": "required_signatures"},\n', ""),
    broken(
        "1.6",
        "codeowners-not-enforced",
        RULESET,
        '"require_code_owner_review": true',
        '"require_code_owner_review": false',
    ),
    broken("1.6", "codeowners-cover", OWNERS, "/data/ @octo-org/data", "/data/raw/ @octo-org/data"),
    broken(
        "1.7",
        "secret-echoed",
        REFRESH,
        REFRESH_RUN,
        f"{REFRESH_RUN.replace('run: ', 'run: |' + chr(10) + '          ')}          printenv\n",
    ),
    broken(
        "1.7",
        "unmasked-derived-secret",
        REFRESH,
        REFRESH_RUN,
        "        run: |\n          npm run refresh -- --output output/catalogue.json\n"
        '          echo "user $(echo "$DATABASE_URL" | cut -d: -f2)"\n',
    ),
    broken(
        "1.8",
        "hardcoded-credential",
        REFRESH,
        "${{ secrets.API_SIGNING_SECRET }}\n",
        "${{ secrets.API_SIGNING_SECRET }}\n          GH_TOKEN: ghp_16C7e42F292c6912E7710c838347Ae178B4a\n",
    ),
    broken(
        "1.9",
        "secret-inventory",
        REFRESH,
        "${{ secrets.API_SIGNING_SECRET }}\n",
        "${{ secrets.API_SIGNING_SECRET }}\n          TOKEN: ${{ secrets.OTHER_TOKEN }}\n",
    ),
    broken("1.9", "secret-unused", REFRESH, "          TAIFT_API_KEY: ${{ secrets.TAIFT_API_KEY }}\n", ""),
    broken("1.10", "timeout-missing", REFRESH, "timeout-minutes: 45", "timeout-minutes: 90"),
    broken("1.10", "timeout-missing", VALIDATE, "    timeout-minutes: 15\n", ""),
    broken("1.11", "overlapping-runs", REFRESH, "concurrency:\n  group: data-refresh\n\n", ""),
    broken("1.12", "trigger-restricted", ROLLBACK, "\npermissions: {}", "  repository_dispatch:\n\npermissions: {}"),
    broken(
        "1.12",
        "required-workflow",
        ROLLBACK,
        "description: Why\n        type: string\n        required: true",
        "description: Why\n        type: string\n        required: false",
    ),
    broken("1.12", "environment-required", ROLLBACK, "    environment: data-rollback\n", ""),
    broken("1.12", "env-reviewers-missing", SETTINGS, "    reviewers:\n      - type: Team\n        id: 4120815\n", ""),
    broken("1.13", "required-workflow", VALIDATE, "npm run validate", "npm run format"),
    broken("1.14", "stage-order", REFRESH, "needs: [fetch, diff]", "needs: fetch"),
    broken("1.15", "pull-request-inputs", REFRESH, "          labels: data-refresh\n", ""),
    broken("1.16", "failure-notified", REFRESH, "if: failure()", "if: success()"),
    broken(
        "1.17",
        "retention-missing",
        REFRESH,
        "path: pipeline/report.md\n          if-no-files-found: error\n          retention-days: 30",
        "path: pipeline/report.md\n          if-no-files-found: error\n          retention-days: 7",
    ),
    broken("1.18", "quality-gate-weak", GATES, "minimum: 0.95", "minimum: 0.90"),
    broken("1.18", "quality-gate-weak", GATES, "maximum: 0.15", "maximum: 0.20"),
    broken("1.18", "quality-gate-weak", GATES, "maximum: 0.30\n    action: warn", "maximum: 0.30\n    action: ignore"),
    broken("1.18", "quality-gate-weak", GATES, "  relevance:\n    minimum: 60\n    action: fail\n", ""),
    broken("1.18", "required-files", GATES, "", None),
    broken("1.19", "bot-pr-no-checks", REFRESH, "token: ${{ steps.app.outputs.token }}", "token: ${{ github.token }}"),
    broken(
        "1.20",
        "dependency-updates-missing",
        ".github/dependabot.yml",
        "package-ecosystem: npm",
        "package-ecosystem: pip",
    ),
    broken(
        "1.21", "outputs-undefined", REFRESH, "needs.fetch.outputs.changed ", "needs.fetch.outputs.changes-detected "
    ),
    broken("1.21", "expr-step-undefined", REFRESH, "steps.refresh.outputs.changed", "steps.cache.outputs.changed"),
    broken(
        "1.21",
        "artifact-never-produced",
        REFRESH,
        "name: diff-report\n          path: ${{",
        "name: report\n          path: ${{",
    ),
    broken(
        "1.21",
        "missing-checkout",
        REFRESH,
        f"{CHECKOUT}      - uses: actions/setup-node",
        "      - uses: actions/setup-node",
    ),
]


def test_the_example_keeps_every_control(wflint: Wflint) -> None:
    assert found(wflint, PACK) == ()


@pytest.mark.parametrize("each", BREAKS, ids=ids(BREAKS))
def test_a_broken_control_is_found(wflint: Wflint, each: Break) -> None:
    assert found(wflint, PACK, *each.changes) == each.rules


def test_every_control_is_broken_once() -> None:
    assert {each.control for each in BREAKS} == {f"1.{number}" for number in range(1, 22)}


SKETCH = """\
# How prices are fetched

```yaml
prepare:
  runs-on: ubuntu-24.04
  timeout-minutes: 5
  outputs:
    warm: ${{ steps.store.outputs.cache-hit }}
  steps:
    - uses: actions/setup-node@v6
      with:
        node-version: 24
```

```yaml
fetch:
  runs-on: ubuntu-24.04
  timeout-minutes: 120
  steps:
    - run: |
        cd tools/prices
        npm run fetch
    - uses: actions/upload-artifact@v7
      with:
        path: tools/prices/out
```

```yaml
jobs:
  fetch:
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions: {}
    steps:
      - run: make prices
  propose:
    needs: fetch
    if: needs.fetch.outputs.changed == 'true'
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions: {}
    steps:
      - uses: peter-evans/create-pull-request@v5
        with:
          title: New prices
```

```yaml
- name: Say that it failed
  if: failure()
  uses: 8398a7/action-slack@v3
  with:
    status: ${{ job.status }}
    webhook_url: ${{ secrets.CHAT_WEBHOOK }}
```
"""


def test_a_document_with_the_same_defects(wflint: Wflint) -> None:
    assert in_markdown(wflint, PACK, SKETCH) == [
        ("archived-action", 51),
        ("deprecated-action-version", 43),
        ("expr-step-undefined", 8),
        ("missing-checkout", 21),
        ("outputs-undefined", 38),
        ("pull-request-inputs", 43),
        ("retention-missing", 23),
        ("secret-inventory", 54),
        ("timeout-missing", 18),
        ("unpinned-uses", 43),
        ("unpinned-uses", 51),
    ]
