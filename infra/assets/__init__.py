"""One deployment package per service: its own code, the contracts, stagekit and its locked dependencies, nothing else.

Packages are built without Docker by `uv`, for AWS (arm64, Python 3.13) or for the machine at hand. Equal inputs
give equal bytes, so a service that did not change is not deployed again.
"""
