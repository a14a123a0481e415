#!/usr/bin/python3
# reference/heard.t - pitch classes of sound, by NumPy as well. SPDX-License-Identifier: GPL-3.0-or-later
"""assay-chroma --from=audio as its manual has it, by NumPy in double precision; and what is heard of
chorales that assay-render plays, against their notes."""
import io
import os
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

BACH = os.path.join(HERE, "..", "data", "bach")
CHORALES = os.path.join(os.environ.get("ASSAY_SHARED_DATA", ""), "bach-kern", "midi")
RATE, WINDOW, FFT, LOW, HIGH = 16000, 3072, 4096, 28, 96
PARTIALS = [round(12 * np.log2(h)) for h in range(1, 9)]
WEIGHTS = 0.6 ** np.arange(8)


def bands(sound, hop):
    """[step, semitone]: the strongest partial of each."""
    n_steps = -(-len(sound) // hop)
    before = WINDOW // 2 - hop // 2
    padded = np.concatenate([np.zeros(max(before, 0)), sound[max(-before, 0):], np.zeros(WINDOW + hop)])
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::hop][:n_steps]
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)
    power = np.abs(np.fft.rfft(frames * window, FFT)) ** 2
    left, middle, right = power[:, :-2], power[:, 1:-1], power[:, 2:]
    step, k = np.nonzero((middle >= left) & (middle > right))
    a, b, c = (np.log(np.maximum(part[step, k], np.finfo("f4").tiny)) for part in (left, middle, right))
    bend = a - 2 * b + c
    shift = np.where(bend < 0, 0.5 * (a - c) / np.where(bend < 0, bend, 1), 0)
    hz = (k + 1 + shift) * RATE / FFT
    band = np.floor(69.5 + 12 * np.log2(hz / 440)).astype(int) - LOW
    amplitude = 4 / WINDOW * np.exp(0.5 * (b - 0.25 * (a - c) * shift))
    n_bands = min(HIGH - LOW + 37, int(np.floor(69 + 12 * np.log2(RATE / 2 / 440))) - LOW + 1)
    table = np.zeros((n_steps, n_bands))
    inside = (band >= 0) & (band < n_bands)
    np.maximum.at(table, (step[inside], band[inside]), amplitude[inside])
    return table


def tones(table):
    form = np.zeros((HIGH - LOW + 1, table.shape[1]))
    for p, row in enumerate(form):
        for at, weight in zip(PARTIALS, WEIGHTS):
            if p + at < len(row):
                row[p + at] = weight
    strengths = np.repeat(table.mean(axis=1, keepdims=True), len(form), axis=1)
    for _ in range(30):
        strengths *= (table / (strengths @ form + 1e-12)) @ form.T / form.sum(axis=1)
    return strengths


def sets(strengths, hop):
    lag = max(1, round(0.15 * RATE / hop))
    sounds = np.zeros(HIGH - LOW + 1, bool)
    table = np.zeros((len(strengths), 12), bool)
    for t, row in enumerate(strengths):
        least = np.where(sounds, 0.2, 0.35) * row.max()
        past = strengths[t - lag] if t >= lag else 0
        sounds = (row >= least) & (row > 10 ** (-70 / 20)) & (row >= 0.45 * past)
        table[t, (LOW + np.flatnonzero(sounds)) % 12] = True
    return table


def read(stream):
    """By sample and field; metadata are left out."""
    table = {}
    with tarfile.open(fileobj=io.BytesIO(stream)) as tar:
        for member in tar:
            if member.name.endswith(".npy"):
                name, field, _ = member.name.rsplit(".", 2)
                table.setdefault(name, {})[field] = np.load(io.BytesIO(tar.extractfile(member).read()))
    return table


def heard_alike(folder):
    """The transforms here are of single precision there, so a tone on the edge may fall otherwise."""
    path = os.path.join(folder, "played")
    run("assay-render", "-f", SOUNDFONT, "--mono", f"--rate={RATE}", "-o", path, BACH)
    for hop in (500, 2000, 4001):
        n = n_alike = 0
        for fields in read(run("assay-chroma", "--from=audio", f"--hop={hop}", path)).values():
            ours = fields["chroma"].astype(bool)
            theirs = sets(tones(bands(fields["audio"].astype(float), hop)), hop)
            n += len(theirs)
            n_alike += (ours == theirs).all(axis=1).sum() if ours.shape == theirs.shape else 0
        report(n_alike >= 0.998 * n > 0, f"steps of {hop} samples are heard as by NumPy", f"{n_alike} of {n}")


def with_program(stream, program):
    out = io.BytesIO()
    with tarfile.open(fileobj=io.BytesIO(stream)) as tar, tarfile.open(fileobj=out, mode="w") as new:
        for member in tar:
            data = tar.extractfile(member).read()
            if member.name.endswith(".notes.npy"):
                notes = np.load(io.BytesIO(data))
                notes[:, 5] = program
                file = io.BytesIO()
                np.save(file, notes)
                data = file.getvalue()
            member.size = len(data)
            new.addfile(member, io.BytesIO(data))
    return out.getvalue()


def heard_as_written(folder):
    """Steps of a sixteenth at the tempo of these chorales, 100 quarters a minute."""
    files = [os.path.join(CHORALES, f"chor{n:03}.mid") for n in (16, 83, 110, 113)]
    path = os.path.join(folder, "notes")
    notes = run("assay-notes", *files)
    rolled = read(run("assay-chroma", data=run("assay-roll", "--step=1/16", data=notes)))
    for program, least in ((0, 0.70), (16, 0.95), (19, 0.73)):
        with open(path, "wb") as file:
            file.write(with_program(notes, program))
        played = run("assay-render", "-f", SOUNDFONT, "--mono", f"--rate={RATE}", path)
        n = n_same = 0
        for name, fields in read(run("assay-chroma", "--from=audio", "--hop=150ms", data=played)).items():
            ours, theirs = fields["chroma"], rolled[name]["chroma"]
            n += len(theirs)
            n_same += (ours[:len(theirs)] == theirs).all(axis=1).sum()
        report(n_same >= least * n, f"program {program}: sets heard are those of the notes", f"{n_same / n:.3f} of {n}")


with tempfile.TemporaryDirectory() as scratch:
    heard_alike(scratch)
    if os.path.isdir(CHORALES):
        heard_as_written(scratch)
    else:
        report(True, "chorales # SKIP bach-kern is not here")
finish()
