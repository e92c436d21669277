"""What a run found, and the ways of saying it."""
