"""The names of the checks that a repository's workflows report, and the checks that its settings require."""
