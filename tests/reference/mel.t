#!/usr/bin/python3
# reference/mel.t - spectrograms against NumPy and SciPy. SPDX-License-Identifier: GPL-3.0-or-later
"""assay-mel against the same worked out in double precision by SciPy's transforms.

The whole way for the defaults, librosa's, HTK's and Kaldi's conventions, on files of the reference
data if they are there and on those of tests/data; the means and maxima that librosa 0.10.2 gave for
some of them, and a few of its values (means to 1e-5, values to 1e-5).
"""
import glob
import hashlib
import io
import os
import sys
import tarfile
import wave

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True
try:
    import numpy as np
    from scipy.signal import get_window
except ImportError:
    print("1..0 # SKIP NumPy and SciPy are not there")
    sys.exit(0)
from report import finish, report, run  # noqa: E402

ROOT = os.path.join(HERE, "..", "..")
SHARED = os.environ.get("ASSAY_SHARED_DATA", os.path.join(ROOT, "..", "shared", "data"))

# What librosa 0.10.2 gives: file, SHA-256 (its start), steps, mean, maximum, value at step 1 of
# bands 5 and 40: np.log(1 + 1000 * melspectrogram(y=y, sr=sr, n_fft=1024, hop_length=160,
# n_mels=64)) at the file's own rate.
LIBROSA = """
fsdd/wav/0_george_22.wav 53695e8bfbdf 25 2.3526751 10.951215 6.469124 0.665980
fsdd/wav/2_nicolas_1.wav dc2ed3a0d435 15 1.5372397 10.555097 3.914227 1.190239
fsdd/wav/5_george_10.wav aa268a1a25c3 18 2.5164106 9.678896 5.625024 2.911370
fsdd/wav/7_nicolas_10.wav 48756fb9d37f 20 2.0968329 11.080530 1.735112 0.550397
sc09-gan/parametric/parametric_01.wav 708b9a3a36da 103 0.6653166 6.991595 3.487609 0.039240
sc09-gan/real/real_02.wav e7a5877175a9 103 0.5003292 8.931706 0.731366 0.000150
sc09-gan/real_griffinlim/real_griffinlim_04.wav a4ab9f3a8fea 103 1.4167662 11.144933 1.145201 0.066049
sc09-gan/samplernn/samplernn_08.wav 08c3a05457c3 103 5.9522328 11.125019 6.378148 6.081606
sc09-gan/wavegan/wavegan_00.wav 0ec6aabd7f9c 103 2.7509938 12.907715 0.110671 0.005167
sc09-gan/wavegan_nn/wavegan_nn_01.wav 06ac3846ce23 103 1.3202622 8.182252 1.848901 0.157606
sc09-gan/wavegan_ps2/wavegan_ps2_03.wav e9c014874243 103 0.7884808 8.926508 2.100623 0.021287
sc09-gan/wavenet/wavenet_05.wav 66584219866f 103 3.8637474 14.179470 0.048362 0.007476
vocoder/ms/GT/1.wav a1ef115929d1 1142 1.8325729 12.900434 0.668550 0.008432
vocoder/ms/MG/1.wav c576c9d7f3af 1141 1.8092534 12.927268 0.095420 0.007941
vocoder/ms/WN/1.wav e25d36489a56 1148 1.8857720 12.815422 1.007269 0.017583
vocoder/ss/HGAN_V1/1.wav 81bea9213aed 965 2.1165432 12.491887 0.155518 0.673004
vocoder/ss/WG/1.wav fb3d5658761d 967 1.8642139 12.275248 0.009507 0.128393
piano-gan/real/real_00.wav 8031d8fc7d26 103 1.0980593 9.787222 2.733167 0.083734
piano-gan/real/real_06.wav 0405d8142403 103 1.9529067 9.077640 3.522972 0.614009
piano-gan/real_griffinlim/real_griffinlim_02.wav dc7833668e9e 103 1.5899322 8.091862 5.688143 0.591521
piano-gan/specgan/specgan_01.wav 276988cc5575 103 0.2432979 4.791190 2.270064 0.000242
piano-gan/specgan/specgan_07.wav b0057d0b0d56 103 0.6179982 9.048105 0.010070 0.001997
piano-gan/wavegan/wavegan_05.wav f4d0a27fa7e1 103 1.8829902 10.575864 3.719394 0.242118
drums-gan/real/real_01.wav c6666201b982 103 0.1901219 12.843623 8.626655 5.289141
drums-gan/real/real_27.wav 6ffd5064e9c0 103 0.5074412 11.688814 11.189027 4.750963
drums-gan/wavegan/wavegan_03.wav 072477bcd497 103 0.4859845 11.888834 7.496487 6.301106
drums-gan/wavegan/wavegan_26.wav da3d60bc6eb3 103 1.3129962 6.727277 2.474601 4.778840
tts-digits/espeak/espeak_en-gb-scotland_p50_1.wav aba4c98a31fc 17 3.4237182 10.646202 6.118959 0.011428
tts-digits/espeak/espeak_en-us-f3_p50_6.wav c4d4f2bee04d 22 1.9297955 11.437846 1.147297 1.019654
tts-digits/espeak/espeak_en-us_p70_8.wav f2a082b308c7 13 2.8779793 9.898223 7.228130 3.656840
tts-digits/flite/flite_rms_7.wav 8ddc6701b1b5 27 1.9379360 10.914876 0.071720 0.173662
"""


def read_wav(path):
    """Samples of a WAV of 16 or 32 bits, one channel, and the rate."""
    with wave.open(path) as file:
        width = file.getsampwidth()
        assert file.getnchannels() == 1
        data = file.readframes(file.getnframes())
        return np.frombuffer(data, "<i%d" % width) / 2.0 ** (8 * width - 1), file.getframerate()


def mel(path, *options):
    stream = run("assay-mel", "-q", "--only", *options, path)
    with tarfile.open(fileobj=io.BytesIO(stream)) as tar:
        member = next(m for m in tar if m.name.endswith(".mel.npy"))
        return np.load(io.BytesIO(tar.extractfile(member).read()))


def slaney(hz):
    return np.where(hz < 1000, hz * 3 / 200, 15 + np.log(np.maximum(hz, 1e-9) / 1000) * 27 / np.log(6.4))


def slaney_back(m):
    return np.where(m < 15, m * 200 / 3, 1000 * np.exp((m - 15) * np.log(6.4) / 27))


def bands_slaney(n, rate, fft):
    """librosa.filters.mel: triangles over Hz, of equal area."""
    edges = slaney_back(np.linspace(0, slaney(rate / 2), n + 2))
    hz = np.arange(fft // 2 + 1) * rate / fft
    up = (hz - edges[:-2, None]) / np.diff(edges)[:-1, None]
    down = (edges[2:, None] - hz) / np.diff(edges)[1:, None]
    return np.maximum(0, np.minimum(up, down)) * (2 / (edges[2:] - edges[:-2]))[:, None]


def bands_htk(n, rate, fft, low):
    """HTK's and Kaldi's: triangles over mel, of height 1, here as HTK's lower-channel weights."""
    mel_of = lambda f: 1127 * np.log(1 + f / 700)  # noqa: E731
    centres = mel_of(low) + (mel_of(rate / 2) - mel_of(low)) * np.arange(n + 2) / (n + 1)
    weights = np.zeros((n, fft // 2 + 1))
    for k in range(1, fft // 2):
        m = mel_of(k * rate / fft)
        channel = np.searchsorted(centres, m, side="left") - 1  # the last centre below it
        if channel < 0:
            continue
        lower = (centres[channel + 1] - m) / (centres[channel + 1] - centres[channel])
        if channel > 0:
            weights[channel - 1, k] += lower
        if channel < n:
            weights[channel, k] += 1 - lower
    return weights


def centred(x, rate, n, fft, hop):
    x = np.concatenate([np.zeros(fft // 2), x, np.zeros(fft // 2)])
    starts = range(0, len(x) - fft + 1, hop)
    frames = np.stack([x[s:s + fft] for s in starts]) * get_window("hann", fft)
    return (np.abs(np.fft.rfft(frames)) ** 2) @ bands_slaney(n, rate, fft).T


def speech(x, rate, n, window, low, removes_mean, power):
    size, hop = int(rate * 0.025), int(rate * 0.01)
    fft = 1 << (size - 1).bit_length()
    frames = np.stack([x[s:s + size] for s in range(0, len(x) - size + 1, hop)]) * 32768
    if removes_mean:
        frames = frames - frames.mean(axis=1, keepdims=True)
    before = np.concatenate([frames[:, :1], frames[:, :-1]], axis=1)
    spectra = np.abs(np.fft.rfft((frames - 0.97 * before) * window(size), fft)) ** power
    return spectra @ bands_htk(n, rate, fft, low).T


def hamming(n):
    return 0.54 - 0.46 * np.cos(2 * np.pi * np.arange(n) / (n - 1))


def povey(n):
    return (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(n) / (n - 1))) ** 0.85


def expect(name, got, want, tolerance):
    ok = got.shape == want.shape and (got.size == 0 or np.abs(got - want).max() <= tolerance)
    why = "no shape" if got.shape != want.shape else "off by %g" % np.abs(got - want).max()
    report(ok, name, "%s, %s, %s" % (got.shape, want.shape, why))


def check_conventions(paths):
    for path in paths:
        x, rate = read_wav(path)
        name = os.path.relpath(path, SHARED if path.startswith(SHARED) else ROOT)
        keep = "--rate=keep"
        expect(name, mel(path, keep), np.log1p(1000 * centred(x, rate, 64, 1024, 160)), 1e-5)
        decibels = 10 * np.log10(np.maximum(1e-10, centred(x, rate, 128, 2048, 512)))
        expect(name + " as librosa", mel(path, "--compat=librosa", keep),
               np.maximum(decibels, decibels.max() - 80), 2e-3)
        htk = np.log(np.maximum(1, speech(x, rate, 20, hamming, 0, False, 1)))
        expect(name + " as HTK", mel(path, "--compat=htk", keep), htk, 1e-4)
        kaldi = np.log(np.maximum(np.finfo("f4").eps, speech(x, rate, 23, povey, 20, True, 2)))
        # Bands of next to nothing beside loud ones are at the rounding of single precision.
        loud = np.where(kaldi > kaldi.max() - 18, kaldi, 0)
        got = mel(path, "--compat=kaldi", keep)
        expect(name + " as Kaldi", np.where(kaldi > kaldi.max() - 18, got, 0), loud, 2e-3)


def check_librosa():
    for line in LIBROSA.split("\n"):
        if not line:
            continue
        name, digest, steps, mean, largest, *cells = line.split()
        path = os.path.join(SHARED, name)
        if not os.path.exists(path):
            print("# SKIP %s is not there" % name)
            continue
        with open(path, "rb") as file:
            same = hashlib.sha256(file.read()).hexdigest().startswith(digest)
        got = mel(path, "--rate=keep")
        found = [got.mean(dtype="f8"), got.max(), got[1][5], got[1][40]]
        off = np.abs(np.array(found) - np.array([float(mean), float(largest), *map(float, cells)]))
        report(same and len(got) == int(steps) and off.max() <= 1e-5, "%s beside librosa" % name,
               "%s steps, off by %s" % (len(got), off))


def main():
    paths = sorted(glob.glob(os.path.join(ROOT, "tests/data/sounds/*/*.wav")))[::3]
    for pattern in ("fsdd/wav/3_*_1*.wav", "sc09-gan/*/*_03.wav", "vocoder/*/*/1.wav",
                    "piano-gan/*/*_07.wav", "drums-gan/*/*_08.wav", "tts-digits/*/*_7.wav"):
        paths += sorted(glob.glob(os.path.join(SHARED, pattern)))[:4]
    check_conventions(paths)
    check_librosa()
    finish()


if __name__ == "__main__":
    main()
