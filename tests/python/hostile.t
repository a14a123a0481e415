#!/usr/bin/python3
# hostile.t - whatever a file holds, assay.py reads it or raises assay.Error; nothing that is cut
# short is ever taken for the whole.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import glob
import gzip
import io
import os
import pickle
import random
import subprocess
import sys
import tarfile

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import tap
from tap import raises, sh

import numpy as np

import assay

HEAD = b'{"format":"assay-stream","stages":[],"version":1}'
END = b'{"records":%d,"samples":1,"skipped":[]}'


def slurp(path):
    with open(path, "rb") as file:
        return file.read()


def tar(*members):
    """The bytes of a tar of (path, bytes)."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as made:
        for path, data in members:
            info = tarfile.TarInfo(path)
            info.size = len(data)
            made.addfile(info, io.BytesIO(data))
    return out.getvalue()


def npy(array, **options):
    out = io.BytesIO()
    np.save(out, array, **options)
    return out.getvalue()


def read_all(stream):
    """All that is in it; everything is looked at."""
    found = []
    for name, sample in assay.read(io.BytesIO(stream)):
        found.append((name, sample.meta, {field: sample[field].tobytes() for field in sample},
                      dict(sample.members), [sample.axes(field) for field in sample]))
    return found


def begins(stream, whole, kind=assay.Truncated):
    """Reads what is cut short: it must fail, behind samples that are those of the whole."""
    found = []
    try:
        for name, sample in assay.read(io.BytesIO(stream)):
            found.append((name, sample.meta, {field: sample[field].tobytes() for field in sample},
                          dict(sample.members), [sample.axes(field) for field in sample]))
    except kind:
        assert found == whole[:len(found)], "what came before the end is not as it was"
        return
    raise AssertionError(f"{len(stream)} bytes were taken for a whole stream")


def small_stream():
    sh("assay-roll -q bach | assay-chroma -q > small.tar")
    return slurp("small.tar")


def test_cut_at_every_block():
    """A stream cut at any multiple of 512 bytes, and beside it, is truncated"""
    stream = small_stream()
    whole = read_all(stream)
    end = stream.rindex(b'{"records"')  # the last block that has something in it
    for size in range(0, end + 1, 512):
        begins(stream[:size], whole)
    for size in range(1, end, 509):
        begins(stream[:size], whole,
               assay.Truncated if size >= 512 else (assay.Truncated, assay.Error))
    for size in range(end + 512, len(stream) + 1, 512):  # blocks of zeros alone are missing
        assert read_all(stream[:size]) == whole


def test_two_streams_cut():
    stream = small_stream()
    whole = read_all(stream)
    for size in range(len(stream) + 512, 2 * len(stream) - 2048, 4096):
        begins((stream + stream)[:size], whole + whole)
    begins(stream[:stream.rindex(b"__stream__/end.json")] + stream, whole)


def test_pieces_cut():
    """Of a sample in pieces nothing is handed out that may lack some"""
    out = io.BytesIO()
    with assay.write(out) as writer:
        for start in 0, 2, 4:
            piece = assay.Sample("x", {"a": np.full((2, 3), start)}, axes={"a": ("item", "k")})
            piece.item_start = start
            writer.put(piece)
        writer.put("y", {})
    stream = out.getvalue()
    (_, sample), _ = assay.read(io.BytesIO(stream))
    assert sample["a"][:, 0].tolist() == [0, 0, 2, 2, 4, 4]
    for size in range(512, len(stream) - 2048, 512):
        begins(stream[:size], read_all(stream))
    assert len(list(assay.read(io.BytesIO(stream), pieces=True))) == 4
    # A piece that is left out shows in the count of records.
    gone = stream.index(b"x/000001.json")
    raises(assay.Error, "/records is 4, but 3", list,
           assay.read(io.BytesIO(stream[:gone] + stream[stream.index(b"x/000002.json"):])))


def test_gzip_cut():
    stream = small_stream()
    whole, packed = read_all(stream), gzip.compress(stream)
    assert read_all(packed) == whole
    for size in range(2, len(packed) - 1, 97):
        begins(packed[:size], whole)
    begins(packed + b"garbage behind it", whole, assay.Error)
    broken = bytearray(packed)
    broken[len(broken) // 2] ^= 255
    begins(bytes(broken), whole, (assay.Error, assay.Truncated))


def test_no_tar():
    raises(assay.Truncated, "is empty", read_all, b"")
    for data in b"0123456789", b"item\trule\n" * 100, b"\0" * 10240, b"MThd" * 200, \
            npy(np.ones(99)):
        raises(assay.Error, "is no tar", read_all, data)
    raises(assay.Error, "binary mode", lambda: list(assay.read(io.StringIO("x" * 9))))
    raises(assay.Error, "is no tar", list, assay.read("bach/a-minor.mid"))
    raises(FileNotFoundError, "nowhere", assay.read, "nowhere.tar")


def test_broken_arrays():
    """A broken array is named when it is asked for; the samples around it can be read"""
    good = npy(np.arange(6).reshape(2, 3))

    def header(text, version=1):
        return b"\x93NUMPY" + bytes((version, 0)) + len(text).to_bytes(2, "little") + text

    def shape(numbers):
        return header(b"{'descr': '|u1', 'fortran_order': False, 'shape': (%s), }" % numbers)

    cases = [
        (b"", "does not begin with"), (good[:9], "ends inside its header"),
        (good[:40], "ends inside its header"), (good[:-1], "promises 48 bytes"),
        (good + b"\0", "promises 48 bytes"), (b"P" + good[1:], "does not begin with"),
        (good[:6] + b"\x04" + good[7:], "version"),
        (npy(np.array([{"a": 1}]), allow_pickle=True), "holds Python objects"),
        (npy(np.array(["text"])), "holds texts"), (npy(np.array([1j])), "complex"),
        (npy(np.zeros(1, "i4,f4")), "structured"), (npy(np.zeros(1, "M8[s]")), "type '<M8[s]'"),
        (header(b"{'descr': '|u1', 'fortran_order': False, 'shape': (1,)"), "usual dictionary"),
        (header(b"{'descr': '|u1', 'shape': (1,), }"), "lacks descr"),
        (header(b"__import__('os').system('touch pwned')"), "usual dictionary"),
        (header(b"{'descr': '|u1', 'fortran_order': False, 'shape': (-1,), }"), "usual dictionary"),
        (shape(b"1,1,1,1,1,1,1,1,1"), "8 axes"), (shape(b"9" * 30 + b","), "promises"),
        (shape(b"0, " + b"9" * 30), "overflows"),
        (b"\x93NUMPY\x02\x00\xff\xff\xff\xff" + b"{", "64 KiB"),
        (pickle.dumps(np.ones(3)), "does not begin with"),
    ]
    for data, says in cases:
        stream = tar(("a.x.npy", good), ("b.x.npy", data), ("b.y.npy", good), ("c.x.npy", good))
        samples = list(assay.read(io.BytesIO(stream)))
        assert [name for name, _ in samples] == ["a", "b", "c"]
        raises(assay.Error, says, lambda: samples[1][1]["x"])
        raises(assay.Error, 'b: field "x" (.x.npy): ', lambda: samples[1][1]["x"])
        assert samples[1][1]["y"].shape == samples[2][1]["x"].shape == (2, 3)
    assert not os.path.exists("pwned")


def test_broken_metadata():
    good = npy(np.arange(6).reshape(2, 3))
    deep = b"[" * 100000
    for data, says in ((b"", "not JSON"), (b"{", "not JSON"), (b"[]", "not a JSON object"),
                       (deep, "not JSON"), (b"\xff{}", "not JSON"),
                       (b'{"a":1,"a":2}', "one name"), (b'{"a":NaN}', "NaN"),
                       (b'{"fields":{"x":{"axes":["t"]}}}', "2 axes"),
                       (b'{"fields":{"x":{"axes":[1,2]}}}', "not texts"),
                       (b'{"fields":{"x":{"axes":"ab"}}}', "not texts")):
        stream = tar(("a.x.npy", good), ("b.json", data), ("b.x.npy", good), ("c.x.npy", good))
        samples = list(assay.read(io.BytesIO(stream)))
        raises(assay.Error, says if "axes" not in says else "b", lambda: samples[1][1]["x"])
        assert samples[2][1]["x"].shape == (2, 3)
    for data in (b'{"item_start":0}', b'{"item_start":-1,"items":2}',
                 b'{"item_start":1.5,"items":2}',
                 b'{"item_start":true,"items":2}', b'{"item\\u005fstart":"x","items":2}'):
        raises(assay.Error, "not those of a piece", list,
               assay.read(io.BytesIO(tar(("b/000000.json", data), ("b/000000.x.npy", good)))))
    odd = tar(("b.json", b'{"fields":[],"source":3}'), ("b.x.npy", good))
    (_, sample), = assay.read(io.BytesIO(odd))
    assert sample.axes("x") == ("axis0", "axis1") and sample.source == {}
    sample["x"] = sample["x"]
    assert sample.meta["fields"] == {"x": {"axes": ["axis0", "axis1"]}}


def test_orders_and_doubles():
    good = npy(np.arange(3))
    stream = tar(("a.x.npy", good), ("a.json", b'{"k":1}'), ("b.x.npy", good), ("a.y.npy", good))
    found = [(name, sample.meta, list(sample)) for name, sample in assay.read(io.BytesIO(stream))]
    assert found == [("a", {"k": 1}, ["x"]), ("b", {}, ["x"]), ("a", {}, ["y"])], found
    for suffix in "x.npy", "json", "jpg":
        raises(assay.Error, f'a: two members ".{suffix}"', read_all,
               tar((f"a.{suffix}", good), (f"a.{suffix}", good)))
    raises(assay.Error, "more than 4096 members", read_all,
           tar(*((f"a.{i}", b"") for i in range(4097))))
    out = io.BytesIO()
    with assay.write(out) as writer:
        for value in 1, 2:
            writer.put("same", {"x": [value]})
    assert [sample["x"][0] for _, sample in assay.read(io.BytesIO(out.getvalue()))] == [1, 2]
    sh("assay-show -q", data=out.getvalue())


def test_heads_and_ends():
    head, sample = ("__stream__/head.json", HEAD), ("a.json", b"{}")

    def end(n, text=END):
        return "__stream__/end.json", text % n

    assert read_all(tar(head, sample, end(1)))[0][0] == "a"
    for says, members in (
            ("without its end record", (head, sample)),
            ("without its end record", (head, sample, head)),
            ("no head came before it", (sample, end(1))),
            ("/records is 2, but 1", (head, sample, end(2))),
            ("/records is 0, but 1", (head, sample, end(0))),
            ("/version is 2", (("__stream__/head.json", HEAD.replace(b"1", b"2")), sample, end(1))),
            ("/format is", (("__stream__/head.json", HEAD.replace(b"assay", b"essay")), sample)),
            ("/stages is missing", (("__stream__/head.json", HEAD.replace(b"[]", b"{}")), sample)),
            ("/records is missing", (head, sample, ("__stream__/end.json", b"[]"))),
            ("/skipped is missing", (head, sample, end(1, END.replace(b"[]", b"1")))),
            ("/name is missing", (head, sample, end(1, END.replace(b"[]", b"[1]")))),
            ("not JSON", (head, sample, ("__stream__/end.json", b"{")))):
        raises(assay.Truncated if "without" in says else assay.Error, says, read_all, tar(*members))


def test_headers_that_lie():
    """No header of a tar decides how much is allocated"""
    import resource
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    stream = bytearray(tar(("a.x.npy", npy(np.arange(3)))))
    for size in b"77777777777\0", b"\x80\0\0\0\0\0\0\x0f\xff\xff\xff\xff", b"00200000000\0":
        stream[124:136] = size
        stream[148:156] = b" " * 8
        stream[148:156] = b"%06o\0 " % sum(stream[:512])
        raises(assay.Error if size[1:3] != b"02" else assay.Truncated,
               "larger than max_sample" if size[1:3] != b"02" else "stops inside of member a.x.npy",
               read_all, bytes(stream))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 50000, f"{grown} KiB"
    stream[124:136] = b"-1         \0"
    stream[148:156] = b" " * 8
    stream[148:156] = b"%06o\0 " % sum(stream[:512])
    raises(assay.Error, "no number", read_all, bytes(stream))
    stream[130] = 9
    raises(assay.Error, "no number", read_all, bytes(stream))
    raises(assay.Error, "larger than max_sample", list,
           assay.read(io.BytesIO(tar(("a.x", b"1" * 99), ("a.y", b"2" * 99))), max_sample=150))
    two = tar(("a.x", b"1" * 99), ("b.x", b"2" * 99))
    assert len(list(assay.read(io.BytesIO(two), max_sample=99))) == 2


def test_members_of_other_kinds():
    """Links, folders and paths that climb do no harm; sparse members are refused"""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as made:
        for name, kind in (("d", tarfile.DIRTYPE), ("a.lnk", tarfile.SYMTYPE),
                           ("a.hard", tarfile.LNKTYPE), ("a.fifo", tarfile.FIFOTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            made.addfile(info)
        for name in "/abs/../a.txt", "n" * 300 + ".txt", "__meta__/x.txt", "no-suffix", \
                ".hidden", "dot.", "__m__x/y.txt":
            info = tarfile.TarInfo(name)
            info.size = 2
            made.addfile(info, io.BytesIO(b"hi"))
    found = [(name, sample.members) for name, sample in assay.read(io.BytesIO(out.getvalue()))]
    assert found == [(name, {"txt": b"hi"}) for name in ("abs/a", "n" * 300, "__m__x/y")], found
    sh("truncate -s 1M holes.bin; tar --sparse -cf sparse.tar holes.bin; "
       "tar --sparse --format=pax -cf sparse-pax.tar holes.bin")
    for path in "sparse.tar", "sparse-pax.tar":
        raises(assay.Error, "is sparse", list, assay.read(path))
    for bad in (b"99 path=a.txt\n", b"x path=a.txt\n", b"13 path=a.txt", b"1 "):
        info = tarfile.TarInfo("x")
        info.type, info.size = b"x", len(bad)
        raw = info.tobuf(tarfile.USTAR_FORMAT) + bad.ljust(512, b"\0") + tar(("a.txt", b"hi"))
        raises(assay.Error, "", read_all, raw)


def test_garbled_streams():
    """Streams with some bytes changed are read, or raise Error"""
    pick, stream = random.Random(5), bytearray(small_stream())
    sh("assay-roll -q --window 8 --step 1/4 bach/a-minor.mid > items.tar")
    for source in bytearray(slurp("items.tar")), stream[:40000] + stream[-3000:]:
        texts = [i for i in range(len(source)) if 32 <= source[i] < 127]
        for _ in range(1500):
            garbled = bytearray(source)
            for _ in range(pick.randint(1, 3)):
                at = pick.choice(texts) if pick.random() < .8 else pick.randrange(len(source))
                garbled[at] = \
                    pick.choice(b'0129{}[]",\\\0\xff ax-') if pick.random() < .7 else \
                    pick.randrange(256)
            try:
                read_all(bytes(garbled))
            except assay.Error as fault:
                assert "\n" not in str(fault) and str(fault).isprintable(), repr(fault)


def test_garbled_tables_and_specs():
    pick = random.Random(6)
    findings = sh("assay-mine -q bach > b.json; assay-check -q -s b.json generated")
    for source, read in (findings, assay.table), (slurp("b.json"), assay.spec):
        for _ in range(300):
            garbled = bytearray(source)
            for _ in range(pick.randint(1, 3)):
                garbled[pick.randrange(len(source))] = pick.choice(b'019{}[]",\\\0\xff\t\n ax-')
            try:
                read(io.BytesIO(bytes(garbled)))
            except assay.Error as fault:
                assert str(fault).isprintable(), repr(fault)


def test_seeds_of_the_fuzzer():
    """What the C programs read of the seeds of their fuzzer, and what not, assay.py does too"""
    def differs(data, path):
        try:
            read_all(data)
            here = True
        except assay.Error:
            here = False
        there = subprocess.run(["assay-diff", "-q", path, path], stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL).returncode == 0
        return [f"{path}: here {here}, there {there}"] if here != there else []

    corpus, differing = f"{tap.ROOT}/tests/fuzz/corpus", []
    for path in sorted(glob.glob(f"{corpus}/stream/*")):
        differing += differs(slurp(path), path)
    for path in sorted(glob.glob(f"{corpus}/npy/*")):
        stream = tar(("a.x.npy", slurp(path)))
        with open(f"{os.path.basename(path)}.tar", "wb") as file:
            file.write(stream)
        differing += differs(stream, file.name)
    assert not differing, "\n".join(differing)
    seeds = glob.glob(f"{tap.ROOT}/tests/fuzz/corpus/spec/*")
    assert len(seeds) > 10
    for path in seeds:
        try:
            spec = assay.spec(path)
            if "chroma-transition" in spec.rules:
                spec.transitions()
        except assay.Error:
            pass


tap.run(globals())
