"""The `ninelives` command. Importing it on an unsupported Python ends with one line that says so."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(f"Nine Lives needs Python 3.11 or newer; this is {sys.version_info[0]}.{sys.version_info[1]}.")
