#!/usr/bin/env python3
# corpus/midi.py - makes the seeds of fuzz-midi, in the folder midi beside it.
#
# A seed is a header (or another begin of a file) and tracks of events, all in hexadecimal.
#
# SPDX-License-Identifier: GPL-3.0-or-later
from pathlib import Path
from struct import pack

END = "00 ff2f00"
NOTE = "00 903c40 60 3c00"


def chunk(kind, body, length=None):
    return kind + pack(">I", len(body) if length is None else length) + body


def track(*events):
    return chunk(b"MTrk", bytes.fromhex(" ".join(events)))


def header(form=1, tracks=1, division=96, extra=b""):
    return chunk(b"MThd", pack(">HHH", form, tracks, division) + extra)


def simple(*events):
    return header(0) + track(*events, END)


def riff(body):
    return b"RIFF" + pack("<I", len(body) + 12) + b"RMIDdata" + pack("<I", len(body)) + body


signs = "00 ff5103 07a120 00 ff5804 03021808 00 ff5902 ff01"
four = [track(f"00 ff03 05 {b'Canto'.hex()}", f"00 c{i:x}05 00 9{i:x}{60 + i:02x}40 60 {60 + i:02x}00",
              END) for i in range(4)]

seeds = {
    "empty": b"",
    "text": b"<!DOCTYPE html>",
    "note": simple(NOTE),
    "signs": simple(signs, NOTE),
    "bad-signs": simple("00 ff5103 000000 00 ff5802 0402 00 ff5902 0900", NOTE),
    "four-voices": header(1, 5) + track(signs, END) + b"".join(four),
    "pairing": simple("00 903c40 10 3c50 00 3c00 10 3c00 00 3c00 00 3c40 00 3c00 00 3e40"),
    "channel-messages": simple("00 a03c01 00 b04040 00 c007 00 d003 00 e00405 00 0607"),
    "running-after-meta": simple("00 903c40 00 ff0101 41 60 3c00 00 f00101 00 3e40"),
    "sysex": simple("00 f0057e7f0901f7 00 f702f301", NOTE),
    "long-meta": simple("00 ff01 8100" + "41" * 128, NOTE),
    "long-name": simple("00 ff03 8100" + "c3a4" * 64, NOTE),
    "long-rest": simple("ffffff7f 903c40 ffffff7f ff0100 ffffff7f 3c00"),
    "too-long": simple(*["ffffff7f ff0100"] * 9),
    "no-end": header() + track(NOTE),
    "no-end-then-chunk": header(1, 2) + track(NOTE) + track(NOTE, END),
    "after-end": header() + track(NOTE, END, NOTE),
    "alien": header() + chunk(b"XFIH", b"abc") + track(NOTE, END) + chunk(b"XFKM", b""),
    "undeclared": header(0, 0) + track(NOTE, END) + track(NOTE, END),
    "trailing": simple(NOTE) + b"\0\0\0",
    "long-header": header(extra=b"\xff\xff") + track(NOTE, END),
    "riff": riff(simple(NOTE)),
    "macbinary": bytes(128) + simple(NOTE),
    "format-2": header(2) + track(NOTE, END),
    "smpte": header(1, 1, 0xE728) + track(NOTE, END),
    "cut": simple(NOTE)[:-3],
    "short-length": header() + chunk(b"MTrk", bytes.fromhex(NOTE + " 00 903e40" + END), 7),
}

folder = Path(__file__).with_name("midi")
folder.mkdir(exist_ok=True)
for name, data in seeds.items():
    (folder / name).write_bytes(data)
