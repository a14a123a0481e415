#!/usr/bin/env python3
# data/make.py - makes the MIDI files of the tests. SPDX-License-Identifier: GPL-3.0-or-later
"""Writes bach/ and generated/ beside this file: `python3 tests/data/make.py`.

The phrases were composed for these tests and are dedicated to the public domain (CC0). Those of
bach/ keep to the rules of four-part writing; those of generated/ break them, each in its own way.

A voice is a row of notes; a note is its name, its octave and, after a colon, its length in quarter
notes (1 if there is none): "bb4:1/2". "r" is a rest.
"""
import os
from fractions import Fraction

VOICES = ("Soprano", "Alto", "Tenor", "Bass")
STEPS = {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11}

# folder/name: division, [sharps, minor], meters and tempos as [(quarter, ...)], voices
PIECES = {
    "bach/a-minor": (480, (0, 1), [(0, 4, 4)], [(0, 72)], (
        "a4 b4 c5 d5  c5 c5 a4 g#4  c5 d5 c5 b4  a4:4",
        "e4 e4 e4 f4  c4 c4 d4 e4  e4 g4 e4 e4  e4:4",
        "c4 b3 a3 a3  a3 a3 a3 b3  c4 b3 c4 e4:1/2 d4:1/2  c#4:4",
        "a3 g#3 a3 f3  e3 f3 f3 e3  a3 b3 a3 g#3  a3:4")),
    "bach/c-major": (480, (0, 0), [(0, 4, 4)], [(0, 72)], (
        "e5 d5 c5 d5  e5 c5 b4 c5  a4:1/2 b4:1/2 c5 c5 b4  c5:4",
        "g4 g4 g4 g4  g4 a4 g4 e4  f4 g4 d4 d4  e4:4",
        "g4 g4 e4 b3  c4 f4 d4 c4  c4 c4 a3 g3  g3:4",
        "c3 b2 c3 g3  e3 f3 g3 a3:1/2 g3:1/2  f3 e3 f3 g3  c3:4")),
    "bach/f-major": (1024, (-1, 0), [(0, 3, 4)], [(0, 84)], (
        "a4 a4 bb4  a4 g4 a4  g4 g4:2  f4:3",
        "f4 f4 f4  f4 c4 c4  d4 e4:2  c4:3",
        "c4 c4 bb3  c4 c4 c4  g3 g3:2  a3:3",
        "f3 f3:1/2 e3:1/2 d3  c3 e3 f3  bb2 c3:2  f3:3")),
    "bach/g-major": (96, (1, 0), [(0, 1, 4), (1, 4, 4)], [(0, 66)], (
        "g4  b4 a4 g4 c5  b4 a4 a4:2  g4:3",
        "d4  d4 d4 d4 c4  d4 a3 a3:2  b3:3",
        "b3  b3 d4 b3 g3  g3 e3 f#3:2  d3:3",
        "g3  g3 f#3 g3 e3  d3 c3 d3:2  g2:3")),
    # Chords that no phrase above has, and lengths: a third, a twelfth, seven eighths of a quarter.
    "generated/chords": (480, (0, 0), [(0, 4, 4)], [(0, 72)], (
        "e5 d5 c5 d5  c#5 d5 e5:1/3 f5:1/3 g5:1/3 f#5  c5:4",
        "g4 g4 g4 g4  g4 g#4 g4 f#4:1/12 f4:11/12  e4:4",
        "g4 g4 e4 b3  bb3 b3 c4:7/8 c#4:9/8  d4:4",
        "c3 b2 c3 g3  f#3 f3 e3 d#3  c#3:4")),
    # In F major with flats: a chord of the flat seventh, then of the flat sixth degree.
    "generated/flats": (96, (-1, 0), [(0, 3, 4)], [(0, 84), (3, 60)], (
        "a4 bb4 a4  bb4 c5 db5  c5:3",
        "f4 f4 f4  g4 ab4 ab4  f4:3",
        "c4 bb3 c4  eb4 eb4 f4  r a3:2",
        "f3 d3 f3  eb3 ab2 db3  f3:3")),
    # An upbeat; parallel fifths and octaves; a voice that stops in the middle of a step.
    "generated/upbeat": (480, (1, 0), [(0, 1, 4), (1, 4, 4)], [(0, 66)], (
        "g4  b4 a4 g4 a4  b4 c5 a4:2  g4:3",
        "d4  d4 d4 d4 e4  f#4 g4 d4:2  b3:11/5 a#3:1/10",
        "b3  b3 d4 b3 c#4  d#4 e4 f#3:2  d4:3",
        "g3  g3 f#3 g3 a3  b3 c4 d3:2  g2:3")),
}


def pitch(name):
    return STEPS[name[0]] + name.count("#") - name[1:].count("b") + 12 * (int(name[-1]) + 1)


def number(value):
    """A variable-length number."""
    out = [value & 127]
    while value > 127:
        value >>= 7
        out.append(value & 127 | 128)
    return bytes(reversed(out))


def track(events):
    """A chunk of (tick, bytes), with running status."""
    out, now, running = b"", 0, None
    for tick, event in events + [(max([t for t, _ in events]), b"\xff\x2f\x00")]:
        same = event[0] == running and event[0] < 0xf0
        out += number(tick - now) + (event[1:] if same else event)
        now, running = tick, event[0]
    return b"MTrk" + len(out).to_bytes(4, "big") + out


def meta(kind, data):
    return bytes([0xff, kind]) + number(len(data)) + data


def ticks(quarters, division):
    value = quarters * division
    assert value.denominator == 1, value
    return int(value)


def conductor(division, key, meters, tempos):
    events = [(0, meta(0x59, bytes([key[0] & 255, key[1]])))]
    events += [(ticks(Fraction(at), division), meta(0x58, bytes([n, d.bit_length() - 1, 24, 8])))
               for at, n, d in meters]
    events += [(ticks(Fraction(at), division), meta(0x51, round(6e7 / bpm).to_bytes(3, "big")))
               for at, bpm in tempos]
    return track(sorted(events, key=lambda event: event[0]))


def voice(index, row, division):
    channel, at = index, Fraction(0)
    events = [(0, meta(0x03, VOICES[index].encode())), (0, bytes([0xc0 | channel, 52]))]
    for note in row.split():
        name, _, length = note.partition(":")
        end = at + Fraction(length or 1)
        if name != "r":
            on = bytes([0x90 | channel, pitch(name)])
            events += [(ticks(at, division), on + b"\x50"), (ticks(end, division), on + b"\x00")]
        at = end
    return track(events)


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    for name, (division, key, meters, tempos, rows) in PIECES.items():
        path = os.path.join(here, name + ".mid")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        body = conductor(division, key, meters, tempos)
        body += b"".join(voice(i, row, division) for i, row in enumerate(rows))
        head = b"MThd" + bytes([0, 0, 0, 6, 0, 1, 0, 1 + len(rows)]) + division.to_bytes(2, "big")
        assert len(head + body) < 1024, name
        with open(path, "wb") as file:
            file.write(head + body)


main()
