#!/usr/bin/env python3
"""make-soundfont.py - writes sine.sf2, the smallest SoundFont that the tests of sound can do with.

One instrument, program 0 of bank 0: a sine of 440 Hz at key 69, full scale, looped, let go within
10 ms. Its keys are 0 to 99; there is no percussion. SPDX-License-Identifier: GPL-3.0-or-later
"""

import math
import os
import struct

RATE, CYCLE, CYCLES, PADDING = 44000, 100, 10, 46
RELEASE_VOL_ENV, KEY_RANGE, SAMPLE_MODES, INSTRUMENT, SAMPLE = 38, 43, 54, 41, 53


def chunk(name, data):
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def listed(name, *chunks):
    return chunk(b"LIST", name + b"".join(chunks))


def text(value):
    data = value.encode() + b"\0"
    return data + b"\0" * (len(data) % 2)


def generator(kind, amount):
    return struct.pack("<HH", kind, amount)


def main():
    n = CYCLE * CYCLES
    frames = [round(32767 * math.sin(2 * math.pi * i / CYCLE)) for i in range(n + 1)]
    sample = struct.pack(f"<{n + 1}h", *frames) + bytes(2 * PADDING)
    release = round(1200 * math.log2(0.01)) & 0xFFFF
    header = struct.pack("<20sIIIIIBbHH", b"sine", 0, n + 1, 0, n, RATE, 69, 0, 0, 1)
    body = b"sfbk" + listed(
        b"INFO",
        chunk(b"ifil", struct.pack("<HH", 2, 1)),
        chunk(b"isng", text("EMU8000")),
        chunk(b"INAM", text("sine")),
    ) + listed(b"sdta", chunk(b"smpl", sample)) + listed(
        b"pdta",
        chunk(b"phdr", struct.pack("<20sHHHIII", b"sine", 0, 0, 0, 0, 0, 0)
              + struct.pack("<20sHHHIII", b"EOP", 0, 0, 1, 0, 0, 0)),
        chunk(b"pbag", struct.pack("<HHHH", 0, 0, 1, 0)),
        chunk(b"pmod", bytes(10)),
        chunk(b"pgen", generator(INSTRUMENT, 0) + bytes(4)),
        chunk(b"inst", struct.pack("<20sH", b"sine", 0) + struct.pack("<20sH", b"EOI", 1)),
        chunk(b"ibag", struct.pack("<HHHH", 0, 0, 4, 0)),
        chunk(b"imod", bytes(10)),
        chunk(b"igen", generator(KEY_RANGE, 99 << 8) + generator(RELEASE_VOL_ENV, release)
              + generator(SAMPLE_MODES, 1) + generator(SAMPLE, 0) + bytes(4)),
        chunk(b"shdr", header + struct.pack("<20sIIIIIBbHH", b"EOS", *([0] * 9))),
    )
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "sine.sf2")
    with open(path, "wb") as file:
        file.write(chunk(b"RIFF", body))


main()
