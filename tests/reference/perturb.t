#!/usr/bin/python3
# reference/perturb.t - assay-perturb against SciPy and Pillow. SPDX-License-Identifier: GPL-3.0-or-later
"""Blur, JPEG, sizes, noise and sound of assay-perturb, and the same made by others.

Blur is scipy.ndimage.gaussian_filter's: of floats to 1e-6, of integers to the last one, and as
CNNDetection calls it, in place on uint8. JPEG is Pillow's, where both stand on the same libjpeg
(else within 2); its bilinear sizes are ours within 1. The augmentation is tried on random numbers
by the distribution of what it draws.
"""
import io
import json
import os
import re
import sys
import tarfile
import tempfile

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True
from report import finish, report, run  # noqa: E402

try:
    import numpy as np
    from PIL import Image
    from scipy import ndimage, signal, stats
except ImportError as lack:
    print("1..0 # SKIP %s" % lack)
    sys.exit(0)

RANDOM = np.random.default_rng(1)
PICTURES = RANDOM.integers(0, 256, (3, 37, 41, 3)).astype(np.uint8)
PICTURES[2, 10:30, 5:] = 255


def stream(array, axes, field, meta=()):
    """@array as a stream."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a.npy")
        np.save(path, array)
        return run("assay-array", "-q", "--axes=" + axes, "--field=" + field,
                   *("--meta=" + fact for fact in meta), path)


def field(data, name):
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        pieces = [np.load(io.BytesIO(tar.extractfile(member).read())) for member in tar
                  if member.name.endswith(".%s.npy" % name)]
    return np.concatenate(pieces)


INTEGERS = stream(PICTURES, "item,row,column,channel", "pixels")
FLOATS = stream((PICTURES / 255).astype(np.float32), "item,row,column,channel", "pixels",
                ["full_scale=1"])


def perturbed(data, *options):
    return field(run("assay-perturb", "-q", *options, data=data), "pixels").astype(float)


def each(change):
    """What @change makes of each channel of each picture."""
    return np.array([[change(picture[:, :, c]) for c in range(3)]
                     for picture in PICTURES]).transpose(0, 2, 3, 1)


def published(channel, sigma):
    own = channel.copy()
    ndimage.gaussian_filter(own, output=own, sigma=sigma)
    return own


def blurs():
    off, reals, cut, bits = 0, 0, 0, 0
    for sigma in (.1, .3, .7, 1, 1.5, 2.9, 8, 30):
        exact = each(lambda x: ndimage.gaussian_filter(x.astype(float), sigma))
        option = "--blur=%g" % sigma
        off = max(off, abs(np.floor(exact + .5) - perturbed(INTEGERS, option)).max())
        reals = max(reals, abs(exact / 255 - perturbed(FLOATS, option)).max())
        difference = abs(each(lambda x: published(x, sigma)) -
                         perturbed(INTEGERS, option, "--compat=cnn-detection"))
        cut, bits = max(cut, difference.max()), max(bits, (difference > 0).mean())
    report(off == 0, "blurred integers are SciPy's, rounded", "off by %g" % off)
    report(reals < 1e-6, "blurred floats are SciPy's to 1e-6", "off by %g" % reals)
    # Plain areas: there the last bit of NumPy's exp() decides.
    report(cut <= 1 and bits < .2, "blurred as published: SciPy's in place on uint8",
           "off by %g, %g of all" % (cut, bits))


def jpeg(picture, quality):
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "JPEG", quality=quality)
    return np.asarray(Image.open(file))


def codes():
    for name, change in (("colour", lambda x: x), ("grey", lambda x: x[:, :, 0].copy())):
        worst = 0
        pictures = [change(picture) for picture in PICTURES]
        data = stream(np.array(pictures), "item,row,column,channel" if name == "colour"
                      else "item,row,column", "pixels")
        for quality in (1, 10, 30, 65, 75, 95, 100):
            theirs = np.array([jpeg(picture, quality) for picture in pictures])
            worst = max(worst, abs(perturbed(data, "--jpeg=%d" % quality) - theirs).max())
        report(worst <= 2, "JPEG in %s is Pillow's (off by %g)" % (name, worst))


def sizes():
    worst = 0
    for factor in (.05, .3, .5, .77, 1, 1.6, 4):
        size = [max(1, int(np.floor(side * factor + .5))) for side in (41, 37)]
        theirs = [Image.fromarray(x).resize(size, Image.BILINEAR).resize((41, 37), Image.BILINEAR)
                  for x in PICTURES]
        ours = perturbed(INTEGERS, "--resize=%g" % factor)
        worst = max(worst, abs(ours - np.array([np.asarray(x) for x in theirs])).max())
    report(worst <= 1, "sizes are Pillow's within 1", "off by %g" % worst)


def points():
    values = np.arange(256, dtype=np.uint8).reshape(1, 256)
    data = stream(values, "row,column", "pixels")
    worst = 0
    for gamma in (.45, 1, 2.2):
        theirs = np.floor((values / 255) ** gamma * 255 + .5)
        worst = max(worst, abs(perturbed(data, "--gamma=%g" % gamma) - theirs).max())
    report(worst == 0, "gamma")
    levels = [len(np.unique(perturbed(data, "--quantise=%d" % n))) for n in (2, 16, 256)]
    report(levels == [2, 16, 256], "levels", str(levels))


def noise():
    grey = stream(np.zeros((300, 300), np.float32), "row,column", "pixels", ["full_scale=1"])
    values = perturbed(grey, "--noise=.1").ravel()
    p = stats.kstest(values, "norm", (0, .1)).pvalue
    report(p > .001, "noise is normal", "p %g" % p)


def draws():
    files = "".join("P5 1 1 255\nA" for _ in range(1))
    with tempfile.TemporaryDirectory() as folder:
        for i in range(500):
            with open(os.path.join(folder, "%d.pgm" % i), "w") as file:
                file.write(files)
        out = run("assay-perturb", "-q", "--augment=cnn-detection", folder)
    found = [json.loads(x) for x in re.findall(rb'"perturbed":({[^}]*})', out)]
    sigma = [x["blur"] for x in found if "blur" in x]
    quality = [x["jpeg"] for x in found if "jpeg" in x]
    both = sum("blur" in x and "jpeg" in x for x in found)
    shares = [stats.binomtest(n, 500, q).pvalue
              for n, q in ((len(sigma), .5), (len(quality), .5), (both, .25))]
    report(min(shares) > .001, "each with probability 1/2, independently", str(shares))
    uniform = [stats.kstest(sigma, "uniform", (0, 3)).pvalue,
               stats.chisquare(np.bincount(quality, minlength=101)[30:]).pvalue]
    report(min(uniform) > .001, "from ranges, uniformly", str(uniform))


def sounds():
    rate, n = 16000, 16000
    tone = np.sin(2 * np.pi * 1000 * np.arange(n) / rate).astype(np.float32) * .5
    data = stream(tone, "frame", "audio", ["rate_hz=%d" % rate])

    def changed(*options):
        return field(run("assay-perturb", "-q", *options, data=data), "audio")

    def frequency(x):
        return np.argmax(abs(np.fft.rfft(x * signal.windows.hann(len(x)), 1 << 20))) * rate / 2**20

    report(abs(changed("--gain=-6") - tone * 10 ** -.3).max() < 1e-7, "gain in decibels")
    slow = changed("--stretch=1.03")
    report(len(slow) == 16480 and abs(frequency(slow) - 1000 / 1.03) < .05,
           "stretched by 3 %, a tone is lower by as much", "%g Hz" % frequency(slow))
    report(abs(changed("--resample=8000")[500:-500] - tone[500:-500]).max() < 1e-3,
           "a tone below half the rate passes")
    report(abs(changed("--resample=1900")[500:-500]).max() < .01, "one above it does not")
    for bits in (8, 12):
        mu = 2 ** bits - 1
        code = np.sign(tone) * np.log1p(mu * abs(tone.astype(float))) / np.log1p(mu)
        code = np.floor((code + 1) / 2 * mu + .5) / mu * 2 - 1
        theirs = np.sign(code) * np.expm1(abs(code) * np.log1p(mu)) / mu
        off = abs(changed("--mu-law=%d" % bits) - theirs)
        report((off > 1e-6).mean() < .001, "mu-law of %d bits" % bits, "%g" % off.max())


blurs()
codes()
sizes()
points()
noise()
draws()
sounds()
finish()
