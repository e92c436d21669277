"""Settings as they are read: what holds, and where that comes from."""
