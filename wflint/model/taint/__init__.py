"""What people outside the file control: text of strangers, of writers, of callers, followed to where it is used."""

from wflint.model.taint.flow import TaintFlow, Taints, carried, flows
from wflint.model.taint.taint import Taint

__all__ = ["Taint", "TaintFlow", "Taints", "carried", "flows"]
