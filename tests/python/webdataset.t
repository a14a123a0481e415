#!/usr/bin/python3
# webdataset.t - WebDataset reads our streams, and assay.py and the C programs read its shards.
#
# Where the package webdataset cannot be imported, its rules are stated here, as its file
# tariterators.py has them: key and suffix are parted at the first dot of the last component;
# members of folders __x__ are left out; consecutive members of one key are a sample; suffixes are
# in lower case.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import io
import json
import os
import re
import sys
import tarfile

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import tap
from tap import sh

import numpy as np

import assay

try:
    import webdataset
    parted = webdataset.tariterators.base_plus_ext
except ImportError:
    webdataset = None

    def parted(path):
        match = re.match(r"^((?:.*/|)[^.]+)[.]([^/]*)$", path)
        return match.groups() if match else (None, None)


def as_webdataset(path):
    """The samples of a shard as WebDataset has them: a list of dicts."""
    if webdataset is not None:
        return [{key: value for key, value in sample.items()
                 if key not in ("__url__", "__local_path__")}
                for sample in webdataset.WebDataset(path, shardshuffle=False)]
    samples = []
    with tarfile.open(path, "r|*") as stream:
        for member in stream:
            if not member.isreg() or re.match(r"__[^/]*__($|/)", member.name):
                continue
            key, suffix = parted(member.name)
            if key is None:
                continue
            if not samples or samples[-1]["__key__"] != key:
                samples.append({"__key__": key})
            assert suffix.lower() not in samples[-1]
            samples[-1][suffix.lower()] = stream.extractfile(member).read()
    return samples


def shard(path, *members):
    with tarfile.open(path, "w:gz" if path.endswith("gz") else "w") as made:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            made.addfile(info, io.BytesIO(data))


def npy(array):
    out = io.BytesIO()
    np.save(out, array)
    return out.getvalue()


def test_where_a_name_ends():
    """WebDataset and assay.py part the names of members at the same dot"""
    # All but dot-files in folders, a/.b, for which WebDataset has the key "a/"; here they are none.
    paths = ["a.json", "a.b.npy", "a/b.c.d", "a.b/c.d", "a/b", ".a", "a.b.c/d.e.f", "Ä/ö.x",
             "a b.c", "a-b_c.JPG", "x/y/z.seg.png"]
    for path in paths:
        shard("one.tar", (path, b"x"), ("last.x", b"x"))
        found = [(name, list(sample.members) or ["json"])
                 for name, sample in assay.read("one.tar")][:-1]
        key, suffix = parted(path)
        if suffix == "b.npy":
            suffix, found = None, [(name, [None]) for name, _ in found]
        assert found == ([] if key is None else [(key, [suffix])]), (path, found, key, suffix)


def test_our_streams_are_shards():
    sh("mkdir -p deep; cp bach/a-minor.mid 'deep/Präludium v1.2.mid'; cp bach/*.mid deep")
    sh("assay-roll -q bach deep | assay-chroma -q > chroma.tar; "
       "assay-roll -q --window 8 bach > windows.tar; cat chroma.tar windows.tar > both.tar")
    # tarfile, and so WebDataset, stops where the first of several tars ends; a copy is one tar.
    assert len(as_webdataset("both.tar")) == len(as_webdataset("chroma.tar"))
    with assay.write("one-tar.tar") as out:
        for name, sample in assay.read("both.tar"):
            out.put(name, sample)
    for path in "chroma.tar", "windows.tar", "one-tar.tar":
        theirs, ours = as_webdataset(path), list(assay.read(path, pieces=True))
        assert len(theirs) == len(ours), path
        for sample, (name, read) in zip(theirs, ours):
            key = name if read.item_start is None else f"{name}/000000"
            assert sample["__key__"] == key
            assert sorted(sample) == sorted(["__key__", "json"]
                                            + [f"{field}.npy" for field in read])
            for field in read:
                array = np.load(io.BytesIO(sample[f"{field}.npy"]), allow_pickle=False)
                assert np.array_equal(array, read[field])
            assert json.loads(sample["json"])["source"] == read.source


def test_their_shards_are_read():
    """jpg, cls, json and npy of a shard of WebDataset, in gzip or not"""
    members = []
    for i in range(3):
        members += [(f"train/{i:04}.jpg", bytes([255, 216, i])), (f"train/{i:04}.cls", b"%d" % i),
                    (f"train/{i:04}.json", b'{"label": "x", "n": %d}' % i),
                    (f"train/{i:04}.seg.npy", npy(np.full((2, 3), i, "f2"))),
                    (f"train/{i:04}.npy", npy(np.full(4, i, ">i8")))]
    for path in "shard.tar", "shard.tar.gz":
        shard(path, *members)
        theirs, ours = as_webdataset(path), list(assay.read(path))
        assert [sample["__key__"] for sample in theirs] == [name for name, _ in ours]
        for i, (name, sample) in enumerate(ours):
            assert sample.meta == {"label": "x", "n": i} and sample.stages is None
            assert sample.members == {"jpg": bytes([255, 216, i]), "cls": b"%d" % i}
            assert list(sample) == ["seg", "array"] and sample["seg"].dtype == "float32"
            assert sample["array"].tolist() == [i] * 4 and theirs[i]["cls"] == sample.members["cls"]
    sh("assay-show -q shard.tar")


def test_their_shards_become_streams():
    shard("shard.tar", ("a.jpg", b"\xff"), ("a.npy", npy(np.eye(2))),
          ("b.jpg", b"\xfe"), ("b.npy", npy(np.eye(3))))
    with assay.write("stream.tar", tool="import") as out:
        for name, sample in assay.read("shard.tar"):
            out.put(name, sample)
    before, after = as_webdataset("shard.tar"), as_webdataset("stream.tar")
    for sample in after:
        assert sample.pop("json") == b"{}\n"
    assert before == after
    sh("assay-diff --no-meta shard.tar stream.tar")


tap.run(globals())
