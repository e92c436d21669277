"""The fact tables: well-formed, loaded only when asked, and right where the truth is known."""

from __future__ import annotations

import json
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wflint.facts
from wflint.facts import (
    actions,
    advisories,
    agentic,
    archived,
    automerge,
    caches,
    command,
    contexts,
    credentials,
    deprecated,
    events,
    external_checks,
    notifiers,
    payloads,
    permissions,
    popular,
    publishing,
    refs,
    replacements,
    runners,
    scanners,
    schema,
    settings,
    sinks,
    tree_code,
    trusted,
    untrusted,
)
from wflint.facts.table import names, table, topics
from wflint.facts.version import Range, parse

DATA = Path(wflint.facts.__file__).parent / "data"
BY_ACTION = {
    "action-refs": (),
    "actions": (),
    "advisories": ("advisories",),
    "agentic": ("actions",),
    "archived": ("successors",),
    "automerge": ("merge",),
    "caches": (),
    "credentials": ("actions",),
    "deprecated": ("actions",),
    "forks": (),
    "notifiers": (),
    "permissions": ("actions",),
    "publishing": ("actions",),
    "scanners": ("actions",),
    "sinks": ("inputs",),
    "superfluous": (),
    "trusted-publishing": ("actions",),
    "untrusted": ("action_outputs",),
}


def mappings(value: Any) -> Iterator[dict[str, Any]]:
    stack = [value]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            yield node
            stack.extend(node.values())
        elif isinstance(node, list):
            stack.extend(node)


@pytest.mark.parametrize("topic", topics())
def test_every_table_has_a_date_and_sources(topic: str) -> None:
    found = table(topic)
    assert date.fromisoformat(found.as_of) > date(2026, 1, 1)
    assert found.source
    assert found.data


@pytest.mark.parametrize("topic", topics())
def test_keys_are_sorted_so_that_changes_read_well(topic: str) -> None:
    content = json.loads((DATA / f"{topic}.json").read_text(encoding="utf-8"))
    assert all(list(found) == sorted(found) for found in mappings(content["data"]))


@pytest.mark.parametrize(("topic", "path"), BY_ACTION.items())
def test_action_names_are_lower_case(topic: str, path: tuple[str, ...]) -> None:
    rows = table(topic).data
    for key in path:
        rows = rows[key]
    assert rows
    assert [name for name in rows if name != name.lower() or ("/" not in name and name != "docker://")] == []


def test_ranges_are_sound() -> None:
    raws = [raw for rows in table("advisories").data["advisories"].values() for row in rows for raw in row["ranges"]]
    raws += [row["range"] for rows in table("deprecated").data["actions"].values() for row in rows]
    for introduced, fixed, last in raws:
        assert all(bound is None or parse(bound) for bound in (introduced, fixed, last))
        assert fixed is None or last is None
        first = parse(".".join(f"{introduced}.0.0".split(".")[:3]))
        assert first is not None
        assert Range(introduced, fixed, last).holds(first)


def test_nothing_is_loaded_by_an_import() -> None:
    modules = [found.name for found in pkgutil.iter_modules(wflint.facts.__path__, "wflint.facts.")]
    code = (
        "import importlib, sys\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == 'open' else None)\n"
        f"[importlib.import_module(name) for name in {modules!r}]\n"
        "assert not [path for path in opened if path.endswith('.json')], opened\n"
        "assert 'json' not in sys.modules\n"
        "from wflint.facts import archived\n"
        "archived.is_archived('a/b')\n"
        "assert [path for path in opened if path.endswith('.json')]\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path[:0] = {sys.path!r}\n{code}"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def test_an_action_is_listed_under_its_folders_and_its_repository() -> None:
    assert list(names("Owner/Repo/a/b")) == ["owner/repo/a/b", "owner/repo/a", "owner/repo"]
    assert list(names("word")) == []


class TestVersions:
    def test_floating_tags_are_above_all_of_their_line(self) -> None:
        tags = ["v3.9.9", "v3", "v4.0.0-rc.1", "v4.0.0", "4.0", "4.1.x", "v4.2.0", "4.x", "release/v5.0.0"]
        versions = [parse(tag) for tag in tags]
        assert None not in versions
        assert versions == sorted(versions)  # type: ignore[type-var]

    @pytest.mark.parametrize("ref", ["main", "", "v", "v4-topic", "4" * 40, "a" * 40, "v1.2.3.4.5", "..", "latest"])
    def test_other_refs_are_no_versions(self, ref: str) -> None:
        assert parse(ref) is None

    @given(st.text(max_size=60))
    def test_any_text_can_be_asked(self, ref: str) -> None:
        found = parse(ref)
        assert found is None or len(found.numbers) == 4

    @given(st.tuples(*[st.integers(0, 99)] * 3), st.tuples(*[st.integers(0, 99)] * 3))
    def test_the_order_is_that_of_the_numbers(self, one: tuple[int, ...], other: tuple[int, ...]) -> None:
        left, right = (parse("v" + ".".join(map(str, numbers))) for numbers in (one, other))
        assert left is not None
        assert right is not None
        assert (left < right) == (one < other)


class TestCommands:
    @pytest.mark.parametrize(
        ("entry", "line", "is_it"),
        [
            ("npm publish", "npm publish --access public", True),
            ("npm publish", "npm run publish", False),
            ("git push", "git -C folder push origin main", True),
            ("git push", "/usr/bin/git push", True),
            ("git push", "git commit -m push", False),
            ("docker buildx build --push", "docker buildx build . --push=true", True),
            ("docker buildx build --push", "docker buildx build .", False),
            ("./gradlew", "./gradlew build", True),
            ("pip install -r", "pip install -r requirements.txt", True),
        ],
    )
    def test_matching(self, entry: str, line: str, is_it: bool) -> None:
        assert command.matches(entry, line.split()) is is_it

    @given(st.text(max_size=20), st.lists(st.text(max_size=5), max_size=5))
    def test_any_words_can_be_asked(self, entry: str, words: list[str]) -> None:
        assert command.matches(entry, words) in (True, False)


class TestUntrusted:
    @pytest.mark.parametrize(
        ("path", "grade", "by"),
        [
            ("github.event.issue.title", "free", "outsider"),
            ("github.head_ref", "ref", "outsider"),
            ("github.event.commits.*.message", "free", "outsider"),
            ("github.event.commits.0.message", "free", "outsider"),
            ("github.event.*.body", "free", "outsider"),
            ("github.event.client_payload.any.thing", "free", "writer"),
            ("github.event.pull_request.head.sha", "structured", "github"),
            ("github.event.pull_request.number", "fixed", "github"),
            ("secrets.token", "structured", "owner"),
            ("needs.build.outputs.tag", "derived", "derived"),
        ],
    )
    def test_origin(self, path: str, grade: str, by: str) -> None:
        found = untrusted.origin(path.split("."))
        assert found is not None
        assert (found.grade, found.by) == (grade, by)

    def test_unknown_paths_have_no_origin(self) -> None:
        assert untrusted.origin(("github", "event", "no_such_thing")) is None
        assert untrusted.grade(("other",)) is None
        assert untrusted.origin(()) is None

    def test_a_value_exists_only_in_its_events(self) -> None:
        title = ("github", "event", "issue", "title")
        assert untrusted.grade(title, ["push"]) is None
        assert untrusted.grade(title, ["push", "issues"]) == "free"
        assert untrusted.grade(title, ["workflow_call"]) == "free"

    def test_inputs_are_those_of_the_writer_or_of_the_caller(self) -> None:
        path = ("inputs", "name")
        assert untrusted.grade(path, ["workflow_dispatch"]) == "free"
        assert untrusted.grade(path, ["workflow_call"]) == "caller"
        assert untrusted.grade(path, ["push"]) is None

    def test_a_whole_object_is_as_bad_as_what_is_in_it(self) -> None:
        found = untrusted.below(("github", "event"), ["issue_comment"])
        assert found is not None
        assert found.injectable
        assert untrusted.below(("github", "event"), ["schedule"]) is None

    def test_outputs_of_actions(self) -> None:
        assert untrusted.action_output("tj-actions/changed-files", "all_changed_files") == "ref"
        assert untrusted.action_output("actions/checkout", "ref") is None
        assert untrusted.action_outputs("Xt0rted/slash-command-action") == {"command-arguments": "free"}

    def test_sinks(self) -> None:
        assert sinks.script_inputs("Actions/GitHub-Script") == {"script": "javascript"}
        assert "args" in sinks.script_inputs("docker://alpine:3")
        assert sinks.script_inputs("actions/checkout") == {}
        assert sinks.key("jobs.*.steps[].run") == "shell"
        assert "GITHUB_ENV" in sinks.files()

    def test_code_of_the_tree(self) -> None:
        assert tree_code.command_runs(["npm", "ci"]) == "npm ci"
        assert tree_code.command_runs(["./gradlew", "build"]) == "./gradlew"
        assert tree_code.command_runs(["echo", "npm", "ci"]) is None
        assert tree_code.command_runs([]) is None
        assert tree_code.action_runs("./tools/action")
        assert not tree_code.action_runs("actions/checkout")

    def test_safe_functions_and_second_hand_events(self) -> None:
        assert "startswith" in untrusted.safe_functions()
        assert "tojson" not in untrusted.safe_functions()
        assert "choice" in untrusted.safe_input_types()
        assert "workflow_run" in untrusted.second_hand()

    @given(st.lists(st.sampled_from(["github", "event", "*", "issue", "commits", "title", "0", "x"]), max_size=7))
    def test_any_path_can_be_asked(self, path: list[str]) -> None:
        found = untrusted.origin(path)
        assert found is None or found.grade in ("free", "ref", "caller", "derived", "structured", "fixed")


class TestLanguage:
    def test_contexts(self) -> None:
        github = contexts.context("GitHub")
        assert github is not None
        assert github.properties["event_name"] == "string"
        runner = contexts.context("runner")
        assert runner is not None
        assert "Linux" in runner.values["os"]
        assert contexts.context("gitlab") is None
        assert {"github", "matrix", "needs"} <= contexts.names()

    def test_functions(self) -> None:
        hash_files = contexts.function("hashfiles")
        assert hash_files is not None
        assert (hash_files.name, hash_files.min, hash_files.special) == ("hashFiles", 1, True)
        failure = contexts.function("failure")
        assert failure is not None
        assert (failure.max, failure.max_in_job_if) == (0, None)
        assert contexts.function("sum") is None
        assert "fromJSON" in contexts.functions()

    def test_availability(self) -> None:
        job_if = contexts.availability("jobs.*.if")
        assert job_if is not None
        assert "secrets" not in job_if.contexts
        assert "always" in job_if.functions
        assert contexts.availability("jobs.*.steps[].uses") is None
        assert contexts.availability("runs.steps[].run", "action") is not None

    def test_words_of_the_runner(self) -> None:
        assert "set-output" in contexts.workflow_commands("deprecated")
        assert "GITHUB_SHA" in contexts.variables()
        assert "GITHUB_OUTPUT" in contexts.command_files()
        assert contexts.max_expression_length() == 21000

    def test_payloads(self) -> None:
        assert payloads.kind(("issue", "number")) == "integer"
        assert payloads.kind(("issue", "number"), ["push"]) is None
        assert payloads.kind(("commits", "*", "id"), ["push"]) == "string"
        assert payloads.kind(("pull_request",), ["pull_request_target"]) == "object"
        assert payloads.kind(("nothing",)) is None
        assert "head_commit" in (payloads.fields("push") or ())
        assert payloads.fields("workflow_call") is None


class TestWorkflows:
    def test_events(self) -> None:
        target = events.event("pull_request_target")
        assert target is not None
        assert target.privileged_for_outsiders
        assert target.default_types == ("opened", "synchronize", "reopened")
        assert "paths" in target.filters
        dispatch = events.event("repository_dispatch")
        assert dispatch is not None
        assert dispatch.types == ()
        push = events.event("push")
        assert push is not None
        assert push.types is None
        assert not push.fired_by_outsiders
        assert events.event("pushes") is None
        assert ("tags", "tags-ignore") in events.exclusive_filters()
        assert "environment" in events.input_types("workflow_dispatch")
        assert events.max_inputs("workflow_dispatch") == 25
        assert events.max_inputs("workflow_call") is None
        assert "[skip ci]" in events.skip_markers()
        assert events.cron().ranges["weekday"] == (0, 6)

    def test_permissions(self) -> None:
        id_token = permissions.scope("id-token")
        assert id_token is not None
        assert id_token.values == ("none", "write")
        assert permissions.scope("everything") is None
        assert "contents" in permissions.scopes()
        assert permissions.needed_by_action("actions/checkout") == {"contents": ("read", False)}
        assert permissions.needed_by_action("actions/cache") == {}
        assert permissions.needed_by_action("actions/github-script") is None
        stale = permissions.needed_by_action("actions/stale")
        assert stale is not None
        assert stale["actions"] == ("write", True)
        assert permissions.needed_by_command(["gh", "pr", "merge", "3", "--auto"]) == {
            "contents": ("write", False),
            "pull-requests": ("write", False),
        }
        assert permissions.needed_by_command(["ls"]) is None

    def test_runners(self) -> None:
        latest = runners.label("Ubuntu-Latest")
        assert latest is not None
        assert latest.meaning("2025-06-01") == "ubuntu-24.04"
        assert latest.meaning("2020-01-01") == "ubuntu-latest"
        gone = runners.label("ubuntu-20.04")
        assert gone is not None
        assert (gone.status, gone.removed) == ("removed", "2025-04-15")
        assert runners.label("my-runner") is None
        assert runners.third_party("depot-ubuntu-24.04") == "Depot"
        assert runners.operating_system("windows-2022") == "windows"
        assert runners.operating_system("Linux") == "linux"
        assert runners.operating_system("gpu") is None
        assert runners.default_shell("windows") == "pwsh"
        node16 = runners.runtime("node16")
        assert node16 is not None
        assert node16.removed == "2024-11-12"
        assert "self-hosted" in runners.self_hosted_labels()

    def test_schema(self) -> None:
        assert schema.route(("jobs", "build", "steps", 0, "run")) == "jobs.*.steps[].run"
        assert schema.route(()) == "(root)"
        assert schema.route(("jobs", "*", "if")) == "jobs.*.if"
        assert schema.route(("on.push",)) is None
        assert schema.route(("inputs", "x", "default"), "action") == "inputs.*.default"
        timeout = schema.workflow_row(("jobs", "build", "timeout-minutes"))
        assert timeout is not None
        assert timeout.kinds == {"number"}
        step = schema.workflow_row("jobs.*.steps[]")
        assert step is not None
        assert {"run", "uses"} <= {variant.name for variant in step.variants}
        interval = schema.row("updates[].schedule.interval", "dependabot")
        assert interval is not None
        assert "weekly" in interval.values
        assert schema.row("nowhere") is None
        assert schema.limit("matrix.jobs") == 256
        assert schema.stops_on_error(None) == (True, False)
        assert schema.stops_on_error("bash") == (True, True)
        assert "cmd" in schema.shells("windows")
        assert "cmd" not in schema.shells("linux")

    def test_every_expression_has_its_contexts(self) -> None:
        kinds: tuple[contexts.Kind, ...] = ("workflow", "action")
        for kind in kinds:
            rows = [found for path in schema.routes(kind) if (found := schema.row(path, kind))]
            assert {row.route for row in rows if row.expression} == set(table("contexts").data["availability"][kind])

    def test_settings(self) -> None:
        admins = settings.fields("branch_protection")["enforce_admins"]
        assert admins.types == ("object",)
        assert admins.changed["PUT"]["type"] == ["boolean", "null"]
        checks = settings.rule_type("required_status_checks")
        assert checks is not None
        assert checks.parameters["required_status_checks[].context"].required
        assert settings.rule_type("nothing") is None
        assert settings.fields("nothing") == {}
        assert settings.repository_role_ids()["admin"] == 5
        assert settings.graphql_rule()["isAdminEnforced"] == "enforce_admins.enabled"

    def test_external_checks(self) -> None:
        patch = external_checks.match("codecov/patch")
        assert patch is not None
        assert (patch.context, patch.poster) == ("codecov/patch", "Codecov")
        circle = external_checks.match("ci/circleci: build")
        assert circle is not None
        assert circle.context == "ci/circleci: *"
        assert external_checks.match("my job") is None
        assert external_checks.app_ids()["github-actions"] == 15368


class TestActions:
    def test_inputs_and_runtime(self) -> None:
        checkout = actions.action("Actions/Checkout", "v4")
        assert checkout is not None
        assert checkout.using == "node20"
        assert checkout.inputs is not None
        assert "persist-credentials" in checkout.inputs
        assert checkout.complete
        exact = actions.action("actions/checkout", "v4.1.0")
        assert exact is not None
        assert exact.row == "v4"
        assert actions.action("actions/checkout", "v99") is None
        assert actions.action("actions/checkout", "main") is None
        assert actions.action("nobody/nothing", "v1") is None
        assert actions.spelling("1password/load-secrets-action") == "1Password/load-secrets-action"

    def test_every_row_can_be_read(self) -> None:
        for name, row in table("actions").data.items():
            for ref in row["versions"]:
                found = actions.action(name, ref)
                assert found is not None
                assert found.row == ref
                assert all(key == each.name.lower() for key, each in (found.inputs or {}).items())

    def test_commits_of_tags(self) -> None:
        sha = refs.commit("actions/checkout", "v4.2.2")
        assert sha == "11bd71901bbe5b1630ceea73d27597364c9af683"
        assert refs.tags("actions/checkout", sha.upper()) == ("v4.2.2",)
        assert refs.version("actions/checkout", sha) == "v4.2.2"
        assert refs.version("actions/checkout", "main") == "main"
        assert refs.tags("nobody/nothing", sha) == ()
        newest = refs.newest("actions/checkout", 4)
        assert newest is not None
        assert newest[0].startswith("v4.")
        commits = [sha for tags in table("action-refs").data.values() for sha in tags.values()]
        assert all(len(sha) == 40 and int(sha, 16) >= 0 for sha in commits)

    def test_advisories(self) -> None:
        assert [found.id for found in advisories.affecting("tj-actions/changed-files", "v45.0.7")] == [
            "GHSA-mrrh-fwg8-r2c3"
        ]
        assert advisories.affecting("tj-actions/changed-files", "v46.0.1") == ()
        assert advisories.affecting("actions/download-artifact", "v4") == ()
        assert advisories.affecting("actions/download-artifact", "v4.1.2")[0].fixed == "4.1.3"
        assert advisories.affecting("actions/download-artifact", "main") == ()
        assert advisories.affecting("azure/setup-kubectl", "v2"), "the whole major is affected"
        assert advisories.affecting("github/codeql-action/init", "v3.28.2"), "listed by its repository"

    def test_hijacks(self) -> None:
        bad = "0e58ed8671d6b60d0890c21b07f8835ace038e67"
        assert advisories.malicious(bad.upper()) == "tj-actions/changed-files"
        assert advisories.malicious("0" * 40) is None
        carried = advisories.hijack("reviewdog/action-typos")
        assert carried is not None
        assert carried.package == "reviewdog/action-setup"
        assert advisories.hijack("actions/checkout") is None

    def test_archived_and_deprecated(self) -> None:
        assert archived.is_archived("haskell/actions/setup")
        assert not archived.is_archived("actions/checkout")
        assert archived.successor("Actions-RS/toolchain") == "dtolnay/rust-toolchain"
        assert archived.is_archived_hook("pycqa/pydocstyle")
        gone = deprecated.status("actions/upload-artifact", "v3.1.0")
        assert gone is not None
        assert gone.state == "removed"
        assert deprecated.status("actions/cache", "v3") is None
        assert deprecated.status("actions/cache", "v3.3.1") is not None
        assert deprecated.status("actions/create-release", "main") is not None
        assert deprecated.status("actions/upload-artifact", "main") is None
        old = deprecated.command("::set-output")
        assert old is not None
        assert old.use == "GITHUB_OUTPUT"

    def test_replacements_and_names(self) -> None:
        assert replacements.superfluous("actions/create-release") == ("strict", "gh release create")
        assert replacements.heir("actions-rs/toolchain") == ("dtolnay/rust-toolchain", False)
        assert replacements.heir("actions/checkout") is None
        assert "actions/checkout" in popular.actions()
        assert popular.is_verified("Azure")
        assert popular.is_official("actions")
        assert not popular.is_verified("nobody")


class TestRoles:
    @pytest.mark.parametrize(
        ("action", "inputs", "ref", "expected"),
        [
            ("actions/setup-node", {}, "v4", (False, False)),
            ("actions/setup-node", {}, "v5", (True, True)),
            ("actions/setup-node", {"package-manager-cache": "false"}, "v5", (False, False)),
            ("actions/setup-node", {"cache": "npm"}, "v4", (True, True)),
            ("actions/setup-go", {}, "v3", (False, False)),
            ("actions/setup-go", {}, "v5", (True, True)),
            ("actions/setup-go", {"cache": "${{ inputs.cache }}"}, "v5", (None, None)),
            ("actions/cache", {"lookup-only": "true"}, "v4", (False, False)),
            ("actions/cache/restore", {}, "v4", (True, False)),
            ("actions/cache/save", {}, "v4", (False, True)),
            ("docker/build-push-action", {"cache-from": "type=gha"}, "v6", (True, False)),
            ("swatinem/rust-cache", {"save-if": "false"}, "v2", (True, False)),
        ],
    )
    def test_caches(
        self, action: str, inputs: dict[str, str], ref: str, expected: tuple[bool | None, bool | None]
    ) -> None:
        found = caches.use(action, inputs, ref)
        assert found is not None
        assert (found.restores, found.saves) == expected

    def test_other_actions_do_not_cache(self) -> None:
        assert caches.use("actions/checkout", {}) is None

    def test_publishing(self) -> None:
        assert publishing.publishes("pypa/gh-action-pypi-publish", {}) == "package"
        assert publishing.publishes("docker/build-push-action", {}) is None
        assert publishing.publishes("docker/build-push-action", {"Push": "true"}) == "image"
        assert publishing.publishes("docker/build-push-action", {"push": "${{ inputs.push }}"}) == "image"
        assert publishing.publishes("js-devtools/npm-publish", {"dry-run": "true"}) is None
        assert publishing.publishes("actions/checkout", {}) is None
        assert publishing.command(["docker", "push", "image"]) == "image"
        assert publishing.command(["npm", "publish"]) == "package"
        assert publishing.command(["npm", "publish", "--dry-run"]) is None
        assert publishing.command([]) is None

    def test_trusted_publishing(self) -> None:
        pypi = trusted.publishing("pypa/gh-action-pypi-publish")
        assert pypi is not None
        assert pypi.registry.oidc
        assert pypi.token_inputs == ("password",)
        npm = trusted.credential("npm_token")
        assert npm is not None
        assert npm.from_version == {"npm publish": "11.5.1"}
        docker = trusted.registry("docker-hub")
        assert docker is not None
        assert not docker.oidc
        assert trusted.credential("MY_SECRET") is None
        assert set(trusted.commands()) == set(table("trusted-publishing").data["commands"])

    def test_credentials(self) -> None:
        checkout = credentials.credential("actions/checkout")
        assert checkout is not None
        assert checkout.off == {"persist-credentials": "false"}
        app = credentials.credential("actions/create-github-app-token")
        assert app is not None
        assert app.keeps == {"skip-token-revoke": "true"}
        assert "permission-*" in (app.scope_inputs or ())
        assert credentials.upload_path_input("actions/upload-artifact") == "path"
        assert "." in credentials.wide_upload_paths()

    def test_notifiers_and_scanners(self) -> None:
        slack = notifiers.notifier("rtcamp/action-slack-notify")
        assert slack is not None
        assert (slack.kind, slack.env) == ("slack", ("SLACK_WEBHOOK", "SLACK_MESSAGE"))
        assert scanners.kinds("snyk/actions/node") == ("sast", "sca")
        assert scanners.kinds("actions/checkout") == ()
        analyze = scanners.sarif("github/codeql-action/analyze")
        assert analyze is not None
        assert analyze.uploads
        trivy = scanners.weakness("aquasecurity/trivy-action")
        assert trivy is not None
        assert trivy.by_default
        assert scanners.command(["npm", "audit", "--omit=dev"]) == "npm audit"

    def test_automerge(self) -> None:
        merge = automerge.merge_action("peter-evans/enable-pull-request-automerge")
        assert merge is not None
        assert merge.native is True
        opener = automerge.open_pr_action("peter-evans/create-pull-request")
        assert opener is not None
        assert (opener.token, opener.base) == ("token", "base")
        pusher = automerge.push_action("endbug/add-and-commit")
        assert pusher is not None
        assert pusher.off == {"push": "false"}
        approver = automerge.approve_action("hmarr/auto-approve-action")
        assert approver is not None
        assert approver.approves is True
        assert automerge.dispatch_action("peter-evans/repository-dispatch") is not None
        assert automerge.merge_action("actions/checkout") is None
        assert automerge.command(["gh", "pr", "merge", "3", "--auto"]) == "merge_auto"
        assert automerge.command(["gh", "pr", "merge", "3"]) == "merge"
        assert automerge.command(["git", "push", "-f"]) == "force_push"
        assert automerge.command(["gh", "pr", "list"]) is None
        assert automerge.bots()["dependabot[bot]"] == "49699333"
        assert "github.actor" in automerge.spoofable_contexts()
        assert automerge.unsafe_inputs("dependabot/fetch-metadata")["skip-verification"] == "true"

    def test_agents(self) -> None:
        ai = agentic.agent("anthropics/claude-code-action")
        assert ai is not None
        assert "prompt" in ai.prompt
        assert not ai.open_to_all
        started = agentic.program(["claude", "-p", "text"])
        assert started is not None
        assert "--dangerously-skip-permissions" in started.unsafe
        assert agentic.agent("actions/checkout") is None
        assert agentic.program([]) is None
