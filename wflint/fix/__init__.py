"""From fixes to files: which edits go together, and writing them without ever breaking a file."""
