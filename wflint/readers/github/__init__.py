"""GitHub's REST API: asking politely, and keeping the answers as a snapshot of a repository's settings."""
