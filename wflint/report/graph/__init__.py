"""The graph of a repository as text for other programs to draw, and drawn."""
