"""`python serve.py WEIGHTS PORT CONTEXT THREADS SECONDS`: an OpenAI-compatible server on loopback, for so long.

Runs in an environment of its own, which has the engine and nothing of this repository.
"""

import sys
import time

import xllamacpp  # type: ignore[import-not-found]

weights, port, context, threads, seconds = sys.argv[1:]
parameters = xllamacpp.CommonParams()
parameters.model.path = weights
parameters.port = int(port)
parameters.n_ctx = int(context)
parameters.n_parallel = 1
parameters.use_jinja = True
parameters.cpuparams.n_threads = int(threads)
parameters.cpuparams_batch.n_threads = int(threads)
server = xllamacpp.Server(parameters)
time.sleep(int(seconds))
