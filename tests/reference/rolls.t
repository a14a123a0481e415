#!/usr/bin/env python3
# reference/rolls.t - rolls and pitch-class sets against the witness. SPDX-License-Identifier: GPL-3.0-or-later
"""assay-roll and assay-chroma against definitions worked out in exact fractions.

Random files with awkward divisions and many tempos are drawn cell by cell; the states of the files
in tests/data, and of some of the reference data if they are there, are those of oracle.py.
Standard library only.
"""
import ast
import io
import os
import random
import sys
import tarfile
import tempfile
from fractions import Fraction

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True
import oracle  # noqa: E402
from report import finish, report, run  # noqa: E402


def arrays(stream, field):
    """{sample: (shape, bytes)} of a stream's field of bytes."""
    found = {}
    with tarfile.open(fileobj=io.BytesIO(stream)) as tar:
        for member in tar:
            if member.name.endswith(".%s.npy" % field):
                data = tar.extractfile(member).read()
                size = int.from_bytes(data[8:10], "little")
                header = ast.literal_eval(data[10:10 + size].decode())
                assert header["descr"] == "|u1" and not header["fortran_order"]
                found[member.name[:-len(field) - 5]] = (header["shape"], data[10 + size:])
    return found


def variable(value):
    out = [value & 127]
    while value > 127:
        value >>= 7
        out.append(value & 127 | 128)
    return bytes(reversed(out))


def write_midi(path, division, notes, tempos):
    """notes: (on, off, pitch, velocity, channel); offs before ons where they meet."""
    events = [(on, 1, bytes([0x90 | c, p, v])) for on, off, p, v, c in notes]
    events += [(off, 0, bytes([0x80 | c, p, 0])) for on, off, p, v, c in notes]
    events += [(tick, -1, b"\xff\x51\x03" + us.to_bytes(3, "big")) for tick, us in tempos]
    body, now = b"", 0
    for tick, _, event in sorted(events):
        body += variable(tick - now) + event
        now = tick
    body += b"\0\xff\x2f\0"
    head = b"MThd\0\0\0\6\0\0\0\1" + division.to_bytes(2, "big")
    with open(path, "wb") as file:
        file.write(head + b"MTrk" + len(body).to_bytes(4, "big") + body)


def random_piece(rng):
    division = rng.choice([1, 5, 7, 24, 96, 360, 480, 1001])
    notes, end = [], {}
    for _ in range(rng.randrange(1, 40)):
        pitch, channel = rng.randrange(128), rng.choice([0, 1, 9])
        on = end.get((pitch, channel), 0) + rng.randrange(4 * division)
        off = on + rng.randrange(1, 3 * division + 1)
        end[pitch, channel] = off
        notes.append((on, off, pitch, rng.randrange(1, 128), channel))
    last = max(off for _, off, *_ in notes)
    ticks = sorted(rng.sample(range(last + 1), min(rng.randrange(6), last + 1)))
    return division, notes, [(tick, rng.randrange(1, 1 << 21)) for tick in ticks]


def seconds(tick, division, tempos):
    time, at, us = Fraction(0), 0, 500000
    for start, value in tempos + [(tick, 0)]:
        if start >= tick:
            break
        time += Fraction((start - at) * us, division)
        at, us = start, value
    return (time + Fraction((tick - at) * us, division)) / 1000000


def draw(notes, low, high, drums, unit, step):
    """The roll, cell by cell; @unit turns ticks into what @step counts."""
    wanted = [(unit(on), unit(off), p, v) for on, off, p, v, c in notes
              if (drums or c != 9) and low <= p <= high]
    n_steps = max([-(-off // step) for _, off, _, _ in wanted], default=0)
    width = high - low + 1
    cells = bytearray(int(n_steps) * width)
    for on, off, pitch, velocity in wanted:
        cell = -(-on // step)
        while cell * step < off:
            at = int(cell) * width + pitch - low
            cells[at] = max(cells[at], velocity)
            cell += 1
    return (int(n_steps), width), bytes(cells)


def check_random(folder):
    rng = random.Random(1)
    pieces = {"p%03d" % i: random_piece(rng) for i in range(150)}
    for name, piece in pieces.items():
        write_midi(os.path.join(folder, name + ".mid"), *piece)
    cases = [("--step", "1/16", Fraction(1, 16)), ("--step", "1/24", Fraction(1, 24)),
             ("--step", "3/16", Fraction(3, 16)), ("--step", "1/7", Fraction(1, 7)),
             ("--fps", "100", Fraction(100)), ("--fps", "30000/1001", Fraction(30000, 1001)),
             ("--fps", "1", Fraction(1))]
    for option, text, value in cases:
        drums, low, high = rng.random() < .5, rng.randrange(60), rng.randrange(60, 128)
        arguments = [option, text, "--pitches=%d:%d" % (low, high)] + ["--drums"] * drums
        rolls = arrays(run("assay-roll", "-q", *arguments, folder), "roll")
        wrong = []
        for name, (division, notes, tempos) in pieces.items():
            if option == "--step":
                expected = draw(notes, low, high, drums, lambda t: Fraction(t, 4 * division), value)
            else:
                expected = draw(notes, low, high, drums,
                                lambda t: seconds(t, division, tempos), 1 / value)
            if rolls[os.path.basename(folder) + "/" + name] != expected:
                wrong.append(name)
        report(not wrong, " ".join(arguments), *wrong[:5])


def check_states(folder, step):
    chroma = arrays(run("assay-chroma", "--only",
                        data=run("assay-roll", "-q", "--step", str(step), folder)), "chroma")
    wrong = []
    for name, (shape, cells) in chroma.items():
        path = os.path.join(os.path.dirname(folder), name + ".mid")
        states = [sum(bit << k for k, bit in enumerate(cells[at:at + 12]))
                  for at in range(0, len(cells), 12)]
        if states != oracle.states(path, step):
            wrong.append(name)
    report(chroma and not wrong, "%d files of %s, step %s" % (
        len(chroma), os.path.basename(folder), step), *wrong[:5])


def main():
    data = os.path.join(HERE, "..", "data")
    with tempfile.TemporaryDirectory() as folder:
        check_random(folder)
    for name in ("bach", "generated"):
        for step in (Fraction(1, 16), Fraction(1, 24), Fraction(3, 16)):
            check_states(os.path.realpath(os.path.join(data, name)), step)
    shared = os.environ.get("ASSAY_SHARED_DATA", "")
    for name in ("bach-kern/midi", "musegan"):
        folder = os.path.join(shared, name)
        if os.path.isdir(folder):
            check_states(os.path.realpath(folder), Fraction(1, 16))
        else:
            report(True, "%s # SKIP the reference data are not there" % name)
    finish()


main()
