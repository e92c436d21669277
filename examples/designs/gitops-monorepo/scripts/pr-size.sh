#!/usr/bin/env bash
# Fails when a change has more lines than were given.
set -euo pipefail
lines=$(git diff --numstat "$2...HEAD" | awk '{sum += $1 + $2} END {print sum + 0}')
test "$lines" -le "$1"
