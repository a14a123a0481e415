#!/usr/bin/env python3
# reference/values.t - distributions against NumPy. SPDX-License-Identifier: GPL-3.0-or-later
"""Random arrays, and generated and real digits where this machine has them, mined by assay-mine: the
cells are those of numpy.unique, of floats of the 16 highest bits of float32; the bins those of
numpy.histogram; the moments those of the formulas; and the kept groups are those of the smallest
numbers, as hashlib has them. Skipped where python3 has no numpy.
"""
import gzip
import hashlib
import io
import json
import os
import sys

try:
    import numpy as np
except ImportError:
    if os.path.exists("/usr/bin/python3") and os.path.realpath(sys.executable) != \
            os.path.realpath("/usr/bin/python3"):
        os.execv("/usr/bin/python3", ["/usr/bin/python3"] + sys.argv)
    print("1..0 # SKIP python3 has no numpy")
    sys.exit(0)

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True
from report import finish, report, run  # noqa: E402

SHARED = os.environ.get("ASSAY_SHARED_DATA", "")
NAME = "demo"


def mined(array, full_scale=None):
    """The variable of an array with an item axis, and the spec."""
    out = io.BytesIO()
    np.save(out, array)
    axes = ["item", "a", "b", "c"][:array.ndim]
    options = [] if full_scale is None else [f"--meta=full_scale={full_scale}"]
    stream = run("assay-array", "-q", "--axes=" + ",".join(axes), "--field=x", "--name=" + NAME,
                 *options, data=out.getvalue())
    spec = json.loads(run("assay-mine", "-q", data=stream))
    return spec["distributions"]["x"], spec


def cells_of(values):
    """(cell, is its bound) of floats, by the bits of float32."""
    rounded = (values.astype(np.float64) + 0.0).astype(np.float32) + np.float32(0)
    bits = rounded.view(np.uint32).astype(np.uint64)
    ordered = np.where(bits >> 31 != 0, bits ^ 0xffffffff, bits ^ 0x80000000)
    exact = (bits & 0xffff == 0) & (rounded.astype(np.float64) == values.astype(np.float64))
    return (ordered >> 16).astype(int), exact


def counted(values, scale):
    """{cell: (count, exact)} of finite values."""
    if scale["integer"]:
        cells, exact = values.astype(int) - scale["offset"], np.zeros(len(values), bool)
    else:
        cells, exact = cells_of(values)
    counts = np.bincount(cells, minlength=65536)
    exacts = np.bincount(cells, weights=exact, minlength=65536).astype(int)
    return {int(c): (int(counts[c]), int(exacts[c])) for c in np.flatnonzero(counts)}


def moments(values):
    """Mean, variance, skewness, kurtosis of the finite values of an item; None for what is none."""
    return [None if m is None or not abs(m) < 2 ** 53 else m for m in all_moments(values)]


def all_moments(values):
    values = values[np.isfinite(values)]
    if len(values) == 0:
        return [None] * 4
    d = values - values.mean()
    m2, m3, m4 = ((d ** k).mean() for k in (2, 3, 4))
    if len(np.unique(values)) == 1:
        return [values.mean(), 0.0, None, None]
    return [values.mean(), m2, m3 / m2 ** 1.5, m4 / m2 ** 2]


def same_moments(text, items):
    """Whether the sums are those of the items."""
    for pair, of in zip(text.split(), zip(*items)):
        known = [m for m in of if m is not None]
        total, n = map(int, pair.split("/"))
        if n != len(known) or abs(total / 2 ** 40 - sum(known)) > 1e-9 * max(n, 1) * max(
                [1] + [abs(m) for m in known]):
            return False
    return True


def number_of(index):
    """Of the group that item @index of the array is."""
    mask = (1 << 64) - 1
    digest = hashlib.sha256(f"source\n{NAME}\n{SOURCE}\narray".encode()).digest()
    z = (int.from_bytes(digest[:8], "big") + (index + 1) * 0x9e3779b97f4a7c15) & mask
    z = ((z ^ z >> 30) * 0xbf58476d1ce4e5b9) & mask
    z = ((z ^ z >> 27) * 0x94d049bb133111eb) & mask
    return z ^ z >> 31


def unpacked(text):
    cells = {}
    for entry in text.split():
        cell, count, *exact = map(int, entry.split(":"))
        cells[cell] = (count, exact[0] if exact else 0)
    return cells


def compare(name, array, full_scale=None):
    global SOURCE
    variable, spec = mined(array, full_scale)
    SOURCE = spec["sources"]["rows"][0][1]
    scale = variable["scale"]
    divisor = 1 if full_scale is None else full_scale
    items = array.reshape(len(array), -1)
    raw = items.astype(np.float64)
    values = raw / divisor
    finite = np.isfinite(values)
    report(variable["non_finite"] == int((~finite).sum()), f"{name}: what is no number")
    cells = {row[0]: (row[1], (row + [0])[2]) for row in variable["cells"]["rows"]}
    flat = raw.ravel() if scale["integer"] else values[finite]
    report(cells == counted(flat, scale), f"{name}: {len(cells)} cells")
    report(same_moments(variable["moments"], [moments(v) for v in values]), f"{name}: moments")
    numbers = sorted((number_of(i), i) for i in range(len(array)))
    kept = [(int(row[0], 16), unpacked(row[3])) for row in variable["groups"]["rows"]]
    wanted = [(h, counted((raw[i] if scale["integer"] else values[i][finite[i]]), scale))
              for h, i in numbers[:len(kept)]]
    report(kept == wanted, f"{name}: {len(kept)} groups, each alone")
    dropped = None if len(kept) == len(array) else f"{numbers[len(kept)][0]:016x}"
    total = sum(len(cells) for _, cells in kept)
    report(variable["dropped_from"] == dropped and len(kept) <= 4096 and total <= 1 << 20 and
           (dropped is None or len(kept) == 4096 or total + len(counted(
               raw[numbers[len(kept)][1]], scale)) > 1 << 20), f"{name}: as many as are to be kept")
    if scale["range"] is not None and not scale["integer"]:
        low, high = scale["range"]
        inside = values[finite]
        bins, _ = np.histogram(inside, 100, (low, high))
        report(variable["bins"] == {"counts": bins.tolist(), "below": int((inside < low).sum()),
                                    "above": int((inside > high).sum())}, f"{name}: bins")


rng = np.random.default_rng(1)
mixed = np.where(rng.random((50, 40)) < 0.3, rng.integers(-2, 3, (50, 40)) / 2,
                 rng.normal(0.4, 0.5, (50, 40)))
mixed[3, 4], mixed[7], mixed[8, :5] = np.nan, np.inf, -0.0
compare("fractions", mixed, 1)
compare("32-bit fractions", mixed.astype(np.float32), 2)
compare("very large and small", rng.normal(0, 1, (20, 30)) * 10.0 ** rng.integers(-44, 38, (20, 30)))
compare("bytes", rng.integers(0, 256, (5000, 7)).astype(np.uint8), 255)
compare("bytes with a sign", rng.integers(-128, 128, (30, 70000)).astype(np.int8))
compare("16 bits", rng.integers(0, 65536, (40, 40000)).astype(np.uint16), 65535)
compare("16 bits with a sign", rng.integers(-32768, 32768, (10, 100)).astype(np.int16))
compare("32 bits", rng.integers(-2 ** 31, 2 ** 31, (10, 100)).astype(np.int32))

digits = os.path.join(SHARED, "mnist", "images-idx3-ubyte.gz")
if os.path.exists(digits):
    with gzip.open(digits) as file:
        compare("real digits", np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 28, 28),
                256)
    for made in ("lsgan", "iwgan_linear"):
        array = np.load(os.path.join(SHARED, "mnist-gan", made + ".npy"))
        compare(made, array.reshape(len(array), 28, 28)[:1000], 1)
else:
    report(True, "real digits # SKIP no reference data on this machine")
finish()
