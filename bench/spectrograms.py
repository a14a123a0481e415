# bench/spectrograms.py - from sound to log-mel spectrograms, beside SciPy and librosa.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import shutil

from harness import HERE, ONE_CORE, cpu, measure, median, output, peak, threads_beside_programs

SECONDS = 3600
ROUNDS = 3
THREAD_ROUNDS = 9
PEER = os.path.join(HERE, "peer-mel")

# Noise over a tone that rises and falls.
MAKE = """
import sys, wave, numpy
random, n = numpy.random.default_rng(1), 16000 * int(sys.argv[2])
with wave.open(sys.argv[1], "wb") as file:
    file.setparams((1, 2, 16000, 0, "NONE", ""))
    for at in range(0, n, 1 << 20):
        t = numpy.arange(at, min(n, at + (1 << 20))) / 16000
        x = .05 * random.standard_normal(len(t)) + .2 * numpy.sin(2e4 * t + 3e4 * numpy.sin(t / 7))
        file.writeframes((32767 * x.clip(-1, 1)).astype("<i2").tobytes())
"""


def beside_librosa(table, ours, path):
    try:
        seconds = [float(output([*ONE_CORE, "/usr/bin/python3", PEER, "librosa", path]))
                   for _ in range(ROUNDS)]
    except SystemExit:
        table.row("librosa, CPU time", "", "cannot be imported; $LIBROSA names a checkout of 0.10.2")
        return
    ratio = median(seconds) / cpu(ours)
    table.row("whole program beside warm librosa", f"{cpu(ours):.2f} s",
              f"{median(seconds):.2f} s librosa", f"{ratio:.1f}x", ">= 8x", ratio >= 8)


def beyond_the_result(table, folder, out):
    """What is in memory beside the spectrogram, which grows with the sound."""
    path = os.path.join(folder, "hours.wav")
    output(["/usr/bin/python3", "-c", MAKE, path, str(3 * SECONDS)])
    [runs] = measure(1, [["assay-mel", "-q", "-j1", "-o", out + ".tar", path]])
    spectrogram = os.path.getsize(out + ".tar") / (1 << 20)
    beside = peak(runs) - spectrogram
    table.row("memory for 3 h of it, beside the spectrogram", f"{beside:.0f} MiB",
              f"{spectrogram:.0f} MiB spectrogram", "", "<= 32 MiB", beside <= 32)
    os.remove(path)


def heard(table, path, out):
    [runs] = measure(ROUNDS, [["assay-chroma", "-q", "-j1", "--from=audio", "-o", out + ".tar", path]],
                     one_core=True)
    table.row("pitch-class sets of it, 8 a second", f"{cpu(runs):.2f} s", "",
              f"{SECONDS / cpu(runs):.0f}x", "real time")


def spectrograms(table, _corpora, folder):
    table.section(f"Log-mel spectrograms of {SECONDS / 3600:g} h of sound at 16 kHz",
                  f"medians of {ROUNDS} alternating runs, CPU time on one core; SciPy: float32,",
                  "whole program; librosa: loading and transforming, in turn, import left out")
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    path, out = os.path.join(folder, "hour.wav"), os.path.join(folder, "mel")
    output(["/usr/bin/python3", "-c", MAKE, path, str(SECONDS)])
    ours, theirs = measure(ROUNDS, [["assay-mel", "-q", "-j1", "-o", out + ".tar", path]],
                           [[PEER, "scipy", path, out + ".npy"]], one_core=True)
    ratio = cpu(theirs) / cpu(ours)
    table.row("whole program", f"{cpu(ours):.2f} s", f"{cpu(theirs):.2f} s SciPy", f"{ratio:.1f}x",
              ">= 3x", ratio >= 3)
    table.row("memory", f"{peak(ours):.0f} MiB", f"{peak(theirs):.0f} MiB SciPy",
              f"{peak(theirs) / peak(ours):.1f}x")
    beside_librosa(table, ours, path)
    beyond_the_result(table, folder, out)
    heard(table, path, out)
    many = os.path.join(folder, "many")
    os.mkdir(many)
    part = os.path.join(folder, "part.wav")
    output(["/usr/bin/python3", "-c", MAKE, part, "60"])
    files = [shutil.copy(part, os.path.join(many, f"{i:02}.wav")) for i in range(60)]
    threads_beside_programs(table, THREAD_ROUNDS, "60 files of a minute",
                            ["assay-mel", "-q", "-o", "/dev/null"], files)
