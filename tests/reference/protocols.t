#!/usr/bin/env python3
# reference/protocols.t - what detectors reach on generated faces by protocol, and after JPEG.
# SPDX-License-Identifier: GPL-3.0-or-later
"""assay-detect try and curve on the faces of DCGAN beside CelebA's; numbers that have to be reached, and
those that say what cannot. Skipped where the shared corpora are not here.
"""
import glob
import os
import sys

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True
from report import finish, report, run  # noqa: E402

DATA = os.environ.get("ASSAY_SHARED_DATA", "")
REAL = os.path.join(DATA, "celeba64", "real")
DCGAN = sorted(glob.glob(os.path.join(DATA, "celeba64-gan", "dcgan-*")))

if not (os.path.isdir(REAL) and DCGAN):
    print("1..0 # SKIP the reference data is not here (ASSAY_SHARED_DATA)")
    sys.exit(0)


def rows_of(*command):
    head, *rows = [line.split("\t") for line in run("assay-detect", *command).decode().splitlines()]
    return [dict(zip(head, row)) for row in rows]


def is_at_least(value, least, what):
    report(float(value) >= least, f"{what}: {value} is at least {least}")


pooled = [f"dcgan={folder}" for folder in DCGAN]
row = rows_of("try", "-q", "--draws=2", "--features=profile", "real=" + REAL, *pooled)[0]
is_at_least(row["auc"], .98, "profiles of faces: AUC")
is_at_least(row["accuracy"], .94, "... accuracy")
rows = rows_of("curve", "-q", "--labels=20", "--draws=50", "--features=profile", "real=" + REAL, *pooled)
is_at_least(rows[0]["balanced"], .85, "... balanced accuracy by 20 labels")
rows = rows_of("curve", "-q", "--labels=20", "--draws=50", "--features=noise", "real=" + REAL, *pooled)
is_at_least(rows[0]["balanced"], .97, "... by 20 labels and noise")
rows = rows_of("try", "-q", "--draws=2", *["--augment=jpeg=50:90"] * 3, "--perturb=jpeg=50", "--perturb=jpeg=90",
               "real=" + REAL, *pooled)
for row in rows[1:]:
    is_at_least(row["auc"], .85, f"all features, learnt from JPEG, after {row['perturbed']}: AUC")
finish()
