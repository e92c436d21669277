"""Repository settings: what guards branches, environments and tokens, whichever file or answer tells of it."""
