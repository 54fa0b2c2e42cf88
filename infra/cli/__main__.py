"""`python -m infra.cli`, the same as `ninelives`."""

from infra.cli.app import main

main()
