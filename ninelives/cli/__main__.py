"""`python -m ninelives.cli`, the same as `ninelives`."""

from ninelives.cli.app import main

main()
