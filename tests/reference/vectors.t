#!/usr/bin/python3
# vectors.t - statistics of vectors are what NumPy and SciPy make of them by brute force.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))

from beside_scipy import cdist, done, linalg, near, np, ok
import library

rng = np.random.default_rng(21)


def root_of(C):
    values, vectors = linalg.eigh(C)
    return vectors * np.sqrt(np.maximum(values, 0)) @ vectors.T


def frechet(a, b, trace_of_root):
    difference = a.mean(0) - b.mean(0)
    C, D = (np.atleast_2d(np.cov(x.T)) for x in (a, b))
    return difference @ difference + np.trace(C + D) - 2 * trace_of_root(C, D)


def by_singular_values(C, D):
    return linalg.svdvals(root_of(C) @ root_of(D)).sum()


def by_eigenvalues(C, D):
    """As torch-fidelity has it."""
    return np.sqrt(linalg.eigvals(C @ D).astype(complex)).real.sum()


def by_root(C, D):
    """As most programs have it; of singular matrices it is anything."""
    return np.trace(linalg.sqrtm(C @ D)).real


def check_frechet(a, b, name, is_singular=False, tolerance=1e-12):
    first, second = library.Gaussian(a), library.Gaussian(b, 11)
    mean, covariance = first.finish()
    scale = np.abs(np.cov(a.T)).max()
    ok(np.allclose(mean, a.mean(0), 1e-13, 1e-13 * np.abs(a).max()), f"{name}: mean")
    ok(np.allclose(covariance, np.cov(a.T), 1e-11, 1e-13 * scale), f"{name}: covariance")
    total = np.trace(np.atleast_2d(np.cov(a.T))) + np.trace(np.atleast_2d(np.cov(b.T)))
    got = library.frechet(first, second)
    near(got / total, frechet(a, b, by_singular_values) / total, 1e-7 if is_singular else tolerance, f"{name}: distance")
    near(got / total, frechet(a, b, by_eigenvalues) / total, 1e-6, f"{name}: distance by eigenvalues")
    if not is_singular:
        near(got / total, frechet(a, b, by_root) / total, 1e-9, f"{name}: distance by sqrtm")
    near(library.frechet(second, first) / total, got / total, 1e-13, f"{name}: the other way round")
    near(library.frechet(first, first) / total, 0, 1e-13, f"{name}: of itself")
    ok(library.frechet(library.Gaussian(a, 1), library.Gaussian(b, 1)) == got, f"{name}: however it is handed over")


def mixed(n, d, rank=None):
    rank = rank or d
    return rng.normal(size=(n, rank)) @ rng.normal(size=(rank, d)) + rng.normal(size=d)


for d in (1, 2, 3, 10, 65, 200):
    check_frechet(mixed(3 * d + 7, d), mixed(2 * d + 9, d), f"{d} columns")
check_frechet(mixed(1000, 20, 5), mixed(900, 20, 7), "singular", True)
check_frechet(mixed(1000, 20, 5), mixed(900, 20), "one singular", True)
check_frechet(mixed(30, 100), mixed(40, 100), "less vectors than columns", True)
check_frechet(mixed(500, 8) * 10.0 ** np.arange(-4, 4), mixed(500, 8) * 10.0 ** np.arange(-4, 4), "scales")
check_frechet(mixed(500, 4) + 1e6, mixed(500, 4) + 1e6, "far from 0", tolerance=1e-10)  # means to 10 digits after the point
constant = mixed(300, 5)
constant[:, 2] = 7
check_frechet(constant, mixed(200, 5), "a constant column", True)
near(library.frechet(library.Gaussian(np.ones((9, 3))), library.Gaussian(np.zeros((9, 3)))), 3, 1e-15,
     "constants: the distance of the means")

# Scaled by s it is s^2 times as far.
a, b = mixed(400, 6), mixed(300, 6)
near(library.frechet(library.Gaussian(3 * a), library.Gaussian(3 * b)),
     9 * library.frechet(library.Gaussian(a), library.Gaussian(b)), 1e-12, "scaled")

# Without a difference, the limit is nearer to 0 than the distance is, and within its interval.
reference = library.Gaussian(rng.normal(size=(50000, 16)))
sample = rng.normal(size=(2000, 16))
limit = library.extrapolate(reference, sample, 200, 15)
near(limit.distance, library.frechet(reference, library.Gaussian(sample)), 1e-13, "the distance of all vectors")
ok(abs(limit.limit) < limit.distance / 4, "the limit is nearer to 0")
ok(limit.low < limit.limit < limit.high and limit.r2 > .9, "it has an interval, and lies on a line")
ok(bytes(limit) == bytes(library.extrapolate(reference, sample, 200, 15)), "the same draws again")


# Kernels.
def mmd2(a, b, kernel):
    n, m = len(a), len(b)
    same = sum((kernel(x, x).sum() - np.trace(kernel(x, x))) / (len(x) * (len(x) - 1)) for x in (a, b))
    return same - 2 * kernel(a, b).sum() / (n * m)


for n, m, d in ((2, 2, 1), (3, 17, 2), (100, 90, 5), (301, 203, 33)):
    a, b = rng.normal(size=(n, d)), rng.normal(size=(m, d)) * 1.1
    near(library.mmd2(a, b, library.Kernel(0, 0)), mmd2(a, b, lambda x, y: (x @ y.T / d + 1) ** 3), 1e-12,
         f"cubic kernel, {n} and {m} of {d} columns")
    near(library.mmd2(a, b, library.Kernel(1, .7)),
         mmd2(a, b, lambda x, y: np.exp(-cdist(x, y) ** 2 / (2 * .7 ** 2))), 1e-12,
         f"Gaussian kernel, {n} and {m} of {d} columns")
    both = np.concatenate([a, b])
    near(library.median_width(a, b), np.median(cdist(both, both)[np.triu_indices(n + m, 1)]), 1e-13,
         f"median distance, {n} and {m}")
a, b = rng.normal(size=(300, 8)), rng.normal(size=(500, 8)) + .2
near(library.kid(a, b, 1, 300).sd, 0, 0, "one subset has no deviation")
whole = library.mmd2(a, b, library.Kernel(0, 0))
kid = library.kid(a, b, 200, 100)
ok((kid.n_subsets, kid.subset) == (200, 100) and abs(kid.mean - whole) < 4 * kid.sd / np.sqrt(200),
   "the mean of subsets is near the whole")
ok(bytes(kid) == bytes(library.kid(a, b, 200, 100, 3)), "three threads, the same bits")
ok(library.kid(a, b, 5, 1000).subset == 300, "no subset is larger than a side")


# Neighbours, as the program of Naeem and others counts them; precision and recall with the surface.
def neighbours(a, b, k_manifold, k_density):
    def radii(x, k):
        return np.sort(cdist(x, x), 1)[:, k]

    across = cdist(a, b)
    return ((across <= radii(a, k_manifold)[:, None]).any(0).mean(),
            (across <= radii(b, k_manifold)[None, :]).any(1).mean(),
            (across < radii(a, k_density)[:, None]).sum(0).mean() / k_density,
            (across.min(1) < radii(a, k_density)).mean())


def check_neighbours(a, b, name, k_manifold=3, k_density=5):
    got = library.neighbours(a, b, k_manifold, k_density)
    wanted = neighbours(a, b, k_manifold, k_density)
    for i, measure in enumerate(("precision", "recall", "density", "coverage")):
        near(getattr(got, measure), wanted[i], 1e-15, f"{name}: {measure}")
    ok(bytes(got) == bytes(library.neighbours(a, b, k_manifold, k_density, 3)), f"{name}: three threads")


check_neighbours(rng.normal(size=(200, 4)), rng.normal(size=(150, 4)) * 1.2, "normal")
check_neighbours(rng.normal(size=(6, 2)), rng.normal(size=(7, 2)), "few")
check_neighbours(rng.normal(size=(501, 1)), rng.normal(size=(400, 1)) + 1, "one column")
check_neighbours(rng.integers(0, 4, (300, 2)), rng.integers(1, 6, (250, 2)), "duplicates")
check_neighbours(np.ones((9, 2)), np.ones((8, 2)), "all equal")
check_neighbours(rng.normal(size=(300, 30)), rng.normal(size=(333, 30)) * .5, "other k", 10, 1)
done()
