#!/usr/bin/env python3
# corpus/npz.py - makes the seeds of fuzz-npz, in the folder npz beside it.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import io
import warnings
import zipfile
from pathlib import Path
from struct import pack, pack_into

STORED, DEFLATED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED


def npy(descr, shape, values, fortran=False):
    """A .npy of version 1, its header padded as NumPy does."""
    text = "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }" % (descr, fortran, shape)
    text += " " * (-(len(text) + 11) % 64) + "\n"
    return b"\x93NUMPY\1\0" + pack("<H", len(text)) + text.encode() + values


class Pipe(io.BytesIO):
    """Cannot be sought in, so that sizes come after the members."""

    def seekable(self):
        return False

    def seek(self, *_):
        raise io.UnsupportedOperation

    def tell(self):
        raise io.UnsupportedOperation


def archive(*members, method=STORED, out=None, zip64=False, comment=b""):
    out = out or io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(out, "w", method) as archive:
            archive.comment = comment
            for name, data in members:
                info = zipfile.ZipInfo(name)
                info.compress_type = method
                with archive.open(info, "w", force_zip64=zip64) as member:
                    member.write(data)
    return out.getvalue()


def locked(data):
    """Says of all members that they are encrypted."""
    data = bytearray(data)
    for magic, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.find(magic)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(magic, at + 4)
    return bytes(data)


def miscounted(data):
    data = bytearray(data)
    pack_into("<HH", data, data.rfind(b"PK\5\6") + 8, 7, 7)
    return bytes(data)


def damaged(data):
    """One bit of the first values is another."""
    data = bytearray(data)
    data[data.find(b"\n") + 3] ^= 1
    return bytes(data)


counts = npy("<i2", "(2, 3)", bytes([0, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0]))
labels = npy("|u1", "(2,)", b"\x07\x08")
floats = npy("<f4", "(3,)", pack("<3f", 0.5, float("nan"), float("-inf")))
zeros = npy("|u1", "(300000,)", bytes(300000))
both = [("x.npy", counts), ("y.npy", labels)]

seeds = {
    "one": archive(("x.npy", counts)),
    "two": archive(*both),
    "two-deflated": archive(*both, method=DEFLATED),
    "pipe": archive(*both, out=Pipe()),
    "pipe-deflated": archive(*both, method=DEFLATED, out=Pipe()),
    "pipe-zip64": archive(*both, out=Pipe(), zip64=True),
    "zip64": archive(*both, zip64=True),
    "comment": archive(*both, comment=b"PK\5\6 is no end"),
    "other-lengths": archive(("x.npy", counts), ("z.npy", floats)),
    "floats": archive(("z.npy", floats)),
    "odd-names": archive(("../evil.npy", labels), ("a b.npy", labels), ("\x1b[31m.npy", labels)),
    "climbing": archive(("../../evil.npy", labels)),
    "other-members": archive(("readme.txt", b"text"), ("x.npy", counts), ("dir/", b"")),
    "no-arrays": archive(("archive/data.pkl", b"\x80\2}."), ("archive/version", b"3\n")),
    "empty": archive(),
    "twice": archive(("x.npy", counts), ("x.npy", labels)),
    "encrypted": locked(archive(("x.npy", counts))),
    "damaged": damaged(archive(("x.npy", counts))),
    "miscounted": miscounted(archive(*both)),
    "cut-directory": archive(*both)[:-30],
    "cut-end": archive(*both)[:-4],
    "cut-member": archive(*both)[:100],
    "cut-between": archive(*both)[:archive(*both).rfind(b"PK\3\4")],
    "objects": archive(("x.npy", npy("|O", "(1,)", b"\x80\4N."))),
    "strings": archive(("x.npy", counts), ("names.npy", npy("<U2", "(1,)", b"a\0\0\0b\0\0\0"))),
    "fortran": archive(("x.npy", npy("<i2", "(2, 3)", bytes(12), True))),
    "scalar": archive(("x.npy", npy("<f8", "()", bytes(8)))),
    "no-items": archive(("x.npy", npy("<f8", "(0, 4)", b""))),
    "bomb": archive(("x.npy", zeros), method=DEFLATED),
    "longer": archive(("x.npy", labels + bytes(100000)), method=DEFLATED),
    "shorter": archive(("x.npy", counts[:-4])),
    "no-npy": archive(("x.npy", b"text")),
}

folder = Path(__file__).with_name("npz")
folder.mkdir(exist_ok=True)
for name, data in seeds.items():
    (folder / name).write_bytes(data)
