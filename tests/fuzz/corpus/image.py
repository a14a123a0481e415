#!/usr/bin/env python3
# corpus/image.py - makes the seeds of fuzz-image, fuzz-idx and fuzz-cifar.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes image/, idx/ and cifar/ beside this file: `python3 tests/fuzz/corpus/image.py`.

The JPEGs need Pillow (python3-pil).
"""
import gzip
import io
import os
import struct
import zlib

from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))


def put(folder, name, data):
    os.makedirs(os.path.join(HERE, folder), exist_ok=True)
    with open(os.path.join(HERE, folder, name), "wb") as file:
        file.write(data)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, depth, colour, rows, interlace=0, more=b""):
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + more +
            chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def jpeg(mode, **options):
    picture = Image.new(mode, (9, 5))
    n = len(picture.getbands())
    values = [(i * 37 + k * 11) % 256 for i in range(45) for k in range(n)]
    picture.putdata([tuple(values[i:i + n]) if n > 1 else values[i] for i in range(0, 45 * n, n)])
    data = io.BytesIO()
    picture.save(data, "JPEG", **options)
    return data.getvalue()


def two_components():
    """The header of a JPEG of two; nobody reads on."""
    return (b"\xff\xd8" + b"\xff\xc0\0\x0e\x08\0\1\0\1\2\1\x11\0\2\x11\0" +
            b"\xff\xda\0\x0a\2\1\0\2\0\0\x3f\0")


def exif(orientation):
    return b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0" + bytes([orientation]) + bytes(7)


def main():
    grey = b"".join(b"\0" + bytes([i, i + 1, i + 2]) for i in range(2))
    put("image", "png-grey", png(3, 2, 8, 0, grey))
    put("image", "png-rgb16", png(1, 1, 16, 2, b"\0" + bytes(range(6))))
    put("image", "png-palette", png(3, 1, 2, 3, b"\0\x1b",
                                    more=chunk(b"PLTE", bytes(range(12))) + chunk(b"tRNS", b"\xff\0")))
    put("image", "png-turned", png(2, 1, 8, 4, b"\0\1\xff\2\xff", more=chunk(b"eXIf", exif(6))))
    put("image", "png-bits", png(3, 1, 1, 0, b"\0\xa0"))
    put("image", "png-interlaced", png(1, 1, 8, 6, b"\0\1\2\3\xff", interlace=1))
    put("image", "png-huge", png(60000, 60000, 8, 2, b"\0"))
    put("image", "jpeg-grey", jpeg("L"))
    put("image", "jpeg-rgb", jpeg("RGB", quality=95, subsampling=0))
    put("image", "jpeg-progressive", jpeg("RGB", progressive=True))
    put("image", "jpeg-turned", jpeg("RGB", exif=b"Exif\0\0" + exif(5)))
    put("image", "jpeg-cmyk", jpeg("CMYK"))
    put("image", "jpeg-two", two_components())
    put("image", "jpeg-half", jpeg("RGB")[:-200])
    put("image", "pbm", b"P1\n# x\n3 2\n010 111\n")
    put("image", "pgm", b"P2 2 1 15\n3 15\n")
    put("image", "ppm", b"P3 1 1 255 1 2 3")
    put("image", "pbm-raw", b"P4 9 1\n\xaa\x80")
    put("image", "pgm-raw", b"P5 2 1 1000\n\3\xe8\1\0")
    put("image", "ppm-raw", b"P6 1 1 255\nabc")
    put("image", "pam", b"P7\nWIDTH 1\nHEIGHT 1\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\nabc\xff")
    three = b"\0\0\x08\3\0\0\0\3\0\0\0\1\0\0\0\2abcdef"
    put("idx", "pictures", three)
    put("idx", "labels", b"\0\0\x08\1\0\0\0\3\7\1\7")
    put("idx", "gzip", gzip.compress(three, mtime=0))
    put("idx", "gzip-twice", gzip.compress(three[:9], mtime=0) + gzip.compress(three[9:], mtime=0))
    put("idx", "gzip-cut", gzip.compress(three, mtime=0)[:-6])
    put("idx", "floats", b"\0\0\x0d\4\0\0\0\1\0\0\0\1\0\0\0\1\0\0\0\1\x3f\0\0\0")
    put("idx", "huge", b"\0\0\x08\3" + b"\xff" * 12)
    put("cifar", "ten", b"\7" + bytes(3072))
    put("cifar", "hundred", b"\x13\x63" + bytes(3072))
    put("cifar", "label", b"\x0a" + bytes(3072))
    put("cifar", "cut", b"\7" + bytes(100))


if __name__ == "__main__":
    main()
