"""The services: one deployable each."""

import gc

COLLECTED_AFTER = 50_000
"""New objects between two rounds of the garbage collector. Its default is some hundreds: while a function's modules are
imported, whose objects nearly all stay, it looks through them dozens of times: a sixth of a cold start."""

gc.set_threshold(COLLECTED_AFTER)
