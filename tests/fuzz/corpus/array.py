#!/usr/bin/env python3
# corpus/array.py - makes the seeds of fuzz-array, in the folder array beside it.
#
# A seed is a line for each option, KEY=VALUE, an empty line, and the file.
#
# SPDX-License-Identifier: GPL-3.0-or-later
from pathlib import Path
from struct import pack

RAW = bytes(range(24))
TABLE = b"name\ta\tb\nx\t1\t-2.5\ny\tNA\tinf\n"

seeds = {
    "raw": ("type=u8 shape=2,3,4 axes=item,row,column", RAW),
    "raw-star": ("type=i16 shape=*,3 axes=item,column", RAW),
    "raw-star-last": ("type=f32 shape=2,* axes=row,column big-endian=yes", RAW),
    "raw-half": ("type=f16 shape=* axes=item", pack("<4e", 1, float("nan"), float("inf"), -0.5)),
    "raw-bool": ("type=bool shape=24 axes=time", RAW),
    "raw-scalar": ("type=f64 shape= axes=", RAW[:8]),
    "raw-none": ("type=u8 shape=* axes=item", b""),
    "raw-remainder": ("type=u64 shape=*,2 axes=item,column", RAW),
    "raw-hollow": ("type=u8 shape=*,0 axes=item,column", RAW),
    "raw-huge": ("type=u8 shape=4294967296,4294967296 axes=row,column", RAW),
    "raw-lies": ("type=u8 shape=100,100 axes=item,column", RAW),
    "raw-bad": ("type=x shape=2,-3 axes=item,item", RAW),
    "table": ("", b"a\tb\n1\t2\n3\t4.5e300\n"),
    "table-names": ("names=name unit=mm meta=rate=5", TABLE),
    "table-columns": ("columns=b,a axes=time,column field=other", TABLE),
    "table-one": ("columns=a axes=item", TABLE),
    "table-text": ("", TABLE),
    "table-header": ("", b"a\tb\n"),
    "table-large": ("", b"a\tb\n9007199254740993\t1\n"),
    "table-ragged": ("", b"a\tb\n1\n"),
    "table-lacks": ("columns=c", TABLE),
    "table-crlf": ("axes=row,column", b"\xef\xbb\xbfa\tb\r\n1\t2\r\n"),
    "npy": ("axes=item", b"\x93NUMPY\1\0\x3b\0{'descr': '<f4', 'fortran_order': False, "
            b"'shape': (1,), }\n" + pack("<f", float("nan"))),
    "meta": ("meta=a=1 meta=b=text meta=c=[1] meta=d=null meta=axes=1", TABLE),
}

folder = Path(__file__).with_name("array")
folder.mkdir(exist_ok=True)
for name, (options, data) in seeds.items():
    (folder / name).write_bytes("".join(word + "\n" for word in options.split()).encode() +
                                b"\n" + data)
