"""What follows from the model: what strangers can start, where secrets go, which checks a repository can report."""
