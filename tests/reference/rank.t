#!/usr/bin/python3
# rank.t - the items that assay-compare --rank lists, beside NumPy: p, q and what gives them away, made
# again of the table of assay-features.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))

from beside_scipy import np, stats, ok, near, done

DATA = os.environ.get("ASSAY_SHARED_DATA", "")
BIN = os.path.join(os.environ.get("ASSAY_BUILD", "build"), "bin")
REAL, FAKE = os.path.join(DATA, "celeba64", "real"), os.path.join(DATA, "celeba64-gan", "WGAN_e010")
if not (os.path.isdir(REAL) and os.path.isdir(FAKE)):
    print("1..0 # SKIP the reference data is not here (ASSAY_SHARED_DATA)")
    sys.exit(0)

WIDTHS = {"intensity": 2, "atoms": 3, "edges": 19, "moments": 9, "noise": 3, "quality": 4, "spikes": 3,
          "profile": 32}
TAIL, MOST = 0.05, 10


def table(*command):
    text = subprocess.run(command, check=True, capture_output=True, text=True,
                          env={**os.environ, "PATH": f"{BIN}:/usr/bin"}).stdout
    lines = [line.split("\t") for line in text.splitlines()]
    return lines[0], lines[1:]


def features(folder):
    names, rows = table("assay-features", "-q", "--clip", folder)
    return names[1:], [row[0] for row in rows], np.array(
        [[float("nan") if cell == "NA" else float(cell) for cell in row[1:]] for row in rows])


def same(a, b):
    return abs(a - b) <= 1e-12 * max(abs(a), abs(b))


def deviation(others, value):
    """How far a value is from others."""
    there = others[np.isfinite(others)]
    if not np.isfinite(value):
        missing = len(others) - len(there)
        return TAIL * len(others) / missing if missing else np.inf
    if not len(there):
        return np.inf
    low, median, high = np.quantile(there, [TAIL, 0.5, 1 - TAIL])
    if same(value, median):
        return 0
    end, outermost = (high, there.max()) if value > median else (low, there.min())
    end = outermost if same(end, median) else end
    return np.inf if same(end, median) else abs(value - median) / abs(end - median)


def blocks(row, others):
    far = np.array([deviation(others[:, i], row[i]) for i in range(len(row))])
    parts = np.split(far, np.cumsum(list(WIDTHS.values()))[:-1])
    return parts, np.array([(np.minimum(part, MOST) ** 2).sum() for part in parts])


names, _, real = features(REAL)
ok(len(names) == sum(WIDTHS.values()), "the features are those known here")
scores = np.array([blocks(row, np.delete(real, i, axis=0))[1] for i, row in enumerate(real)])
_, items, fake = features(FAKE)
wanted = {}
for item, row in zip(items, fake):
    parts, own = blocks(row, real)
    p = (1 + (scores >= own).sum(axis=0)) / (len(real) + 1)
    first = min(range(len(p)), key=lambda b: (p[b], -parts[b].max()))
    at = sum(list(WIDTHS.values())[:first]) + int(parts[first].argmax())
    simes = (np.sort(p) * len(p) / np.arange(1, len(p) + 1)).min()
    wanted[item] = simes, list(WIDTHS)[first], names[at], row[at], parts[first].max()
adjusted = stats.false_discovery_control([w[0] for w in wanted.values()]) if hasattr(
    stats, "false_discovery_control") else None

columns, rows = table("assay-compare", "-q", f"--rank={len(fake)}", REAL, FAKE)
rows = [dict(zip(columns, row)) for row in rows]
ok(len(rows) == len(fake), "a row for each item")
ok(all(abs(float(row["p"]) - wanted[row["item"]][0]) <= 1e-12 for row in rows), "p of all items")
ok(all((row["features"], row["feature"]) == wanted[row["item"]][1:3] for row in rows), "what gives them away")
ok(all(abs(float(row["value"]) - wanted[row["item"]][3]) <= 1e-12 for row in rows), "its values")
ok(all(np.isclose(float(row["deviation"]), wanted[row["item"]][4], rtol=1e-9) for row in rows), "deviations")
order = [(float(row["p"]), -float(row["deviation"])) for row in rows]
ok(order == sorted(order), "the order of rows")
ps = np.array([float(row["p"]) for row in rows])
rank = np.searchsorted(np.sort(ps), ps, side="right")
least = [min(1, min(ps[k] * len(ps) / rank[k] for k in range(len(ps)) if ps[k] >= p)) for p in ps]
near(max(abs(float(row["q"]) - q) for row, q in zip(rows, least)), 0, 1e-12, "q of all items")
if adjusted is not None:
    by_item = dict(zip(wanted, adjusted))
    near(max(abs(float(row["q"]) - by_item[row["item"]]) for row in rows), 0, 1e-12, "q as SciPy has it")
done()
