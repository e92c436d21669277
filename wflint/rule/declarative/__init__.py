"""Rules written in YAML: select with JSONPath, assert with JSON Schema."""
