"""Which rules apply, how gravely, and what is accepted."""
