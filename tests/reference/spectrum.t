#!/usr/bin/env python3
# reference/spectrum.t - azimuthal profiles against NumPy and SciPy.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random pictures of every type and size: assay-spectrum comes to what NumPy comes to from the
whole plane, ring by ring; under --compat=upconv to what the published way comes to (shift,
logarithm, sort, running sums), resampled by SciPy. Then pictures of the shared corpora against
numbers that were computed elsewhere. Skipped where python3 has no numpy or scipy.
"""
import io
import os
import random
import sys
import tarfile
import tempfile

try:
    import numpy
    from scipy.interpolate import interp1d
except ImportError:
    if os.path.exists("/usr/bin/python3") and os.path.realpath(sys.executable) != \
            os.path.realpath("/usr/bin/python3"):
        os.execv("/usr/bin/python3", ["/usr/bin/python3"] + sys.argv)
    print("1..0 # SKIP python3 has no numpy and scipy")
    sys.exit(0)

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True
from report import finish, report, run  # noqa: E402

ROUNDS = 30


def spectra(stream):
    with tarfile.open(fileobj=io.BytesIO(stream)) as tar:
        return [numpy.load(io.BytesIO(tar.extractfile(member).read()))
                for member in tar if member.name.endswith(".spectrum.npy")]


def profile(plane):
    """Mean power of each ring of the whole plane, in dB."""
    height, width = plane.shape
    longer = max(height, width)
    u, v = numpy.fft.fftfreq(width) * longer, numpy.fft.fftfreq(height) * longer
    ring = numpy.floor(numpy.sqrt(v[:, None] ** 2 + u ** 2) + 0.5).astype(int).ravel()
    power = numpy.abs(numpy.fft.fft2(plane)).ravel() ** 2 / plane.size
    with numpy.errstate(divide="ignore"):
        return numpy.maximum(10 * numpy.log10(numpy.bincount(ring, power) / numpy.bincount(ring)), -200)


def upconv(plane):
    """As published: argsort by radius, running sums, differences where the ring changes."""
    values = 20 * numpy.log(numpy.abs(numpy.fft.fftshift(numpy.fft.fft2(plane)) + 1e-8))
    y, x = numpy.indices(plane.shape)
    radius = numpy.hypot(x - (plane.shape[1] - 1) / 2, y - (plane.shape[0] - 1) / 2)
    order = numpy.argsort(radius.flat)
    ring = radius.flat[order].astype(int)
    change = numpy.where(ring[1:] - ring[:-1])[0]
    sums = numpy.cumsum(values.flat[order], dtype=float)
    return (sums[change[1:]] - sums[change[:-1]]) / (change[1:] - change[:-1])


def resampled(values, n):
    """As published, but for fewer than four values, which interp1d refuses."""
    kind = ["zero", "linear", "quadratic", "cubic"][min(len(values), 4) - 1]
    if len(values) == 1:
        return numpy.repeat(values, n)
    return interp1d(numpy.linspace(0, n, len(values)), values, kind=kind)(numpy.linspace(0, n, n))


def near(a, b, tolerance):
    return a.shape == b.shape and numpy.abs(a - b).max() <= tolerance


def try_picture(rng, folder):
    kind = rng.choice(["u1", "u2", "f4", "f8"])
    shape = rng.randint(1, 70), rng.randint(4, 70)
    random_values = numpy.random.default_rng(rng.randrange(1 << 30)).random(shape) ** 3
    values = (random_values * {"u1": 255, "u2": 65535}.get(kind, 1)).astype("<" + kind)
    path, points = os.path.join(folder, "x.npy"), rng.randint(2, 100)
    numpy.save(path, values)
    stream = run("assay-array", "--axes=row,column", "--field=pixels", path)
    plane, full_scale = values.astype(float), {"u1": 255, "u2": 65535}.get(kind, 1)
    found = spectra(run("assay-spectrum", "--only", "-", data=stream))[0]
    ok = near(found, profile(plane / full_scale), 1e-9)
    if len(upconv(plane)) == 0:
        return report(ok, "%s of %d x %d" % (kind, *shape))
    found = spectra(run("assay-spectrum", "--only", "--compat=upconv", "-", data=stream))[0]
    ok = ok and near(found, upconv(plane), 1e-9)
    found = spectra(run("assay-spectrum", "--only", "--compat=upconv", "--normalise=first",
                        "--points=%d" % points, "-", data=stream))[0]
    wanted = resampled(upconv(plane), points)
    ok = ok and near(found, wanted / wanted[0], 1e-9)
    report(ok, "%s of %d x %d, and %d points" % (kind, *shape, points))


def try_shared(shared):
    cases = [("celeba64/real/a/000.png", [216.66869239151566, 206.74970763852554, 198.19340148543046],
              5749.057462899556),
             ("celeba64-gan/dcgan-run4_e3_i5600/001.png",
              [198.28748305684712, 187.29977890327493, 176.23260867320607], 5394.841650865348)]
    for path, first, total in cases:
        if not os.path.exists(os.path.join(shared, path)):
            report(True, "%s # SKIP the shared corpora are not here" % path)
            continue
        found = spectra(run("assay-spectrum", "--only", "--compat=upconv", os.path.join(shared, path)))[0]
        report(found.shape == (43,) and near(found[:3], numpy.array(first), 1e-6) and
               abs(found.sum() / total - 1) < 1e-9, path)


def main():
    rng = random.Random(5)
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(ROUNDS):
            try_picture(rng, folder)
    try_shared(os.environ.get("ASSAY_SHARED_DATA", "no such folder"))
    finish()


main()
