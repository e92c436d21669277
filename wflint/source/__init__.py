"""Text to a located tree. Knows YAML, knows nothing of GitHub."""
