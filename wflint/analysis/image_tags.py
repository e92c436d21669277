"""The tags under which a step pushes images, and the images that a step deploys, as far as the file tells.

https://github.com/docker/metadata-action#tags-input, https://github.com/docker/build-push-action#inputs
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from wflint.analysis.select import runs
from wflint.model.image import ImageName
from wflint.model.step import RunStep, Step, UsesStep
from wflint.shell.word import HOLE
from wflint.source.node import Place, Scalar

if TYPE_CHECKING:
    from wflint.model.expression import Expression
    from wflint.model.job import Job
    from wflint.shell import Word

METADATA = "docker/metadata-action"
_BUILDERS = ("docker/build-push-action", "depot/build-push-action")
_SHA = "0123456789abcdef0123456789abcdef01234567"
_DEPLOYED = {
    "kubectl set image": (),
    "kustomize edit set image": (),
    "kubectl create deployment": ("--image",),
    "gcloud run deploy": ("--image",),
    "gcloud run services update": ("--image",),
    "az containerapp update": ("--image",),
    "az webapp config container set": ("--docker-custom-image-name", "-i", "--container-image-name"),
    "docker service update": ("--image",),
    "helm upgrade": ("--set", "--set-string"),
    "helm install": ("--set", "--set-string"),
}
"""The commands that deploy an image, with the flags that name it; without flags, each `name=image` does."""
_MOST = 200
"""How many lines of an input, or words of a command, are read."""
_INPUTS = {
    "azure/k8s-deploy": "images",
    "azure/webapps-deploy": "images",
    "azure/container-apps-deploy-action": "imagetodeploy",
    "aws-actions/amazon-ecs-render-task-definition": "image",
    "google-github-actions/deploy-cloudrun": "image",
}


class PushedTag(NamedTuple):
    """A tag that a step pushes; what only the run knows of it is a NUL."""

    tag: str
    place: Place
    conditions: tuple[Expression | None, ...] = ()
    """What must hold besides the conditions of the job."""
    default_branch_only: bool = False
    """Whether it is pushed from the default branch alone."""


class DeployedImage(NamedTuple):
    """An image that a step deploys; what only the run knows of it is a NUL."""

    image: ImageName
    text: str
    place: Place
    expressions: tuple[Expression, ...] = ()


def pushed_tags(job: Job) -> Iterator[PushedTag]:
    """Yield the tags under which a job pushes images."""
    builders = [step for step in job.steps if isinstance(step, UsesStep) and _may_push(step)]
    for step in job.steps:
        if isinstance(step, UsesStep) and step.uses.name == METADATA and builders:
            yield from _metadata(step, builders)
        elif isinstance(step, UsesStep) and step in builders:
            yield from _built(step)
        elif isinstance(step, RunStep) and "docker" in step.run.text and step.script.shell_script is not None:
            yield from _pushed(step)


def _may_push(step: UsesStep) -> bool:
    from wflint.facts import publishing

    if step.uses.name not in _BUILDERS:
        return False
    inputs = {name: node.string or "" for name, node in step.with_.items()}
    return publishing.publishes(step.uses.name, inputs) is not None


def _push_conditions(step: UsesStep) -> tuple[Expression | None, ...]:
    push = step.input("push")
    return (step.condition, *(each for each in step.expressions if push is not None and each.scalar is push))


def _metadata(step: UsesStep, builders: list[UsesStep]) -> Iterator[PushedTag]:
    node = step.input("tags")
    conditions = _push_conditions(builders[0]) if len(builders) == 1 else ()
    flavor = step.input("flavor")
    if flavor is not None and any(line.strip() == "latest=true" for line in flavor.text.split("\n")):
        yield PushedTag("latest", flavor.place, conditions)
    for start, line in _lines(node):
        if node is None or not line or line.startswith("#"):
            continue
        text = _known(node, start, start + len(line), step)
        fields = dict(part.strip().partition("=")[::2] for part in text.split(","))
        enable = fields.get("enable", "true").strip()
        if enable == "false":
            continue
        expressions = tuple(
            each
            for each in step.expressions
            if each.scalar is node
            and start <= each.span.start < start + len(line)
            # Only what decides whether the tag is made, not what is in it.
            and line[: each.span.start - start].rstrip().endswith("enable=")
        )
        yield PushedTag(
            _metadata_tag(fields),
            node.part(start, start + len(line)),
            (*conditions, *expressions),
            "is_default_branch" in enable,
        )


def _metadata_tag(fields: dict[str, str]) -> str:
    kind = fields.get("type", "raw")
    prefix, suffix = fields.get("prefix", ""), fields.get("suffix", "")
    if kind == "raw":
        value = fields.get("value", HOLE)
    elif kind == "sha":
        prefix = fields.get("prefix", "sha-")
        value = _SHA if fields.get("format") == "long" else _SHA[:7]
    elif kind in ("semver", "pep440"):
        value = fields.get("pattern", HOLE)
    else:
        value = HOLE
    return _templates(prefix + value + suffix)


def _templates(text: str) -> str:
    """Return a text with a NUL for each `{{ … }}` of the action's own."""
    first, *rest = text.split("{{")
    return first + "".join(HOLE + part.partition("}}")[2] for part in rest)


def _built(step: UsesStep) -> Iterator[PushedTag]:
    node = step.input("tags")
    for start, line in _lines(node):
        at = start
        for part in line.split(","):
            if node is not None and part.strip():
                text = _known(node, at, at + len(part), step).strip()
                tag = ImageName.parse(text).tag or ("" if HOLE in text else "latest")
                if "outputs" not in part:
                    yield PushedTag(tag or HOLE, node.part(at, at + len(part)), _push_conditions(step))
            at += len(part) + 1


def _pushed(step: RunStep) -> Iterator[PushedTag]:
    parsed = step.script.shell_script
    for command in parsed.commands if parsed is not None else ():
        if command.kind != "command":
            continue
        words = command.words
        named: list[Word] = []
        if runs(command, ("docker push",)):
            named = [word for word in words[-1:] if not word.shape.startswith("-")]
        elif runs(command, ("docker buildx build", "docker build")) and any(word.shape == "--push" for word in words):
            named = [words[i + 1] for i, word in enumerate(words[:-1]) if word.shape in ("-t", "--tag")][:_MOST]
        for word in named:
            text = _shell_text(word, step)
            tag = ImageName.parse(text).tag or (HOLE if HOLE in text else "latest")
            yield PushedTag(tag, step.script.place_of(*word.span), (step.condition,))


def deployed_images(step: Step) -> Iterator[DeployedImage]:
    """Yield the images that a step deploys."""
    if isinstance(step, UsesStep):
        node = step.input(_INPUTS.get(step.uses.name or "", ""))
        for start, line in _lines(node):
            if node is not None and line.strip():
                text = _known(node, start, start + len(line), step).strip()
                found = tuple(e for e in step.expressions if e.scalar is node)
                yield DeployedImage(ImageName.parse(text), text, node.part(start, start + len(line)), found)
    elif isinstance(step, RunStep) and _may_deploy(step.run.text):
        yield from _commanded(step)


def _may_deploy(text: str) -> bool:
    """Tell whether a script is worth parsing: most do not hold all words of a command that deploys."""
    return any(all(word in text for word in start.split()) for start in _DEPLOYED)


def _commanded(step: RunStep) -> Iterator[DeployedImage]:
    parsed = step.script.shell_script
    for command in parsed.commands if parsed is not None else ():
        start = next((each for each in _DEPLOYED if command.kind == "command" and runs(command, (each,))), None)
        if start is None:
            continue
        flags = _DEPLOYED[start]
        for index, word in enumerate(command.words[:_MOST]):
            text = _shell_text(word, step)
            if not flags:
                value = text.partition("=")[2] if not text.startswith("-") and "=" in text else ""
            elif text in flags and index + 1 < len(command.words):
                value = _shell_text(command.words[index + 1], step)
            else:
                flag, _, value = text.partition("=")
                value = value if flag in flags else ""
            if not value:
                continue
            place = step.script.place_of(*word.span)
            found = tuple(e for e in step.script.expressions if _inside(e, word))
            for name in _helm(value) if "helm" in start else [value]:
                yield DeployedImage(ImageName.parse(name), name.removeprefix("_:"), place, found)


def _helm(value: str) -> Iterator[str]:
    """Yield `--set image.tag=…` as an image whose name is not known."""
    for part in value.split(","):
        key, _, given = part.partition("=")
        if key.lower().endswith(("image.tag", "imagetag", "image.version")):
            yield f"_:{given}"


def _inside(expression: Expression, word: Word) -> bool:
    return word.span.start <= expression.span.start < word.span.end


def _shell_text(word: Word, step: RunStep) -> str:
    """Return what a word says, the commit's id in its place."""
    if word.text is not None:
        return word.text
    routes = [route for e in step.script.expressions if _inside(e, word) for _, route in e.reads]
    names = [variable.name for variable in word.variables]
    if word.shape.count(HOLE) == 1 and (routes == [("github", "sha")] or names == ["GITHUB_SHA"]):
        return word.shape.replace(HOLE, _SHA)
    return word.shape


def _known(node: Scalar, start: int, end: int, step: Step) -> str:
    """Return a range of a scalar's text, the commit's id in its place and a NUL for every other expression."""
    text, at = "", start
    for each in step.expressions:
        if each.scalar is node and start <= each.span.start < end:
            text += node.text[at : each.span.start]
            text += _SHA if [route for _, route in each.reads] == [("github", "sha")] else HOLE
            at = each.span.end
    return text + node.text[at:end]


def _lines(node: Scalar | None) -> Iterator[tuple[int, str]]:
    at = 0
    for line in node.text.split("\n")[:_MOST] if node is not None else ():
        stripped = line.strip()
        if stripped:
            yield at + line.index(stripped), stripped
        at += len(line) + 1
