#!/usr/bin/env python3
# data/make-sounds.py - makes the sounds of the tests. SPDX-License-Identifier: GPL-3.0-or-later
"""Writes sounds/ beside this file: `python3 tests/data/make-sounds.py`.

Each is a quarter of a second of a plucked string, 8 kHz, 16 bits, made by this script and dedicated
to the public domain (CC0). Those of sounds/gan have what generators of waveforms leave behind: a hum
at a quarter of the rate, where layers are stretched by two. Those of sounds/formats hold the same
string as other kinds of file; they are written by libsndfile, where Python has a module for it.
"""
import array
import math
import os
import wave

RATE, LENGTH = 8000, 2000
HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "sounds")


def string(hz, hum):
    """The samples of a string that is plucked at hz, from -1 to 1."""
    samples = []
    for i in range(LENGTH):
        t = i / RATE
        value = sum(math.sin(2 * math.pi * hz * n * t) / n * math.exp(-4 * n * t)
                    for n in range(1, 8) if hz * n < RATE / 2)
        samples.append(0.4 * value * min(1, i / 20) + hum * math.sin(math.pi / 2 * i + 0.3))
    return samples


def write(path, samples):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with wave.open(path, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(array.array("h", [round(32000 * x) for x in samples]).tobytes())


def write_formats(samples):
    import soundfile
    os.makedirs(os.path.join(HERE, "formats"), exist_ok=True)
    for suffix, kind, encoding in (("flac", "FLAC", "PCM_16"), ("ogg", "OGG", "VORBIS"),
                                   ("opus", "OGG", "OPUS"), ("mp3", "MP3", "MPEG_LAYER_III"),
                                   ("aiff", "AIFF", "PCM_24"), ("au", "AU", "ULAW"),
                                   ("caf", "CAF", "ALAC_16"), ("w64", "W64", "FLOAT"),
                                   ("rf64", "RF64", "PCM_16")):
        soundfile.write(os.path.join(HERE, "formats", "string." + suffix), samples, RATE,
                        format=kind, subtype=encoding)


def main():
    for i, hz in enumerate((196, 220, 262, 330)):
        write(os.path.join(HERE, "real", f"{i}.wav"), string(hz, 0))
        write(os.path.join(HERE, "gan", f"{i}.wav"), string(hz * 1.03, 0.02))
    try:
        write_formats(string(220, 0))
    except ImportError:
        print("sounds/formats stay as they are: there is no module soundfile")


if __name__ == "__main__":
    main()
