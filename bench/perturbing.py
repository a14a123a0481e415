# bench/perturbing.py - pictures blurred, coded, with noise and resized, beside SciPy and Pillow.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import os

from harness import HERE, cpu, measure, output

ROUNDS = 5
SETS = (("2,000 of 64 x 64", 2000, 64), ("8 of 1024 x 1024", 8, 1024))
OPERATIONS = ("blur=1.5", "jpeg=75", "noise=.02", "resize=.5")

# Smooth colours, as of photographs.
MAKE = """
import sys, numpy
from scipy import ndimage
n, side = int(sys.argv[2]), int(sys.argv[3])
values = numpy.random.default_rng(1).normal(size=(n, side, side, 3)).astype("f4")
values = ndimage.gaussian_filter(values, (0, 2, 2, 0))
numpy.save(sys.argv[1], (128 + 50 * values / values.std()).clip(0, 255).astype("u1"))
"""


def perturbing(table, _corpora, folder):
    table.section("Pictures in colour perturbed, beside SciPy (blur, noise) and Pillow",
                  f"medians of {ROUNDS} alternating runs of whole programs, CPU time on one core;",
                  "both read the pictures as arrays and write them (peer-perturb)")
    peer = os.path.join(HERE, "peer-perturb")
    out = os.path.join(folder, "out")
    for name, n, side in SETS:
        array, stream = (os.path.join(folder, f"{side}{suffix}") for suffix in (".npy", ".tar"))
        output(["/usr/bin/python3", "-c", MAKE, array, str(n), str(side)])
        output(["assay-array", "-q", "--field=pixels", "--axes=item,row,column,channel", "-o",
                stream, array])
        for operation in OPERATIONS:
            ours, theirs = measure(
                ROUNDS, [["assay-perturb", "-q", "-j1", f"--{operation}", "-o", out, stream]],
                [[peer, operation.split("=")[0], array, out + ".npy"]], one_core=True)
            table.row(f"{operation}, {name}", f"{1e3 * cpu(ours):.0f} ms",
                      f"{1e3 * cpu(theirs):.0f} ms", f"{cpu(theirs) / cpu(ours):.1f}x")
