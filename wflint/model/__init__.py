"""What GitHub means by the nodes: typed views that copy nothing. Knows YAML's tree, knows nothing of rules."""
