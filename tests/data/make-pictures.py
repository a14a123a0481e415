#!/usr/bin/env python3
# data/make-pictures.py - makes the pictures of the tests. SPDX-License-Identifier: GPL-3.0-or-later
"""Writes pictures/real and pictures/gan beside this file: `python3 tests/data/make-pictures.py`.

Eight scenes of each, 16 x 16 pixels, RGB: a ball before a wall, dedicated to the public domain (CC0).
Those of real/ are drawn four times as fine and averaged, with a little noise as of a camera, alike
in all channels; those of gan/ are drawn coarsely, doubled with a grid, and noisy in each channel.
"""
import hashlib
import os
import struct
import zlib

SIZE = 16
N = 8


def noise(*key):
    """A number from -1 to 1 that belongs to a key."""
    digest = hashlib.sha256(repr(key).encode()).digest()
    return int.from_bytes(digest[:4], "big") / 0x7FFFFFFF - 1


def scene(number, kind, y, x):
    """Red, green and blue, 0 to 255, at a place from 0 to 1."""
    at = [0.5 + 0.2 * noise(kind, number, axis) for axis in "yx"]
    radius = 0.25 + 0.06 * noise(kind, number, "radius")
    wall = [150 + 50 * noise(kind, number, "wall", c) for c in range(3)]
    ball = [120 + 90 * noise(kind, number, "ball", c) for c in range(3)]
    dy, dx = y - at[0], x - at[1]
    inside = dy * dy + dx * dx < radius * radius
    light = 1.15 - 0.9 * (dx + dy) if inside else 0.75 + 0.35 * y
    return [c * light for c in (ball if inside else wall)]


def byte(value):
    return min(255, max(0, round(value)))


def real(number):
    rows = []
    for i in range(SIZE):
        for k in range(SIZE):
            parts = [scene(number, "real", (i + (a + .5) / 4) / SIZE, (k + (b + .5) / 4) / SIZE)
                     for a in range(4) for b in range(4)]
            grain = 2 * noise("grain", number, i, k)
            rows.append([byte(sum(p[c] for p in parts) / 16 + grain) for c in range(3)])
    return rows


def gan(number):
    rows = []
    for i in range(SIZE):
        for k in range(SIZE):
            coarse = scene(number, "gan", (i // 2 + .5) / (SIZE // 2), (k // 2 + .5) / (SIZE // 2))
            grid = 10 if (i + k) % 2 == 0 else -10
            rows.append([byte(coarse[c] + grid + 8 * noise("grain", number, i, k, c))
                         for c in range(3)])
    return rows


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(pixels):
    lines = b"".join(b"\0" + bytes(v for pixel in pixels[i * SIZE:(i + 1) * SIZE] for v in pixel)
                     for i in range(SIZE))
    header = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines, 9)) +
            chunk(b"IEND", b""))


def main():
    here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "pictures")
    for name, draw in (("real", real), ("gan", gan)):
        os.makedirs(os.path.join(here, name), exist_ok=True)
        for number in range(N):
            with open(os.path.join(here, name, f"{number}.png"), "wb") as file:
                file.write(png(draw(number)))


if __name__ == "__main__":
    main()
