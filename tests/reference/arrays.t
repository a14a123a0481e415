#!/usr/bin/env python3
# reference/arrays.t - assay-array and assay-show against NumPy. SPDX-License-Identifier: GPL-3.0-or-later
"""Random arrays of every type, shape and order, written by NumPy as .npy, .npz, raw bytes and text,
come out of assay-array as NumPy has them: where they are little-endian and in C order, to the byte.
Skipped where python3 has no numpy.
"""
import io
import os
import random
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

AXES = ["item", "b", "c", "d", "e", "f", "g", "h"]


def saved(array):
    out = io.BytesIO()
    numpy.save(out, array)
    return out.getvalue()


def through(*arguments, data=None, field="array"):
    """What comes out as .npy."""
    return run("assay-show", "-f", field, "--npy", data=run("assay-array", *arguments, data=data))


def draw(rng):
    """An array of any type, order and shape that NumPy writes and we read."""
    kind = rng.choice(["u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f2", "f4", "f8", "b1"])
    n_axes = rng.choice([0, 1, 1, 2, 2, 3, 3, 4, 8])
    shape = [rng.randint(1, 3 if n_axes > 4 else 6) for _ in range(n_axes)]
    if n_axes > 0 and rng.random() < 0.1:
        shape[0] = 0
    count = int(numpy.prod(shape, dtype=int)) if shape else 1
    if kind == "b1":
        values = numpy.array([rng.random() < 0.5 for _ in range(count)], dtype=bool)
    elif kind[0] == "f":
        special = [float("nan"), float("inf"), float("-inf"), -0.0, 6e-8, 65504.0]
        values = numpy.array([rng.choice(special) if rng.random() < 0.2 else rng.gauss(0, 100)
                              for _ in range(count)])
    else:
        values = numpy.frombuffer(rng.randbytes(count * int(kind[1])), dtype="<" + kind)
    array = values.astype(rng.choice("<>") + kind).reshape(shape)
    return numpy.asfortranarray(array) if n_axes > 0 and rng.random() < 0.5 else array


def expected(array):
    """As .npy, in the form that streams have."""
    kind = {"f2": "f4", "b1": "u1"}.get(array.dtype.str[1:], array.dtype.str[1:])
    # ascontiguousarray() would make one axis of none.
    return saved(numpy.array(array, dtype="<" + kind, order="C"))


def axes_of(array):
    return "--axes=" + ",".join(AXES[:array.ndim])


def check_npy(rng, folder):
    path = os.path.join(folder, "x.npy")
    for trial in range(60):
        array = draw(rng)
        numpy.save(path, array)
        found = through(axes_of(array), path)
        if found != expected(array):
            return "trial %d: %s of shape %s" % (trial, array.dtype, array.shape)
    return None


def check_npz(rng, folder):
    path = os.path.join(folder, "x.npz")
    for trial in range(30):
        arrays = {"a": draw(rng), "b": draw(rng), "c": draw(rng)}
        name = rng.choice("abc")
        save = rng.choice([numpy.savez, numpy.savez_compressed])
        save(path, **arrays)
        wanted, axes = expected(arrays[name]), axes_of(arrays[name])
        if through(axes, "--member=" + name, path) != wanted:
            return "trial %d: a file of %s" % (trial, save.__name__)
        if run("assay-show", "-f", name, "--npy", path) != wanted:
            return "trial %d: assay-show of %s" % (trial, save.__name__)
        piped = subprocess.run([sys.executable, "-c", "import numpy, sys\n"
                                "numpy.%s(sys.stdout.buffer, **numpy.load(sys.argv[1]))" %
                                save.__name__, path], stdout=subprocess.PIPE, check=True).stdout
        if through(axes, "--member=" + name, data=piped) != wanted:
            return "trial %d: a pipe of %s" % (trial, save.__name__)
    return None


def check_raw(rng, folder):
    path = os.path.join(folder, "x.raw")
    names = {"u": "u", "i": "i", "f": "f"}
    for trial in range(40):
        array = numpy.array(draw(rng), order="C")
        kind, size = array.dtype.kind, array.dtype.itemsize
        with open(path, "wb") as file:
            file.write(array.tobytes())
        shape = [str(n) for n in array.shape]
        if shape and array.size > 0:
            shape[rng.randrange(len(shape))] = "*"
        options = ["--type=" + ("bool" if kind == "b" else "%s%d" % (names[kind], 8 * size)),
                   "--shape=" + ",".join(shape), axes_of(array)]
        if array.dtype.byteorder == ">":
            options.append("--big-endian")
        if through(*options, path) != expected(array):
            return "trial %d: %s" % (trial, " ".join(options))
        stream = run("assay-array", *options, path)
        raw = run("assay-show", "-f", "array", "--raw=same", data=stream)
        if raw != numpy.load(io.BytesIO(expected(array))).tobytes():
            return "trial %d: --raw of %s" % (trial, " ".join(options))
    return None


def check_table(rng, folder):
    path = os.path.join(folder, "x.tsv")
    for trial in range(20):
        rows, columns = rng.randint(0, 9), rng.randint(1, 5)
        array = numpy.array([rng.gauss(0, 1) * 10.0 ** rng.randint(-300, 300)
                             for _ in range(rows * columns)]).reshape(rows, columns)
        header = "\t".join("c%d" % i for i in range(columns))
        with open(path, "w") as file:
            numpy.savetxt(file, array, "%.17g", "\t", header=header, comments="")
        if through(path) != saved(array):
            return "trial %d" % trial
    return None


def check_counts(rng, folder):
    """The non-finite values that the metadata count are those that NumPy finds."""
    path = os.path.join(folder, "x.npy")
    for trial in range(20):
        array = draw(rng)
        numpy.save(path, array)
        text = run("assay-show", "-l", data=run("assay-array", axes_of(array), path)).decode()
        found = [int(line.split()[1]) for line in text.splitlines() if "non_finite" in line]
        wanted = int(numpy.sum(~numpy.isfinite(array)))
        if found != ([wanted] if wanted else []):
            return "trial %d: %s, not %d" % (trial, found, wanted)
    return None


print("TAP version 13")
for check in (check_npy, check_npz, check_raw, check_table, check_counts):
    with tempfile.TemporaryDirectory() as folder:
        fault = check(random.Random(check.__name__), folder)
    report(fault is None, check.__name__, str(fault))
finish()
