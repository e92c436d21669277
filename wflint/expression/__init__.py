"""GitHub's expression language: what stands between `${{` and `}}`."""
