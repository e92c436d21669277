"""What people outside the file control: text of strangers, of writers, of callers, followed to where it is used."""

from wflint.model.taint.exposure import Exposure, exposure
from wflint.model.taint.files import written_from_files
from wflint.model.taint.flow import TaintFlow, Taints, carried, flows
from wflint.model.taint.taint import Taint

__all__ = ["Exposure", "Taint", "TaintFlow", "Taints", "carried", "exposure", "flows", "written_from_files"]
