"""``python -m bench.child MODULE:FUNCTION JSON``: one function inside a district's own database, as its programs run.

The district is the one ``BIHUAN_DATA`` names. The last line of output is the function's answer as JSON.
"""

from __future__ import annotations

import importlib
import json
import sys

from bihuan.cli import database


def main(name: str, given: str = "{}") -> None:
    """Run the function with Django set up and print what it returns."""
    with database():
        import django

        django.setup()
        module, function = name.split(":")
        told = getattr(importlib.import_module(module), function)(**json.loads(given))
        print(json.dumps(told, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
