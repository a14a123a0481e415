# bench/spectra.py - azimuthal profiles, beside the published program and NumPy.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import os

from harness import HERE, cpu, measure, output, peak

# Pictures of each kind, how many of them the peer gets, rounds, how the peer goes about it, goal.
CASES = (
    (1024, 200, 10, 3, "published", 30),
    (64, 20_000, 20_000, 5, "batched", 5),
)

# Pictures whose spectra fall as those of natural ones do.
MAKE = """
import sys, numpy
path, n, size = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
random = numpy.random.default_rng(1)
radius = numpy.hypot(numpy.fft.fftfreq(size)[:, None] * size, numpy.arange(size // 2 + 1))
some = []
for _ in range(min(n, 20)):
    x = numpy.fft.irfft2(numpy.fft.rfft2(random.normal(size=(size, size))) / numpy.maximum(radius, 1) ** 1.2)
    some.append((255 * (x - x.min()) / (x.max() - x.min())).astype("u1"))
numpy.save(path, numpy.stack([some[i % len(some)] for i in range(n)]))
"""


def make(folder, n, size):
    """The pictures as an array and as a stream."""
    array, stream = (os.path.join(folder, f"{size}-{n}.{kind}") for kind in ("npy", "tar"))
    output(["/usr/bin/python3", "-c", MAKE, array, str(n), str(size)])
    output(["assay-array", "-q", "--field=pixels", "--axes=item,row,column", "-o", stream, array])
    return array, stream


def spectra(table, _corpora, folder):
    table.section("Azimuthal profiles",
                  "medians of alternating runs of whole programs, CPU time a picture on one core;",
                  "published: UpConv's way, a picture at a time; batched: NumPy, 500 at a time",
                  "(peer-spectrum); the published one gets fewer pictures, to the same price each")
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    peer, out = os.path.join(HERE, "peer-spectrum"), os.path.join(folder, "out")
    for size, n, n_peer, rounds, how, goal in CASES:
        _, stream = make(folder, n, size)
        array, _ = make(folder, n_peer, size)
        for options in ([], ["--compat=upconv"]):
            ours, theirs = measure(
                rounds, [["assay-spectrum", "--only", "-j1", *options, "-o", out, stream]],
                [[peer, how, array, out + ".npy"]], one_core=True)
            own, other = cpu(ours) / n, cpu(theirs) / n_peer
            table.row(f"{size} x {size}{' ' + options[0] if options else ''}, a picture",
                      f"{1e6 * own:.0f} us", f"{1e6 * other:.0f} us {how}", f"{other / own:.1f}x",
                      f">= {goal}x", other / own >= goal)
        table.row(f"{size} x {size}, memory", f"{peak(ours):.0f} MiB", f"{peak(theirs):.0f} MiB {how}")
