#!/usr/bin/env python3
# reference/nearest.t - assay-nearest against brute force in NumPy. SPDX-License-Identifier: GPL-3.0-or-later
"""Random vectors and pictures, with ties and without, and MNIST where the shared data are: nearest
item, distance, flip and p are those of brute force in double precision, written anew here. Skipped
where python3 has no numpy.
"""
import gzip
import os
import subprocess
import sys
import tempfile

try:
    import numpy
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

rng = numpy.random.default_rng(3)
folder = tempfile.mkdtemp()


def weights(n, size):
    """How much of each of n pixels each of size takes: a mean over what it covers."""
    result = numpy.zeros((size, n))
    for i in range(size):
        for k in range(n):
            result[i, k] = max(0, min((k + 1) * size, (i + 1) * n) - max(k * size, i * n))
    return result


def reduce(pictures, size):
    """Area averages of u8 pictures, in whole numbers, halves up."""
    rows, columns = (weights(n, size) for n in pictures.shape[1:])
    sums = numpy.einsum("ik,nkl,jl->nij", rows, pictures.astype(float), columns)
    area = pictures.shape[1] * pictures.shape[2]
    return numpy.floor((2 * sums + area) // (2 * area))


def distances(a, b):
    """All squares, of whole numbers without any rounding."""
    return numpy.stack([((a - row) ** 2).reshape(len(a), -1).sum(axis=1) for row in b])


def table(*arguments):
    lines = run("assay-nearest", "-q", *arguments).decode().splitlines()
    rows = [line.split("\t") for line in lines]
    return [dict(zip(rows[0], row)) for row in rows[1:]]


def stream(name, array, *arguments):
    numpy.save(os.path.join(folder, name + ".npy"), array)
    path = os.path.join(folder, name + ".tar")
    with open(path, "wb") as file:
        file.write(run("assay-array", "-q", *arguments, os.path.join(folder, name + ".npy")))
    return path


def compare(name, rows, squares, own, to_distance):
    """squares[query, flip, item] against the rows; own: squares among the reference."""
    nearest = squares.min(axis=(1, 2))
    calibration = own.min(axis=1)
    good = len(rows) == len(nearest)
    for q, row in enumerate(rows):
        flip, item = min(((f, i) for i in range(squares.shape[2]) for f in range(squares.shape[1])
                          if squares[q, f, i] == nearest[q]), key=lambda at: (at[1], at[0]))
        p = (1 + (calibration <= nearest[q]).sum()) / (1 + len(calibration))
        distance = to_distance(nearest[q])
        good &= row["nearest"].endswith("[%d]" % item)
        good &= row["flipped"] == ("yes" if flip else "no")
        good &= abs(float(row["distance"]) - distance) <= 1e-14 * distance
        good &= abs(float(row["p"]) - p) < 1e-14
        if not good:
            report(False, name, "query %d: %s" % (q, row), "nearest %d, %r, p %r" % (item, distance, p))
            return
    report(True, name)


def pictures(name, reference, queries, size, flips):
    a, b = (stream(label, x, "--field=pixels", "--axes=item,row,column")
            for label, x in (("a", reference), ("b", queries)))
    ra, rb = reduce(reference, size), reduce(queries, size)
    ways = [rb, rb[:, :, ::-1]] if flips else [rb]
    squares = numpy.stack([distances(ra, way) for way in ways], axis=1)
    own = numpy.min([distances(ra, ra[:, :, ::d]) for d in ([1, -1] if flips else [1])], axis=0)
    numpy.fill_diagonal(own, numpy.inf)
    rows = table("--size=%d" % size, *([] if flips else ["--no-flip"]), a, b)
    compare(name, rows, squares, own, lambda s: numpy.sqrt(s / size ** 2) / 255)


for height, width, size, levels in ((28, 28, 16, 256), (5, 9, 4, 2), (3, 3, 16, 3), (16, 8, 1, 256)):
    made = [rng.integers(0, levels, (n, height, width)).astype(numpy.uint8) * (255 // (levels - 1))
            for n in (70, 40)]
    for flips in (True, False):
        pictures("%d x %d pixels of %d levels, reduced to %d, %s" %
                 (height, width, levels, size, "flipped too" if flips else "as they are"),
                 *made, size, flips)

for n_dims in (1, 7, 300):
    a, b = (rng.standard_normal((n, n_dims)).astype(numpy.float32) for n in (90, 50))
    paths = [stream(label, x, "--axes=item,value") for label, x in (("a", a), ("b", b))]
    own = distances(a.astype(float), a.astype(float))
    numpy.fill_diagonal(own, numpy.inf)
    squares = distances(a.astype(float), b.astype(float))
    found = table(*paths)
    good = all(row["nearest"].endswith("[%d]" % item)
               for row, item in zip(found, squares.argmin(axis=1)))
    good &= numpy.allclose([float(row["distance"]) for row in found], numpy.sqrt(squares.min(axis=1)),
                           rtol=1e-12, atol=0)
    report(good, "vectors of %d values" % n_dims)
    cosine = table("--cosine", *paths)
    wide = [x.astype(float) / numpy.linalg.norm(x.astype(float), axis=1)[:, None] for x in (a, b)]
    best = (1 - wide[1] @ wide[0].T).min(axis=1)
    report(numpy.allclose([float(row["distance"]) for row in cosine], best, rtol=0, atol=1e-6),
           "cosines of %d values" % n_dims)

data = os.environ.get("ASSAY_SHARED_DATA", "") + "/mnist/images-idx3-ubyte.gz"
if os.path.exists(data):
    with gzip.open(data) as file:
        mnist = numpy.frombuffer(file.read(), numpy.uint8, offset=16).reshape(-1, 28, 28)
    pictures("MNIST", mnist[:1500], mnist[1500:1600], 16, True)
else:
    print("# MNIST: the reference data is not here (ASSAY_SHARED_DATA)")
subprocess.run(["rm", "-rf", folder], check=True)
finish()
