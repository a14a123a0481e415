#!/usr/bin/python3
# reference/render.t - rendered notes by ear: spectra by NumPy. SPDX-License-Identifier: GPL-3.0-or-later
"""assay-render with the SoundFont that Debian packages, its sound looked at by NumPy.

Pitches, onsets and levels of single notes of a piano; the same bytes on ten runs; and the pitch
classes that are loudest at each step of a chorale, against the roll of its notes.
"""
import hashlib
import io
import os
import struct
import sys
import tarfile
import tempfile

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True
from report import finish, report, run  # noqa: E402

SOUNDFONT = "/usr/share/sounds/sf2/TimGM6mb.sf2"
try:
    import numpy as np
except ImportError:
    print("1..0 # SKIP python3-numpy is not installed")
    sys.exit(0)
if not os.path.exists(SOUNDFONT):
    print("1..0 # SKIP timgm6mb-soundfont is not installed")
    sys.exit(0)

RATE = 44100
DATA = os.path.join(HERE, "..", "data")


def write_note(path, key, velocity, start, ticks):
    """480 ticks a quarter note of half a second."""
    track = b"".join([variable(start), bytes([0x90, key, velocity]), variable(ticks),
                      bytes([0x80, key, 0]), b"\0\xff\x2f\0"])
    with open(path, "wb") as file:
        file.write(b"MThd\0\0\0\6\0\0\0\1\1\xe0MTrk" + struct.pack(">I", len(track)) + track)


def variable(value):
    out = [value & 127]
    while value > 127:
        value >>= 7
        out.append(value & 127 | 128)
    return bytes(reversed(out))


def render(path, *options):
    """One channel of floats, from a WAV file of 32 bits."""
    data = run("assay-render", "--wav", "--bits=32", "--mono", "-f", SOUNDFONT, *options, path)
    return np.frombuffer(data[data.index(b"data") + 8:], "<f4")


def peak_hz(sound, low, high):
    window = sound * np.hanning(len(sound))
    spectrum = np.abs(np.fft.rfft(window, 1 << 20))
    hz = np.arange(len(spectrum)) * RATE / (1 << 20)
    inside = (hz > low) & (hz < high)
    return hz[inside][spectrum[inside].argmax()]


def first_sound(sound):
    return np.flatnonzero(np.abs(sound) > 1e-6)[0]


def single_notes(folder):
    path = os.path.join(folder, "note.mid")
    for key, hz in ((69, 440), (57, 220), (81, 880)):
        write_note(path, key, 64, 0, 1920)
        found = peak_hz(render(path)[4000:40000], hz * 0.8, hz * 1.25)
        cents = 1200 * np.log2(found / hz)
        report(abs(cents) < 10, f"key {key} sounds at {hz} Hz", f"{found:.2f} Hz, {cents:.1f} cents")

    write_note(path, 69, 100, 0, 480)
    delay = first_sound(render(path))  # the recording of a piano begins with a little silence
    worst = 0
    for start in (1, 480, 481, 777, 12345):
        write_note(path, 69, 100, start, 480)
        worst = max(worst, abs(first_sound(render(path)) - delay - start * RATE / 960))
    report(worst <= 33, "a note begins within half a block of its time", f"{worst:.1f} frames off")

    levels = []
    for velocity in range(1, 128, 6):
        write_note(path, 69, velocity, 0, 480)
        levels.append(np.sqrt(np.mean(render(path, "--tail=0").astype(float) ** 2)))
    report(all(a < b for a, b in zip(levels, levels[1:])), "velocity raises the level", levels)


def same_bytes():
    bach = os.path.join(DATA, "bach")
    for options in ([], ["--effects"]):
        digests = {hashlib.sha256(run("assay-render", "-f", SOUNDFONT, "-j", jobs, *options,
                                      "--rate=16000", bach)).hexdigest()
                   for jobs in "1212121212"}
        report(len(digests) == 1, f"ten runs, one SHA-256 {' '.join(options)}".strip(), *digests)


def classes_of(sound, step, n_steps):
    """The energy of each pitch class, G2 to B5, in each step but its first eighth."""
    size = int(step * RATE)
    keys = np.arange(43, 84)
    table = np.zeros((n_steps, 12))
    for t in range(n_steps):
        at = int(t * step * RATE)
        part = sound[at + size // 8:at + size]
        spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part)), 1 << 16)) ** 2
        bins = np.rint(440 * 2 ** ((keys - 69) / 12) / RATE * (1 << 16)).astype(int)
        for key, k in zip(keys, bins):
            table[t, key % 12] += spectrum[k - 2:k + 3].max()
    return table


def read_field(stream, name, field):
    with tarfile.open(fileobj=io.BytesIO(stream)) as tar:
        return np.load(io.BytesIO(tar.extractfile(f"{name}.{field}.npy").read()))


def chorale_files():
    folder = os.environ.get("ASSAY_SHARED_DATA", os.path.join(HERE, "..", "..", "..", "shared/data"))
    files = [os.path.join(DATA, "bach", f) for f in sorted(os.listdir(os.path.join(DATA, "bach")))]
    for part, _, names in sorted(os.walk(os.path.join(folder, "jsb", "midi"))):
        files += [os.path.join(part, name) for name in sorted(names)[:3] if name.endswith(".mid")]
    return files


def chorales(soundfont, least):
    """Of the steps at which pitch classes sound, in how many are just these the loudest."""
    rate, right, steps, files = 4, 0, 0, chorale_files()
    for path in files:
        name = os.path.splitext(os.path.basename(path))[0].replace(".", "_")
        # A step in the middle of which a note begins or ends has two chords.
        fine = read_field(run("assay-roll", f"--fps={8 * rate}", path), name, "roll") > 0
        table = classes_of(render(path, "-f", soundfont), 1 / rate, len(fine) // 8)
        for t in range(len(fine) // 8):
            part = fine[8 * t:8 * t + 8]
            there = {pitch % 12 for pitch in np.flatnonzero(part[0])}
            if there and (part == part[0]).all():
                steps += 1
                right += set(np.argsort(-table[t])[:len(there)]) == there
    print(f"# {os.path.basename(soundfont)}: of {steps} steps of {len(files)} chorales "
          f"{right / steps:.1%} have just their pitch classes loudest")
    report(right > least * steps, "the loudest pitch classes are those of the notes")


with tempfile.TemporaryDirectory() as scratch:
    single_notes(scratch)
same_bytes()
chorales(os.path.join(DATA, "sine.sf2"), 0.98)
if len(chorale_files()) > len(os.listdir(os.path.join(DATA, "bach"))):
    chorales(SOUNDFONT, 0.65)  # overtones are heard as pitch classes too; known of real chorales
finish()
