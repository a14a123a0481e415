# bench/averages.py - average spectra of residuals and cosine statistics beside SciPy; combs.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import os

from harness import HERE, cpu, measure, output

ROUNDS = 5
SETS = (("2,000 of 64 x 64", 2000, 64), ("8 of 1024 x 1024", 8, 1024))

MAKE = """
import sys, numpy
n, side = int(sys.argv[2]), int(sys.argv[3])
numpy.save(sys.argv[1], numpy.random.default_rng(1).integers(0, 256, (n, side, side), "u1"))
"""

SPEECH = """
import sys, wave, numpy
with wave.open(sys.argv[1], "wb") as out:
    out.setparams((1, 2, 16000, 0, "NONE", ""))
    out.writeframes(numpy.random.default_rng(1).normal(0, 1000, 600 * 16000).astype("<i2").tobytes())
"""


def averages(table, _corpora, folder):
    table.section("Average spectra of 5 x 5 median residuals, and cosine statistics, beside SciPy",
                  f"medians of {ROUNDS} alternating runs of whole programs, CPU time on one core;",
                  "both read an array of pictures; what starting takes is in both (peer-average)")
    peer = os.path.join(HERE, "peer-average")
    for name, n, side in SETS:
        array, stream = (os.path.join(folder, f"{side}{suffix}") for suffix in (".npy", ".tar"))
        output(["/usr/bin/python3", "-c", MAKE, array, str(n), str(side)])
        output(["assay-array", "-q", "--field=pixels", "--axes=item,row,column", "-o", stream,
                array])
        for mode in ("average", "dct"):
            ours, theirs = measure(
                ROUNDS, [["assay-spectrum", "-q", "-j1", f"--{mode}", "-o",
                          os.path.join(folder, "out"), stream]],
                [[peer, mode, array]], one_core=True)
            ratio = cpu(theirs) / cpu(ours)
            goal = ("10x", ratio >= 10) if mode == "average" else ()
            table.row(f"{mode}, {name}", f"{1e3 * cpu(ours):.0f} ms",
                      f"{1e3 * cpu(theirs):.0f} ms", f"{ratio:.1f}x", *goal)
    sound = os.path.join(folder, "sound.wav")
    output(["/usr/bin/python3", "-c", SPEECH, sound])
    ours, = measure(ROUNDS, [["assay-spectrum", "-q", "-j1", "--combs", sound]], one_core=True)
    table.row("combs, 10 minutes of 16 kHz", f"{1e3 * cpu(ours):.0f} ms")
