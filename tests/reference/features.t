#!/usr/bin/env python3
# reference/features.t - centroids, features and baselines of pictures against NumPy.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random pictures of every type and size, with and without items and colours: assay-centroid,
assay-features and assay-baseline upconv come to what NumPy comes to, which goes other ways about
it. Then pictures of the shared corpora against numbers that were computed elsewhere. Skipped where
python3 has no numpy and scipy.
"""
import io
import os
import random
import sys
import tarfile
import tempfile

try:
    import numpy
    from scipy import interpolate
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

ROUNDS = 60
EDGES = [0, 1, 2, 3, 5, 9, 17, 33, 65, 97, 129, 161, 193, 225, 240, 248, 252, 254, 255, 256]


def fields(stream):
    """The arrays of a stream of one sample, by the names of their fields."""
    found = {}
    with tarfile.open(fileobj=io.BytesIO(stream)) as tar:
        for member in tar:
            if member.name.endswith(".npy"):
                array = numpy.load(io.BytesIO(tar.extractfile(member).read()))
                found.setdefault(member.name.split(".")[-2], []).append(array)
    return {name: numpy.concatenate(parts) if parts[0].ndim > 0 and len(parts) > 1 else parts[0]
            for name, parts in found.items()}


def table(text):
    """Columns by their names, NA as NaN; the first is text."""
    head, *rows = [line.split("\t") for line in text.decode().splitlines()]
    return {name: [row[i] if i == 0 else float(row[i].replace("NA", "nan")) for row in rows]
            for i, name in enumerate(head)}


def draw(rng):
    """Pictures, always with an item axis; how they are written; whether that has one."""
    kind = rng.choice(["u1", "u2", "f4", "f8"])
    items, rows, columns = rng.choice([1, 1, 3]), rng.randint(1, 40), rng.randint(1, 300)
    shape = [items, rows, columns] + rng.choice([[], [], [1], [3]])
    values = numpy.random.default_rng(rng.randrange(1 << 30)).random(shape) ** 3
    values[values < rng.choice([0, 0.3])] = 0
    if rng.random() < 0.5:
        values[:, :, rng.randrange(columns)] = 0
    if kind[0] == "u":
        values = numpy.floor(values * (256 if kind == "u1" else 65536))
    return values.astype("<" + kind)


def grey(pictures):
    if pictures.ndim == 3:
        return pictures.astype(float)
    if pictures.shape[3] == 1:
        return pictures[..., 0].astype(float)
    weights = numpy.array([4899, 9617, 1868])
    if pictures.dtype.kind == "u":
        return ((pictures.astype(numpy.int64) @ weights + 8192) >> 14).astype(float)
    return pictures.astype(float) @ weights / 16384


def centroids(planes, full_scale, ink):
    with numpy.errstate(all="ignore"):
        sums = planes.sum(1)
        found = numpy.tensordot(numpy.arange(planes.shape[1]), planes, (0, 1)) / sums
    return numpy.where(sums / full_scale <= ink, numpy.nan, found)


def slopes(found, window):
    fits = [[numpy.polyfit(range(window), row[i:i + window], 1)[0]
             if numpy.isfinite(row[i:i + window]).all() else numpy.nan
             for i in range(len(row) - window + 1)] for row in found]
    return numpy.array(fits).reshape(len(found), -1)


def near(a, b, tolerance=1e-9):
    a, b = numpy.asarray(a, float), numpy.asarray(b, float)
    return a.shape == b.shape and numpy.allclose(a, b, tolerance, tolerance, equal_nan=True)


def moments(values):
    values = values[numpy.isfinite(values)]
    if len(values) == 0:
        return [numpy.nan] * 4
    mean, variance = values.mean(), values.var()
    if variance <= 1e-28 * mean ** 2:
        return [mean, variance, numpy.nan, numpy.nan]
    scaled = (values - mean) / variance ** 0.5
    return [mean, variance, (scaled ** 3).mean(), (scaled ** 4).mean()]


def expected_noise(plane):
    if min(plane.shape) < 3:
        return numpy.nan
    mask = numpy.outer([1, -2, 1], [1, -2, 1])
    windows = numpy.lib.stride_tricks.sliding_window_view(plane, (3, 3))
    return (numpy.pi / 2) ** 0.5 / 6 * abs(numpy.einsum("ijkl,kl->ij", windows, mask)).mean()


def expected_quality(plane, full_scale):
    """Noise and quality of one picture, grey."""
    plane = plane * 255 / full_scale
    if min(plane.shape) < 2:
        return [expected_noise(plane), numpy.nan, numpy.nan]
    wide = numpy.pad(plane, 1, mode="reflect")
    laplacian = wide[:-2, 1:-1] + wide[2:, 1:-1] + wide[1:-1, :-2] + wide[1:-1, 2:] - 4 * plane
    even = plane[:plane.shape[0] // 2 * 2, :plane.shape[1] // 2 * 2]
    halved = even.reshape(even.shape[0] // 2, 2, -1, 2).mean((1, 3))
    share = 1 - halved.var() / even.var() if numpy.ptp(even) > 0 else numpy.nan
    return [expected_noise(plane), laplacian.var(), share]


def expected_colours(picture, full_scale):
    if picture.ndim < 3 or picture.shape[2] != 3:
        return [numpy.nan] * 3
    red, green, blue = numpy.moveaxis(picture * 255.0 / full_scale, 2, 0)
    rg, yb = red - green, (red + green) / 2 - blue
    most, least = picture.max(2).astype(float), picture.min(2).astype(float)
    saturation = numpy.divide(most - least, most, out=numpy.zeros_like(most), where=most > 0)
    return [expected_noise(rg), numpy.hypot(rg.std(), yb.std()) +
            0.3 * numpy.hypot(rg.mean(), yb.mean()), saturation.mean()]


def expected_spikes(level):
    counts = numpy.bincount(level.astype(int), minlength=256).astype(float)
    wide = numpy.pad(counts, 2, constant_values=numpy.nan)
    beside = numpy.nanmean([wide[:-4], wide[1:-3], wide[3:-1], wide[4:]], 0)
    spikes = numpy.flatnonzero((counts >= max(10, level.size / 100)) & (counts > 8 * beside))
    excess = (counts - beside)[spikes]
    return [len(spikes), excess.sum() / level.size,
            spikes[excess.argmax()] if len(spikes) else numpy.nan]


def expected_profile(plane, full_scale):
    """A ring at a time, and SciPy's spline."""
    power = abs(numpy.fft.fft2(plane / full_scale)) ** 2 / plane.size
    longer = max(plane.shape)
    v, u = (numpy.fft.fftfreq(n, 1 / n).round() * longer / n for n in plane.shape)
    ring = numpy.floor(numpy.sqrt(v[:, None] ** 2 + u ** 2) + 0.5).astype(int)
    rings = numpy.array([power[ring == k].mean() for k in range(ring.max() + 1)])
    values = numpy.maximum(10 * numpy.log10(numpy.maximum(rings, 1e-30)), -200)
    at = numpy.linspace(0, len(values) - 1, 32)
    if len(values) < 4:
        return numpy.polyval(numpy.polyfit(range(len(values)), values, len(values) - 1), at)
    return interpolate.CubicSpline(range(len(values)), values, bc_type="not-a-knot")(at)


def expected_features(pictures, planes, full_scale, found, slope):
    flat = pictures.reshape(len(pictures), -1).astype(float)
    level = numpy.clip(numpy.floor(flat / full_scale * 255 + 0.5), 0, 255)
    edges = [numpy.sqrt(numpy.histogram(row, EDGES)[0] / row.size) for row in level]
    for i, row in enumerate(flat):
        scaled = planes[i].ravel() / full_scale
        noise, laplacian, share = expected_quality(planes[i], full_scale)
        noise_rg, colours, saturation = expected_colours(pictures[i], full_scale)
        yield ([scaled.mean(), scaled.std(), (row == 0).mean(), (row == full_scale).mean(),
                ((level[i] == 1) | (level[i] == 2)).mean()] + list(edges[i]) +
               moments(found[i]) + moments(slope[i] if slope.size else slope.ravel()) +
               [numpy.isnan(found[i]).mean(), noise, noise_rg,
                noise_rg / noise if noise > 0 else numpy.nan,
                laplacian, share, colours, saturation] +
               expected_spikes(level[i]) + list(expected_profile(planes[i], full_scale)))


def expected_upconv(picture, factor, method, kernel):
    """One axis at a time, as a matrix: first to be reduced, then to be brought back."""
    def matrix(n):
        low = -(-n // factor)
        down = numpy.zeros((low, n))
        for j in range(low):
            down[j, j * factor:(j + 1) * factor] = 1
        down /= down.sum(1, keepdims=True)
        up = numpy.zeros((n, low))
        for i in range(n):
            if method == "nearest":
                up[i, i // factor] = 1
            elif method == "bilinear":
                centres = numpy.arange(low) * factor + (factor - 1) / 2
                up[i] = [numpy.interp(i, centres, unit) for unit in numpy.eye(low)]
            else:
                for place in range(i - kernel // 2, i + kernel // 2 + 1):
                    j, rest = divmod(place - (factor - 1) // 2, factor)
                    if rest == 0:
                        up[i, min(max(j, 0), low - 1)] += factor / kernel
        return up @ down
    return numpy.einsum("ij,jk...,lk->il...", matrix(picture.shape[0]), picture.astype(float),
                        matrix(picture.shape[1]))


def try_pictures(rng, folder):
    pictures = draw(rng)
    full_scale = {"u1": 255, "u2": 65535}.get(pictures.dtype.str[1:], 1)
    ink, window = rng.choice([0, 0, 0.5, 4]), rng.choice([7, 7, 2, 12])
    is_one = len(pictures) == 1 and rng.random() < 0.7
    path = os.path.join(folder, "x.npy")
    numpy.save(path, pictures[0] if is_one else pictures)
    axes = ["item", "row", "column", "channel"][is_one:pictures.ndim]
    stream = run("assay-array", "--field=pixels", "--axes=" + ",".join(axes), path)
    out = run("assay-centroid", f"--ink={ink}", f"--window={window}", data=stream)
    arrays, planes = fields(out), grey(pictures)
    found = centroids(planes, full_scale, ink)
    slope = slopes(found, window)
    what = f"{pictures.dtype} {pictures.shape}, ink {ink}, window {window}"
    own = arrays["centroid"].reshape(found.shape)
    report(near(own, found), f"centroids of {what}", f"{own} is not {found}")
    own = arrays.get("slope", numpy.zeros(0)).reshape(slope.shape)
    report(near(own, slope, 1e-7), f"slopes of {what}", f"{own} is not {slope}")
    rows = table(run("assay-features", data=out))
    names = list(rows)[1:]
    expected = list(expected_features(pictures, planes, full_scale, found, slope))
    own = [[rows[name][i] for name in names] for i in range(len(expected))]
    worst = [(name, own[i][k], row[k]) for i, row in enumerate(expected)
             for k, name in enumerate(names) if not near(own[i][k], row[k], 1e-6)]
    report(len(names) == len(expected[0]) and not worst, f"features of {what}", worst)
    factor, kernel = rng.choice([2, 2, 3, 5]), rng.choice([1, 3, 5])
    method = rng.choice(["nearest", "bilinear", "bed-of-nails"])
    options = [f"--factor={factor}", f"--method={method}"]
    if method == "bed-of-nails":
        options.append(f"--kernel={kernel}")
    own = fields(run("assay-baseline", "upconv", *options, data=stream))["pixels"]
    own = own.reshape(pictures.shape)
    back = numpy.stack([expected_upconv(one, factor, method, kernel) for one in pictures])
    if pictures.dtype.kind == "u":
        back = numpy.clip(back, 0, full_scale)
        ok = (abs(own - back) <= 0.5 + 1e-6).all()
    else:
        ok = near(own, back, 1e-6)
    report(ok and own.dtype == pictures.dtype, f"upconv {' '.join(options)} of {what}")


def shared(*names):
    path = os.path.join(os.environ.get("ASSAY_SHARED_DATA", ""), *names)
    return path if os.path.exists(path) else None


def mean_moments(path):
    """Means over pictures, those left out that have none."""
    stream = run("assay-array", "--field=pixels", "--axes=item,row,column", path)
    rows = table(run("assay-features", "--features=moments", data=stream))
    return [numpy.nanmean(rows["centroid_" + name])
            for name in ("mean", "variance", "skewness", "kurtosis")]


def try_shared():
    for name, expected in (("lsgan", [13.07894, 26.63873, -0.12559, 2.96093]),
                           ("iwgan", [12.43846, 31.57641, -0.23055, 2.72434])):
        path = shared("mnist-gan", name + ".npy")
        if path is None:
            report(True, f"{name} # SKIP the shared corpora are not here")
            continue
        own = mean_moments(path)
        report(near(own, expected, 1e-5), f"moments of {name}", f"{own} is not {expected}")
    path = shared("celeba64", "real", "a", "000.png")
    if path is None:
        report(True, "a face # SKIP the shared corpora are not here")
        return
    rows = table(run("assay-features", "--features=moments", path))
    expected = [34.699596334741486, 16.901890532462183, -1.3222040169808005, 4.064412290131756,
                0.23867589835526787, 0.3811211115438447]
    own = [values[0] for name, values in list(rows.items())[1:7]]
    report(near(own, expected, 1e-9), "moments of a face", f"{own} is not {expected}")
    for path, expected in (
            (path, [2.5042372833874222, 0.7869078226875545, 1469.8030030727386, 53.28227085107178]),
            (shared("celeba64-gan", "dcgan-run4_e3_i5600", "001.png"),
             [2.669704745585033, 2.561403710392968, 715.5557546615601, 44.68809771811204])):
        rows = table(run("assay-features", "--features=noise,quality", path))
        own = [rows[name][0] for name in ("noise_grey", "noise_rg", "laplacian_variance",
                                          "colourfulness")]
        report(near(own, expected, 1e-12), "noise of " + os.path.basename(path), f"{own} is not {expected}")


rng = random.Random(1)
with tempfile.TemporaryDirectory() as scratch:
    for _ in range(ROUNDS):
        try_pictures(rng, scratch)
try_shared()
finish()
