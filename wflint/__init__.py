"""Policy as code for the way a team ships: workflows, the settings that guard branches, and their contract."""

__version__ = "0.1.0"
