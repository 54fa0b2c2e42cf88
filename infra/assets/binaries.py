"""Compiled modules, cut to what the loader maps: no debug information and no tables for linkers.

Some wheels ship both, three times what runs. A program header names every byte that is mapped; sections are for people
who link and debug. Of any ELF file of 64 bits, whatever it runs on, so a laptop cuts what Lambda loads.
https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html
"""

from __future__ import annotations

import struct

MAGIC = b"\x7fELF\x02\x01"
"""Of ELF in 64 bits, the lesser byte first: x86-64 and arm64."""
HEADER = struct.Struct("<16sHHIQQQIHHHHHH")
PROGRAM = struct.Struct("<IIQQQQQQ")


def without_debug_information(binary: bytes) -> bytes:
    """The same module without what nobody maps; unchanged what is no such module, or has nothing to cut."""
    if not binary.startswith(MAGIC):
        return binary
    *kept, programs, _sections, flags, size, each, count, _each_section, _count, _names = HEADER.unpack_from(binary)
    end = programs + each * count
    for place in range(programs, end, each):
        _, _, offset, _, _, length, _, _ = PROGRAM.unpack_from(binary, place)
        end = max(end, offset + length)
    header = HEADER.pack(*kept, programs, 0, flags, size, each, count, 0, 0, 0)
    return header + binary[HEADER.size : end]
