"""beside_scipy.py - what tests share that hold the library against SciPy: they speak TAP.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import sys
import warnings

n_tests = 0


def skip_all(why):
    print(f"1..0 # SKIP {why}")
    sys.exit(0)


if os.environ.get("ASSAY_SANITIZE"):
    skip_all("a sanitized library cannot be loaded")
try:
    import numpy as np
    import scipy
    from scipy import linalg, stats  # noqa: F401
    from scipy.spatial.distance import cdist, jensenshannon  # noqa: F401
except ImportError:
    skip_all("python3-scipy is not installed")

warnings.simplefilter("ignore")  # of SciPy, about logarithms of 0
print(f"# SciPy {scipy.__version__}, NumPy {np.__version__}")


def ok(condition, what):
    global n_tests
    n_tests += 1
    print(f"{'ok' if condition else 'not ok'} {n_tests} - {what}")


def near(got, wanted, tolerance, what):
    """Within the tolerance of the larger of 1 and what is wanted."""
    fine = got == wanted or abs(got - wanted) <= tolerance * max(1, abs(wanted))
    ok(fine, what)
    if not fine:
        print(f"# got {got!r}, wanted {wanted!r}, off by {got - wanted:g}")


def done():
    print(f"1..{n_tests}")
