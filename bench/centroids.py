# bench/centroids.py - what is made of pictures, beside NumPy.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import os

from harness import HERE, cpu, measure, output, peak

N_PICTURES = 60_000
ROUNDS = 11
GOAL = 20

# Strokes on black, as handwritten digits are: some 80 % of all pixels and 12 of 28 columns are empty.
MAKE = """
import sys, numpy
random = numpy.random.default_rng(1)
n, size = int(sys.argv[2]), 28
pictures = numpy.zeros((n, size, size), "u1")
item = numpy.arange(n)
row, column = random.uniform(8, 20, n), random.uniform(8, 20, n)
for _ in range(70):
    row += random.normal(0, 1.1, n)
    column += random.normal(0, 0.8, n)
    at = (item, row.clip(4, 23).astype(int), column.clip(6, 21).astype(int))
    pictures[at] = numpy.maximum(pictures[at], random.integers(100, 256, n))
numpy.save(sys.argv[1], pictures)
"""


def rows(table, what, ours, theirs, goal=None):
    ratio = cpu(theirs) / cpu(ours)
    table.row(f"{what}, time", f"{1e3 * cpu(ours):.0f} ms", f"{1e3 * cpu(theirs):.0f} ms NumPy",
              f"{ratio:.1f}x", *([f">= {goal}x", ratio >= goal] if goal else []))
    table.row(f"{what}, memory", f"{peak(ours):.0f} MiB", f"{peak(theirs):.0f} MiB NumPy",
              f"{peak(theirs) / peak(ours):.1f}x")


def centroids(table, _corpora, folder):
    table.section(f"Centroids, slopes and their moments of {N_PICTURES:,} pictures of 28 x 28",
                  f"medians of {ROUNDS} alternating runs of whole programs, CPU time on one core, of",
                  "which each makes a new file (to replace one costs some 2 ms more);",
                  "beside them: the same by NumPy, all pictures at once (peer-centroid)",
                  "what no program can take less than that reads and writes as much stands below:",
                  "copying the stream, for fields; reading it and writing a table of that size, for",
                  "moments, of which much of the rest is 540,000 numbers as text")
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    array, stream = os.path.join(folder, "pictures.npy"), os.path.join(folder, "pictures.tar")
    out = os.path.join(folder, "out")
    output(["/usr/bin/python3", "-c", MAKE, array, str(N_PICTURES)])
    output(["assay-array", "-q", "--field=pixels", "--axes=item,row,column", "-o", stream, array])
    peer = os.path.join(HERE, "peer-centroid")
    fields = ["assay-centroid", "--only", "-j1", "-o", out + ".ours", stream]
    copy = ["cp", stream, out + ".copy"]
    made = [out + end for end in (".ours", ".copy", ".centroid.npy", ".slope.npy")]
    ours, copied, theirs = measure(ROUNDS, [fields], [copy], [[peer, "fields", array, out]],
                                   one_core=True, removed=made)
    rows(table, "assay-centroid: fields", ours, theirs)
    table.row("  copying the stream alone", f"{1e3 * cpu(copied):.0f} ms")
    moments = ["assay-features", "--features=moments", "-j1", "-o", out + ".tsv", stream]
    ours, theirs = measure(ROUNDS, [moments], [[peer, "moments", array, out]], one_core=True,
                           removed=[out + ".tsv", out])
    output(moments)
    read, written = measure(ROUNDS, [["dd", "status=none", "bs=1M", f"if={stream}",
                                      "of=/dev/null"]],
                            [["cp", out + ".tsv", out + ".copy"]], one_core=True,
                            removed=[out + ".copy"])
    rows(table, "assay-features: moments", ours, theirs, GOAL)
    table.row("  reading and writing as much alone", f"{1e3 * (cpu(read) + cpu(written)):.0f} ms")
