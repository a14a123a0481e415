# bench/corpora.py - what is measured on: real MIDI files, the same in larger numbers, and tracks
# of many notes that are made here.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import glob
import os

from harness import ROOT, fail

OPENMSX = "/usr/share/games/openttd/baseset/openmsx"
SHARED = os.environ.get("ASSAY_SHARED_DATA", os.path.join(ROOT, os.pardir, "shared", "data"))
# Enough to tell programs apart, and few enough for the slowest.
MOST_FILES = 300


def _midi_files(folder):
    found = glob.glob(os.path.join(glob.escape(folder), "**", "*.mid"), recursive=True)
    return sorted(found)[:MOST_FILES]


def real_corpora():
    """Names and files: the music of OpenTTD, and */midi of the shared data where that is."""
    corpora = {"openttd-openmsx": _midi_files(OPENMSX)}
    if not corpora["openttd-openmsx"]:
        fail(f"{OPENMSX}: no MIDI files; install Debian's openttd-openmsx")
    for folder in sorted(glob.glob(os.path.join(SHARED, "*", "midi"))):
        name = os.path.basename(os.path.dirname(folder))
        # The shared copy of OpenTTD's music would be measured twice.
        if name != "openmsx":
            corpora[name] = _midi_files(folder)
    return {name: files for name, files in corpora.items() if files}


def mixed(corpora, most):
    """Up to `most` files, taken from all corpora in turn."""
    files, lists = [], [list(reversed(files)) for files in corpora.values()]
    while len(files) < most and any(lists):
        files += [files_left.pop() for files_left in lists if files_left]
    return files[:most]


def multiply(files, times, folder):
    """A folder in which every file is linked so many times, under names of their own."""
    for copy in range(times):
        inner = os.path.join(folder, f"copy-{copy:02d}")
        os.makedirs(inner)
        for number, file in enumerate(files):
            os.symlink(os.path.abspath(file), os.path.join(inner, f"{number:04d}.mid"))
    return folder


def _write_midi(path, events):
    """A file of one track, 96 ticks a quarter note."""
    events += b"\x00\xff\x2f\x00"
    with open(path, "wb") as file:
        file.write(b"MThd\x00\x00\x00\x06\x00\x00\x00\x01\x00\x60")
        file.write(b"MTrk" + len(events).to_bytes(4, "big") + events)


def write_long_track(path, n_notes):
    """Sixteenths, one after the other."""
    events = bytearray()
    for note in range(n_notes):
        pitch = 36 + note * 7 % 48
        events += bytes((0, 0x90, pitch, 80, 24, 0x80, pitch, 0))
    _write_midi(path, events)


def write_pile(path, n_notes):
    """Notes of one pitch that all begin at once and end tick by tick."""
    _write_midi(path, bytearray((0, 0x90, 60, 80) * n_notes + (1, 0x80, 60, 0) * n_notes))
