"""The pages build, and Reflex has nothing in them to call deprecated: `python -m tests.checks.build`.

Reflex logs its deprecations instead of warning, so the build's own words are read. A build whose sources
have not changed is not repeated; its log still tells.
"""

import sys

from gynergy_app.local import frontend
from gynergy_app.local.trouble import Trouble


def main() -> int:
    try:
        frontend.build({})
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    said = frontend.LOG.read_text(errors="replace").splitlines()
    deprecated = [line for line in said if "deprecat" in line.lower()]
    print(*deprecated or ["The pages build, and nothing in them is deprecated."], sep="\n")
    return 1 if deprecated else 0


if __name__ == "__main__":
    sys.exit(main())
