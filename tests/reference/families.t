#!/usr/bin/env python3
# reference/families.t - noise gives every set of generated faces away, and no half of the real ones.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables of assay-features, group noise: assay-compare finds each set of generated faces as a set,
and finds halves of real faces no more often than it says it would; one class of assay-detect, which
knows real faces alone, tells the pictures of each set from those. Skipped where the shared corpora
are not here.
"""
import os
import random
import sys
import tempfile

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True
from report import finish, report, run  # noqa: E402

DATA = os.environ.get("ASSAY_SHARED_DATA", "")
REAL, FAKE = os.path.join(DATA, "celeba64", "real"), os.path.join(DATA, "celeba64-gan")
HALVES, ALPHA = 30, 0.05
MOST = 5  # of these halves, in 99 of 100 cases

if not (os.path.isdir(REAL) and os.path.isdir(FAKE)):
    print("1..0 # SKIP the reference data is not here (ASSAY_SHARED_DATA)")
    sys.exit(0)


def rows_of(text):
    head, *rows = [line.split("\t") for line in text.decode().splitlines()]
    return [dict(zip(head, row)) for row in rows]


def write(path, head, lines):
    with open(path, "w") as file:
        file.write("\n".join([head] + lines) + "\n")
    return path


def split_sets(folder, scratch, prefix):
    """A table for each set, by name, and the lines of each."""
    head, *lines = run("assay-features", "-q", "--features=noise", folder).decode().splitlines()
    sets = {}
    for line in lines:
        sets.setdefault(line.split("\t")[0].split("/")[-2], []).append(line)
    return head, sets, {name: write(os.path.join(scratch, prefix + name + ".tsv"), head, lines)
                        for name, lines in sorted(sets.items())}


def least_q(reference, *tables):
    """Of each table the smallest q among its columns, by their means and by KS."""
    least = {}
    for row in rows_of(run("assay-compare", "-q", "--measure=mean", "--measure=ks", reference, *tables)):
        least[row["set"]] = min(least.get(row["set"], 1), float(row["q"]))
    return least


with tempfile.TemporaryDirectory() as scratch:
    head, sheets, _ = split_sets(REAL, scratch, "sheet-")
    reals = [line for name in sorted(sheets) for line in sheets[name]]
    real = write(os.path.join(scratch, "real.tsv"), head, reals)
    _, _, tables = split_sets(FAKE, scratch, "")
    found = least_q(real, *tables.values())
    missed = [name for name, q in found.items() if not q < 0.01]
    report(len(found) == 31 and not missed, "each of 31 sets is found as a set", missed)
    rows = rows_of(run("assay-detect", "-q", "--model=one-class", "--features=noise", "--permutations=0",
                       "--draws=1", real, *tables.values()))
    weak = {row["set"]: row["auc"] for row in rows if float(row["auc"]) < 0.98}
    report(len(rows) >= 31 and not weak, "by its pictures, of one class: AUC at least .98", weak)

    def halves_differ(one, other):
        a, b = os.path.join(scratch, "a.tsv"), os.path.join(scratch, "b.tsv")
        return min(least_q(write(a, head, one), write(b, head, other)).values())

    names = sorted(sheets)
    for other in names[1:]:
        one = sheets[names[0]] + sheets[other]
        q = halves_differ(one, [line for line in reals if line not in one])
        report(q >= 0.01, f"sheets {names[0]} and {other} of real faces beside the others", f"q {q}")
    rng, n_found = random.Random(1), 0
    for _ in range(HALVES):
        rng.shuffle(reals)
        n_found += halves_differ(reals[::2], reals[1::2]) < ALPHA
    report(n_found <= MOST, f"{n_found} of {HALVES} random halves differ at {ALPHA}")
finish()
