"""The contract gate: may this JSON Schema replace that one within a major version?

A message is *exact* when written (declared properties only) and *tolerantly* read (unknown ones are ignored).
A change is compatible when the reader takes everything the writer may send, in both directions:

    backward   old writer, new reader     an archive is replayed, a queue still holds yesterday's messages
    forward    new writer, old reader     the neighbour has not deployed yet

What cannot be decided is refused, never passed. Read in this order:

    compatibility.py   the verdict: both directions, one `Break` per finding
    comparison.py      one direction: does the reader cover the writer? Recursion and memory
    unions.py          a schema as the alternatives it stands for; objects, arrays, strings, numbers: one file each
    vocabulary.py      which keywords the gate reads, and why it refuses the rest
    document.py        a file becomes a checked schema (strictjson.py: is it JSON? grammar.py: is it JSON Schema?)
    catalogue.py       the schemas our own contracts generate; releases.py: the minors we promised
"""
