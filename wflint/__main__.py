"""`python -m wflint`."""

import sys
from pathlib import Path

if sys.path and Path(sys.path[0] or ".").resolve() == Path.cwd():
    # `-m` puts the current directory first: the tree under judgement could shadow a module.
    del sys.path[0]

from wflint.cli import main

if __name__ == "__main__":
    main()
