# bench/python.py - assay.py beside tarfile and NumPy.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import sys

from harness import HERE, ROOT, cpu, measure, output, peak

N_SAMPLES = 20_000
ROUNDS = 5

MAKE = """
import sys, numpy, assay
random = numpy.random.default_rng(1)
with assay.write(sys.argv[1], tool="bench") as out:
    for i in range(int(sys.argv[2])):
        roll, notes = random.integers(0, 2, (32, 12), "u1"), random.random((9, 8))
        out.put(f"s{i:06}", {"roll": roll, "notes": notes},
                axes={"roll": ("time", "class"), "notes": ("note", "column")})
"""
NOTHING = "import io, json, tarfile, numpy, assay"
OWN = """
import sys, assay
for name, sample in assay.read(sys.argv[1]):
    for field in sample:
        sample[field].size
"""


def small_arrays(table, _corpora, folder):
    table.section(f"Python: a stream of {N_SAMPLES:,} samples, two small arrays each",
                  f"medians of {ROUNDS} alternating runs, CPU time without imports; each array",
                  "and all metadata decoded; assay.py beside tarfile, numpy.load and json",
                  "(peer-reader)")
    os.environ["PYTHONPATH"] = os.path.join(ROOT, "python")
    path = os.path.join(folder, "small.tar")
    output([sys.executable, "-c", MAKE, path, str(N_SAMPLES)])
    nothing, own, peer = measure(ROUNDS, [[sys.executable, "-c", NOTHING]],
                                 [[sys.executable, "-c", OWN, path]],
                                 [[sys.executable, os.path.join(HERE, "peer-reader"), path]])
    times = [(cpu(runs) - cpu(nothing)) * 1e6 / N_SAMPLES for runs in (own, peer)]
    table.row("read, time a sample", f"{times[0]:.0f} us", f"{times[1]:.0f} us tarfile",
              f"{times[1] / times[0]:.2f}x")
    table.row("read, memory", f"{peak(own):.0f} MiB", f"{peak(peer):.0f} MiB tarfile",
              f"{peak(peer) / peak(own):.2f}x")
    os.remove(path)
