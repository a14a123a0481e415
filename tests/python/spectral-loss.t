#!/usr/bin/python3
# spectral-loss.t - the library called from Python: loss and gradient of a batch of pictures.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import io
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import tap
from tap import raises, sh

import numpy as np

import assay

LIBRARY = os.path.join(tap.BUILD, "lib", "libassay.so")
if os.environ.get("ASSAY_SANITIZE"):
    tap.skip_all("a library with sanitizers is not loaded by Python")
random = np.random.default_rng(1)


def new_loss(real, **options):
    return assay.SpectralLoss(real, library=LIBRARY, **options)


def pixels(folder):
    stream = io.BytesIO(sh(f"assay-image -q --grey pictures/{folder}"))
    return np.stack([sample["pixels"] for _, sample in assay.read(stream)])


def test_the_program():
    """The loss is that of assay-spectrum --loss"""
    real, fake = pixels("real"), pixels("gan")
    for upconv in False, True:
        scale = 1 if upconv else 255
        loss = new_loss(real / scale, upconv=upconv)
        rows = sh("assay-spectrum --loss pictures/real pictures/gan" +
                  (" --compat=upconv" if upconv else "")).decode().splitlines()[1:]
        for row, pictures in zip(rows, (real, fake)):
            value, _ = loss(pictures / scale)
            assert abs(value / float(row.split("\t")[3]) - 1) < 1e-9, (row, value)


def test_the_gradient():
    """A step against the gradient brings the loss down by what it promises, in colour too"""
    for shape in (4, 16, 16), (4, 3, 12, 16), (2, 1, 9, 7):
        for dtype in np.float64, np.float32:
            loss, batch = new_loss(random.random(shape).astype(dtype)), random.random(shape)
            value, gradient = loss(batch.astype(dtype))
            assert gradient.shape == shape and gradient.dtype == dtype
            step = random.normal(size=shape) * 1e-6
            there, here = loss(batch + step)[0], loss(batch - step)[0]
            slope = (gradient * step).sum()
            assert abs((there - here) / 2 - slope) < 1e-4 * np.abs(gradient * step).sum()


def test_training():
    """Pixels that follow the gradient get the spectrum of real pictures"""
    real = random.random((8, 16, 16))
    real = (real + np.roll(real, 1, 1) + np.roll(real, 1, 2)) / 3
    loss, batch = new_loss(real), random.random((4, 16, 16))
    first = loss(batch)[0]
    for _ in range(150):
        value, gradient = loss(batch)
        batch -= 0.02 * gradient / np.abs(gradient).max()
    assert value < first / 10, (first, value)
    assert loss.reference.shape == (12,)


def test_refusals():
    raises(assay.Error, "not an array of shape [4]", new_loss, np.zeros(4))
    raises(assay.Error, "2 channels", new_loss, np.zeros((1, 2, 4, 4)))
    raises(assay.Error, "has no ring", new_loss, np.ones((1, 2, 2)), upconv=True)
    raises(assay.Error, "picture 1: a value is not finite", new_loss,
           np.array([np.zeros((4, 4)), np.full((4, 4), np.nan)]))
    loss = new_loss(random.random((1, 4, 4)))
    raises(assay.Error, "pictures of 5 x 4, not 4 x 4", loss, np.zeros((1, 5, 4)))


tap.run(dict(globals()))
