"""What people outside the file control: text of strangers, of writers, of callers, followed to where it is used."""

from wflint.analysis.taint.exposure import Exposure, exposure
from wflint.analysis.taint.files import written_from_files
from wflint.analysis.taint.flow import TaintFlow, Taints, carried, flows
from wflint.analysis.taint.taint import Taint

__all__ = ["Exposure", "Taint", "TaintFlow", "Taints", "carried", "exposure", "flows", "written_from_files"]
