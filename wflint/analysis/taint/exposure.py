"""Whether strangers can bring their text to a step, as far as the file tells."""

from __future__ import annotations

from typing import Literal

from wflint.analysis import privilege
from wflint.analysis.taint.taint import Taint
from wflint.model.step import Step

Exposure = Literal["open", "powerless", "gated", "closed"]
"""`open`: nothing is known to keep strangers out. `powerless`: they get in, but to a run that has neither secrets nor a
token that writes, and whose workflow file is theirs anyway. `gated`: something that cannot be judged may keep them out.
`closed`: a condition does."""


def exposure(taint: Taint, step: Step) -> Exposure:
    """Tell whether a stranger's text can be there when a step runs.

    What no stranger sets off, such as a push of merged commits, carries strangers' texts all the same, and no condition
    about the stranger holds there.
    """
    job = step.job
    if job is None or taint.events is None:
        return "open"
    scenes = [scene for scene in privilege.scenes(job.workflow, privileged=False) if scene.event in taint.events]
    if {scene.event for scene in scenes} != taint.events:
        return "open"
    reaching = privilege.reaching(step, scenes)
    if not reaching:
        return "closed"
    if privilege.gated(job):
        return "gated"
    powerful = {scene.event for scene in privilege.scenes(job.workflow)}
    return "open" if any(scene.event in powerful for scene in reaching) else "powerless"
