# bench/compare.py - assay-compare beside SciPy, what its null distributions cost, and its memory.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import gzip
import os

from harness import HERE, cpu, helper, measure, output, peak, wall

PICTURES = "/usr/share/datasets/fashion-mnist"
N_FLOATS = 8_000_000
ITEM = 8_000
ROUNDS = 3
OWN_RUNS = 5  # beside each of SciPy, which takes a hundred times as long
PIXELS_GOAL = 100
FLOATS_GOAL = 10
DRAWS_GOAL_S = 10
MEMORY_GOAL = 1.25

MAKE = """
import sys, numpy
random = numpy.random.default_rng(int(sys.argv[2]))
n, item = int(sys.argv[3]), int(sys.argv[4])
numpy.save(sys.argv[1], random.normal(size=n).astype("f4").reshape(n // item, item))
"""


def _own(*words):
    return ["assay-compare", "-q", *words]


def _pixels(table, folder):
    """Unpacked, since both sides would spend their time in gzip."""
    sets = []
    for name in "train", "t10k":
        sets.append(os.path.join(folder, f"{name}-images-idx3-ubyte"))
        with open(sets[-1], "wb") as file:
            with gzip.open(os.path.join(PICTURES, f"{name}-images-idx3-ubyte.gz")) as packed:
                file.write(packed.read())
    words = ["--field=pixels", "--measure=ks", "--measure=jsd", *sets]
    one_draw = [[_own("--draws=1", *words)]] * OWN_RUNS
    *runs, full, least, theirs = measure(ROUNDS, *one_draw, [_own(*words)],
                                         [[helper("digest"), *sets]],
                                         [[os.path.join(HERE, "peer-compare"), *sets]])
    bare = sum(runs, [])
    for what, ours in ("one draw", bare), ("999 draws", full):
        ratio = wall(theirs) / wall(ours)
        goal = (f">= {PIXELS_GOAL}x", ratio >= PIXELS_GOAL) if what == "one draw" else ()
        table.row(f"60,000 against 10,000 pictures, {what}", f"{wall(ours):.2f} s",
                  f"{wall(theirs):.1f} s SciPy", f"{ratio:.0f}x", *goal)
        table.row("  CPU", f"{cpu(ours):.2f} s", f"{cpu(theirs):.1f} s SciPy",
                  f"{cpu(theirs) / cpu(ours):.0f}x")
    table.row("  of which reading and digesting", f"{wall(least):.2f} s")
    cost = wall(full) - wall(bare)
    table.row("  null distributions, 998 draws", f"{cost:.2f} s", "", "",
              f"<= {DRAWS_GOAL_S} s", cost <= DRAWS_GOAL_S)


def _stream(folder, seed, n):
    array = os.path.join(folder, f"{seed}-{n}.npy")
    output(["/usr/bin/python3", "-c", MAKE, array, str(seed), str(n), str(ITEM)])
    output(["assay-array", "-q", "--field=values", "--axes=item,value", "-o", array + ".tar", array])
    return array


def _floats(table, folder):
    sets = [_stream(folder, seed, N_FLOATS) for seed in (1, 2)]
    words = ["--field=values", "--measure=ks", "--draws=1"]
    ours, theirs = measure(ROUNDS, [_own(*words, *(path + ".tar" for path in sets))],
                           [[os.path.join(HERE, "peer-compare"), *sets]])
    ratio = wall(theirs) / wall(ours)
    table.row(f"ks of {N_FLOATS:,} float32 a side", f"{wall(ours):.2f} s",
              f"{wall(theirs):.1f} s SciPy", f"{ratio:.1f}x", f">= {FLOATS_GOAL}x",
              ratio >= FLOATS_GOAL)
    table.row("  CPU", f"{cpu(ours):.2f} s", f"{cpu(theirs):.1f} s SciPy",
              f"{cpu(theirs) / cpu(ours):.1f}x")


def _memory(table, folder):
    """Pixels of so many items; one thread, since what is in flight depends on the timing of more."""
    paths = []
    for n_items in 30_000, 120_000:
        array = os.path.join(folder, f"{n_items}.npy")
        output(["/usr/bin/python3", "-c",
                "import sys, numpy; numpy.save(sys.argv[1], numpy.random.default_rng(1).integers("
                "0, 256, (int(sys.argv[2]), 28, 28), 'u1'))", array, str(n_items)])
        paths.append(array + ".tar")
        output(["assay-array", "-q", "--field=pixels", "--axes=item,row,column", "-o", paths[-1],
                array])
    words = ["-j1", "--field=pixels", "--measure=ks", "--draws=1"]
    small, large = measure(1, *[[_own(*words, path, path)] for path in paths])
    ratio = peak(large) / peak(small)
    table.row("memory, 120,000 pictures a side", f"{peak(large):.0f} MiB",
              f"{peak(small):.0f} MiB of 30,000", f"{ratio:.2f}x", f"<= {MEMORY_GOAL}x",
              ratio <= MEMORY_GOAL)


def compare(table, _corpora, folder):
    table.section("assay-compare beside SciPy's ks_2samp and jensenshannon",
                  f"medians of {ROUNDS} alternating runs of whole programs, wall time, and of",
                  f"{OWN_RUNS * ROUNDS} of ours with one draw, which vary most; SciPy makes",
                  "no null distribution, which is why ours makes one draw where they are compared")
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    if os.path.isdir(PICTURES):
        _pixels(table, folder)
    else:
        print(f"pictures are skipped: {PICTURES} is not there; install dataset-fashion-mnist")
    _floats(table, folder)
    _memory(table, folder)
