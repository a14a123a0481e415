#!/usr/bin/env python3
# reference/averages.t - average spectra, cosine statistics and combs against SciPy.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random pictures of every type and size: the averages of assay-spectrum come to what median_filter,
fft2 and dctn of SciPy come to. Random sounds: the mean spectrum and the strongest comb come to what
NumPy finds by trying all. Then the shared corpora: what is said to stand out of generated pictures
and sounds does, and of real ones it does not. Skipped where python3 has no numpy and scipy.
"""
import io
import os
import sys
import tarfile
import tempfile
import wave

try:
    import numpy
    from scipy import fft, ndimage
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

FRAME, HOP, AROUND, FIRST, LAST = 4096, 1024, 25, 50, 2046


def fields(stream):
    """The arrays of a stream of one sample, by the names of their fields."""
    with tarfile.open(fileobj=io.BytesIO(stream)) as tar:
        return {member.name.split(".")[-2]: numpy.load(io.BytesIO(tar.extractfile(member).read()))
                for member in tar if member.name.endswith(".npy")}


def table(text):
    """Rows as dictionaries, NA as NaN where there are numbers."""
    head, *rows = [line.split("\t") for line in text.decode().splitlines()]
    return [{name: cell if name in ("set", "item", "kind") else float(cell.replace("NA", "nan"))
             for name, cell in zip(head, row)} for row in rows]


def near(got, wanted, tolerance=1e-9):
    return got.shape == wanted.shape and bool(numpy.all(abs(got - wanted) <= tolerance))


def check_pictures(folder, rng, case):
    kind = ["u1", "u2", "f4"][case % 3]
    shape = rng.integers(1, 5), rng.integers(1, 40), rng.integers(1, 50)
    full = {"u1": 255, "u2": 65535, "f4": 1}[kind]
    values = (rng.random(shape) ** 2 * full).astype(kind)
    path = os.path.join(folder, "x.npy")
    numpy.save(path, values)
    stream = run("assay-image", "-q", "--axes=item,row,column", path)
    levels = values.astype("f8") * (255 / full)
    residuals = numpy.array([plane - ndimage.median_filter(plane, 5, mode="nearest")
                             for plane in levels])
    spectra = fft.fft2(residuals)
    incoherent = fft.fftshift(numpy.log(abs(spectra) + 1e-6).mean(0))
    coherent = fft.fftshift(numpy.log(abs(spectra.mean(0)) + 1e-6))
    cosine = numpy.log(abs(fft.dctn(levels, axes=(1, 2), norm="ortho")) + 1e-12)
    what = f"{kind} {shape[0]} x {shape[1]} x {shape[2]}"
    # Amplitudes of rounding alone are below 1e-9: ln(x + 1e-6) may differ by a thousandth.
    report(near(fields(run("assay-spectrum", "--average", data=stream))["spectrum"], incoherent,
                1e-3 if abs(spectra).min() < 1e-3 else 1e-8), f"incoherent average, {what}")
    report(near(fields(run("assay-spectrum", "--average", "--coherent", data=stream))["spectrum"],
                coherent, 1e-3 if abs(spectra.mean(0)).min() < 1e-3 else 1e-8),
           f"coherent average, {what}")
    found = fields(run("assay-spectrum", "--dct", data=stream))
    least = abs(fft.dctn(levels, axes=(1, 2), norm="ortho")).min()
    tolerance = 1e-8 if least > 1e-3 else 1e-10 / max(least, 1e-12)
    report(near(found["dct_mean"], cosine.mean(0), tolerance) and
           near(found["dct_deviation"], cosine.std(0), tolerance), f"cosine statistics, {what}")


def write_wav(path, samples, rate):
    with wave.open(path, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(samples.astype("<i2").tobytes())


def log_spectrum(samples):
    window = 0.5 - 0.5 * numpy.cos(2 * numpy.pi * numpy.arange(FRAME) / FRAME)
    frames = numpy.array([samples[i:i + FRAME] * window
                          for i in range(0, len(samples) - FRAME + 1, HOP)])
    power = abs(numpy.fft.rfft(frames)) ** 2
    power = power[power.sum(1) > 0]
    return numpy.log(power + 1e-9 * power.mean(1, keepdims=True)).mean(0)


def excess_of(spectrum):
    wide = numpy.pad(spectrum, AROUND, constant_values=numpy.nan)
    around = numpy.lib.stride_tricks.sliding_window_view(wide, 2 * AROUND + 1)
    return spectrum - numpy.nanmedian(around, axis=1)


def comb(excess, period):
    """Strength and mean excess of the comb of a period."""
    spread = 1.4826 * numpy.median(abs(excess - numpy.median(excess)))
    at = numpy.arange(1, LAST * period / FRAME + 1) * FRAME / period
    teeth = excess[numpy.floor(at[(at >= FIRST) & (at <= LAST)] + 0.5).astype(int)]
    if len(teeth) < 3:
        return -numpy.inf, 0
    limited = numpy.clip(teeth, -3 * spread, 3 * spread)
    return limited.mean() / spread * numpy.sqrt(len(teeth)), teeth.mean()


def check_sound(folder, rng, period):
    rate, n = 16000, 20000
    samples = rng.normal(0, 1000, n)
    samples[(numpy.arange(int(n / period)) * period).astype(int)] += 2500
    path = os.path.join(folder, "x.wav")
    write_wav(path, samples, rate)
    spectrum = fields(run("assay-spectrum", "-q", "--average", path))["log_spectrum"]
    wanted = log_spectrum(samples.astype("<i2") / 32768)
    report(near(spectrum, wanted, 1e-4), f"mean spectrum, clicks every {period} samples")
    row, = table(run("assay-spectrum", "-q", "--combs", path))
    excess = excess_of(wanted)
    periods = 4 * (1 + 2 / FRAME) ** numpy.arange(numpy.log(128) / numpy.log(1 + 2 / FRAME))
    if period != 100:  # all of them take half a second
        periods = periods[abs(periods / period - 1) < 0.01]
    strongest = max(comb(excess, p)[0] for p in periods)
    strength, height = comb(excess, row["period"])
    binary = max(comb(excess, 2 ** k)[0] for k in range(4, 10))
    report(abs(row["strength"] - strength) < 1e-2 and abs(row["excess"] - height) < 1e-3 and
           strength >= 0.95 * strongest - 1e-2 and abs(row["binary_strength"] - binary) < 1e-2,
           f"strongest comb, clicks every {period} samples")
    report(abs(row["period"] / period - 1) < 1e-3, f"its period is {row['period']:g}")


def area(negative, positive):
    """Area under the ROC curve."""
    pairs = [(a, b) for a in negative for b in positive]
    return sum(1 if a < b else 0.5 if a == b else 0 for a, b in pairs) / len(pairs)


def check_shared_pictures(shared):
    rows = table(run("assay-spectrum", "--peaks=40",
                     "real=" + os.path.join(shared, "celeba64/real"),
                     "dcgan=" + os.path.join(shared, "celeba64-gan/dcgan-run4_e3_i5600"),
                     "wgan-gp=" + os.path.join(shared, "celeba64-gan/WGAN_GP_e025"),
                     "lsgan=" + os.path.join(shared, "celeba64-gan/LSGAN_e025")))
    for name in ("dcgan", "wgan-gp", "lsgan"):
        points = [row for row in rows if row["set"] == name and row["kind"] == "point"]
        report(points[0]["grid"] in (2, 4) and points[0]["height"] > 1,
               f"{name}: the highest point is on the grid of {points[0]['grid']:g}")
    report(all(row["height"] < 0.5 for row in rows if row["set"] == "real"),
           "real faces have no point of half a nat")


def check_shared_sounds(shared):
    folder = os.path.join(shared, "sc09-gan")
    names = ["real", "wavegan", "real_griffinlim"]
    rows = table(run("assay-spectrum", "-q", "--combs", *[os.path.join(folder, n) for n in names]))
    by_set = {n: [row for row in rows if row["item"].startswith(n + "/")] for n in names}
    auc = area([row["binary_strength"] for row in by_set["real"]],
               [row["binary_strength"] for row in by_set["wavegan"]])
    report(auc >= 0.99, f"WaveGAN from real speech by the binary comb alone: AUC {auc:.4f}, "
           f"{len(by_set['real'])} real and {len(by_set['wavegan'])} generated files")
    named = sum(abs(row["period"] - 128) < 0.25 for row in by_set["real_griffinlim"])
    print(f"# hop 128 is named in {named} of {len(by_set['real_griffinlim'])} files by themselves")
    sets = {row["set"]: row for row in
            table(run("assay-spectrum", "-q", "--combs", "--average",
                      *[f"{n}={os.path.join(folder, n)}" for n in names]))}
    report(sets["real_griffinlim"]["period"] == 128 and sets["real_griffinlim"]["strength"] > 10,
           "Griffin-Lim's hop of 128 samples is named")
    report(sets["wavegan"]["strength"] > 20 > 10 > sets["real"]["strength"],
           "WaveGAN's comb stands out, none of real speech")


def main():
    rng = numpy.random.default_rng(1)
    with tempfile.TemporaryDirectory() as folder:
        for case in range(9):
            check_pictures(folder, rng, case)
        for period in (100, 128, 131.84):
            check_sound(folder, rng, period)
    shared = os.environ.get("ASSAY_SHARED_DATA", os.path.join(HERE, "../../../shared/data"))
    if os.path.isdir(os.path.join(shared, "sc09-gan")) and \
            os.path.isdir(os.path.join(shared, "celeba64-gan")):
        check_shared_pictures(shared)
        check_shared_sounds(shared)
    else:
        print("# the shared corpora are not here")
    finish()


main()
