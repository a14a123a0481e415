#!/usr/bin/python3
# measures.t - measures of two distributions are those of SciPy and NumPy, of values without ties and
# with many, of all types, in memory and spilled.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import gzip
import os
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))

from beside_scipy import np, stats, ok, near, done, jensenshannon
from library import library, measure, measure_counts, values_of, Sorted

rng = np.random.default_rng(20)
KS_AUTO, KS_EXACT, KS_SERIES, KS_TEQUILAGAN = range(4)


def same(a, b):
    """The same bits throughout."""
    return bytes(a) == bytes(b)


def in_order(a, b, values, name):
    near(values["ks"], stats.ks_2samp(a, b, method="asymp").statistic, 1e-12, f"{name}: ks")
    near(values["w1"], stats.wasserstein_distance(a, b), 1e-12, f"{name}: w1")
    near(values["energy"], stats.energy_distance(a, b), 1e-12, f"{name}: energy")
    if min(len(a), len(b)) > 1:
        near(values["cvm"], stats.cramervonmises_2samp(a, b, method="asymptotic").statistic, 1e-11, f"{name}: cvm")
    distinct = np.unique(np.concatenate([a, b]))
    if len(a) + len(b) > 3 and len(distinct) > 1:
        near(values["ad-standard"], stats.anderson_ksamp([a, b]).statistic, 1e-9, f"{name}: ad-standard")
    p, q = (np.array([np.mean(x == v) for v in distinct]) if len(distinct) < 500 else None for x in (a, b))
    if p is not None:
        near(values["linf"], np.max(np.abs(p - q)), 1e-12, f"{name}: linf")


def by_bins(p, q, values, name, n, m):
    """p and q are counts of bins."""
    filled = p + q > 0
    table = np.array([p[filled], q[filled]])
    chi2 = stats.chi2_contingency(table, correction=False)[0] if filled.sum() > 1 else 0
    near(values["chi2"], chi2, 1e-12, f"{name}: chi2")
    p, q = p / p.sum(), q / q.sum()
    near(values["jsd"], jensenshannon(p, q, base=2) ** 2, 1e-12, f"{name}: jsd")
    near(values["hellinger"], np.linalg.norm(np.sqrt(p) - np.sqrt(q)) / np.sqrt(2), 1e-12, f"{name}: hellinger")
    near(values["tv"], np.abs(p - q).sum() / 2, 1e-12, f"{name}: tv")
    near(values["overlap"], np.minimum(p, q).sum(), 1e-12, f"{name}: overlap")
    near(values["kl"], stats.entropy(p, q, base=2), 1e-12, f"{name}: kl")
    near(values["kl-reverse"], stats.entropy(q, p, base=2), 1e-12, f"{name}: kl-reverse")
    with np.errstate(all="ignore"):
        psi = np.where(p == q, 0, (p - q) * np.log(p / q)).sum()
    near(values["psi"], psi, 1e-12, f"{name}: psi")


def pair(a, b, name):
    """All measures of two samples, at three kinds of bins."""
    first, second = Sorted(a), Sorted(b)
    a, b = a.astype(np.float64), b.astype(np.float64)
    result = measure(first, second)
    in_order(a, b, values_of(result), name)
    alone = measure(first, second, measures=1, skips_atoms=True)
    ok(same(alone.measured[0], result.measured[0]), f"{name}: ks alone, to the bit")
    for low, high, n_bins in ((0, 1, 100), (-0.5, 2.25, 7), (a.min(), a.max() + 1e-3, 1000)):
        result = measure(first, second, low=low, high=high, n_bins=n_bins)
        counts = [np.histogram(x, n_bins, (low, high))[0] for x in (a, b)]
        if min(c.sum() for c in counts) > 0:
            by_bins(*counts, values_of(result), f"{name}, {n_bins} bins", len(a), len(b))
        ok((result.below.reference, result.above.candidate) == (np.sum(a < low), np.sum(b > high)),
           f"{name}, {n_bins} bins: what is outside")
    values, inverse = np.unique(np.concatenate([a, b]), return_inverse=True)
    counts = [np.bincount(i, minlength=len(values)) for i in np.split(inverse, [len(a)])]
    result = measure(first, second, is_exact=True)
    by_bins(*counts, values_of(result), f"{name}, exact", len(a), len(b))
    ok(same(result, measure_counts(values, *counts, is_exact=True)), f"{name}: counts, exact, to the bit")
    ok(same(measure(first, second), measure_counts(values, *counts)), f"{name}: counts, to the bit")


def exact_p(n, m, i):
    """SciPy's, of two samples at distance i / n: i of the one are below all others, which are equal."""
    return stats.ks_2samp(np.repeat([0, 1], [i, n - i]), np.ones(m), method="exact").pvalue


def normal(n, shift=0.0, scale=1.0):
    return rng.normal(shift, scale, n)


pair(normal(1), normal(1), "one and one")
pair(normal(5), normal(3, 1), "five and three")
pair(normal(2000), normal(3000, .1), "normal")
pair(normal(2500, 0, 3).astype(np.float32), normal(700, .5).astype(np.float32), "float32")
pair(rng.integers(0, 10, 4000) / 9, rng.integers(1, 12, 500) / 9, "ties")
pair(np.repeat(1.0, 9), np.repeat(1.0, 7), "all equal")
pair(np.repeat(1.0, 9), np.repeat(0.5, 7), "two values")
pair(rng.random(2000).astype(np.float16).astype(np.float32), np.zeros(300, np.float32), "zeros")
pair(np.round(normal(3000), 1), np.round(normal(3001, .3), 1), "rounded")
pair(np.exp(normal(900, 0, 30)), np.exp(normal(900, 0, 29)), "many orders of magnitude")

# Spilled.
with tempfile.TemporaryDirectory() as folder:
    for dtype in (np.float32, np.float64):
        a, b = (np.round(normal(100000, s), 4).astype(dtype) for s in (0, .01))
        memory = [Sorted(x) for x in (a, b)]
        spilled = [Sorted(x, 1, folder.encode()) for x in (a, b)]
        ok(not memory[0].is_spilled and spilled[0].is_spilled, f"{dtype.__name__}: one in memory, one spilled")
        ok(same(measure(*memory), measure(*spilled)), f"{dtype.__name__}: to the bit")
        ok(same(measure(*memory), measure(memory[0], spilled[1])), f"{dtype.__name__}: half of it")
        ok(os.listdir(folder) == [], f"{dtype.__name__}: no file has a name")
        near(values_of(measure(*spilled))["w1"], stats.wasserstein_distance(a, b), 1e-12, f"{dtype.__name__}: w1")

# p-values.
for n, m in ((1, 1), (5, 7), (64, 64), (50, 60), (300, 1000), (1, 400), (997, 1009)):
    for d in (.01, .05, .1, .21875, .3, .6, 1):
        i = max(round(d * n), 1)
        p = library.assay_ks_p(i / n, n, m, KS_EXACT, None)
        near(p, exact_p(n, m, i), 1e-12, f"exact p of {n} and {m}, distance {i / n:.4g}")
for x in (.05, .2, .5, .9, .99, 1, 1.01, 1.5, 2, 4, 9):
    near(library.assay_ks_p(x / 500, 500000, 500000, KS_SERIES, None), stats.kstwobign.sf(x), 1e-12, f"series at {x}")

# Published figures of digits, real and generated, if those are here.
def digits(path, n):
    with gzip.open(path) as file:
        return np.frombuffer(file.read()[16:], np.uint8)[:n * 784]


DATA = os.environ.get("ASSAY_SHARED_DATA", "")
if os.path.isdir(f"{DATA}/mnist-ganzoo"):
    real = digits(f"{DATA}/mnist/images-idx3-ubyte.gz", 1000)
    made = digits(f"{DATA}/mnist-ganzoo/idx/tf-WGAN-GP_e024-idx3-ubyte.gz", 48)
    counts = [np.bincount(x, minlength=256) for x in (real, made)]
    found = [values_of(measure_counts(np.arange(256) / scale, *counts, base=np.e, n_bins=n_bins))
             for scale, n_bins in ((255, 100), (256, 100), (256, 256))]
    near(found[0]["ks"], .03647236394557818, 1e-14, "digits: ks")
    near(found[0]["w1"], .0054541908430038675, 1e-14, "digits: w1")
    near(found[0]["jsd"], .005231179691844376, 1e-14, "digits: jsd, v/255")
    near(found[1]["jsd"], .007309819186535798, 1e-14, "digits: jsd, v/256")
    near(found[2]["jsd"], .01520461658297178, 1e-14, "digits: jsd, 256 bins")
done()
