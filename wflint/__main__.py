"""`python -m wflint`."""

import os
import sys

# `-m` puts the current directory first, where the tree under judgement could shadow any module but these two, which
# the interpreter has loaded already.
if sys.path and os.path.realpath(sys.path[0] or os.curdir) == os.path.realpath(os.curdir):
    del sys.path[0]

from wflint.cli import main

if __name__ == "__main__":
    main()
