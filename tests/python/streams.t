#!/usr/bin/python3
# streams.t - what assay.py reads and writes is what the C programs write and read.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import io
import os
import subprocess
import sys
import tarfile

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import tap
from tap import raises, sh

import numpy as np

import assay

ROLL = {"roll": ("time", "pitch")}
ITEMS = {"roll": ("item", "time", "pitch")}


def slurp(path):
    with open(path, "rb") as file:
        return file.read()


def copied(source, look=lambda sample: None, **options):
    """What write() makes of what read() gives."""
    out, reader = io.BytesIO(), assay.read(source)
    with assay.write(out, **options) as writer:
        for name, sample in reader:
            look(sample)
            writer.put(name, sample)
        for skip in reader.skipped:
            writer.skip(*skip)
    return out.getvalue()


def look_at_all(sample):
    for field in sample:
        sample[field].sum()


def written(**samples):
    """A stream of samples, each a dict of fields of [time, pitch]."""
    out = io.BytesIO()
    with assay.write(out) as writer:
        for name, fields in samples.items():
            writer.put(name, fields)
    return out.getvalue()


def same_again(path, **options):
    stream = slurp(path)
    assert copied(path, **options) == stream, f"{path} was copied otherwise"
    assert copied(path, look_at_all, **options) == stream, f"{path}: decoded, copied otherwise"


def test_streams_are_copied_byte_for_byte():
    sh("assay-roll -q -o roll.tar bach generated")
    sh("assay-chroma -q -o chroma.tar roll.tar")
    sh("assay-roll -q --window 8 --hop 3 -o windows.tar bach")
    sh("assay-roll -q --window 8 bach | assay-chroma -q | assay-baseline -q bernoulli > noise.tar")
    for path in "roll.tar", "chroma.tar", "windows.tar", "noise.tar":
        same_again(path)
    sh("assay-chroma -q < roll.tar | gzip > chroma.tar.gz")
    assert copied("chroma.tar.gz") == slurp("chroma.tar")


def test_items_in_pieces_are_copied_byte_for_byte():
    """Items in pieces, cut by programs one after the other, are copied byte for byte"""
    np.save("items.npy", np.arange(600 * 1024 * 128, dtype="u4").astype("u1")
            .reshape(600, 1024, 128))
    sh("assay-roll -q --axes=item,time,pitch -o items.tar items.npy")
    same_again("items.tar")
    pieces = [(sample.item_start, sample.n_items)
              for name, sample in assay.read("items.tar", pieces=True)]
    assert pieces == [(at, 8) for at in range(0, 600, 8)], pieces
    (name, sample), = assay.read("items.tar")
    assert (name, sample.item_start, sample.n_items) == ("items", 0, 600)
    assert np.array_equal(sample["roll"] != 0, np.load("items.npy") != 0)
    with assay.write("large.tar") as writer:
        writer.put("large", {"roll": sample["roll"]}, axes=ITEMS,
                   field_meta={"roll": sample.field_meta("roll")})
    sh("assay-chroma -q -o again.tar large.tar")  # two fields now: the first piece is cut in two
    same_again("again.tar")
    raises(assay.Error, "pieces=True", list, assay.read("items.tar", max_sample=70 << 20))


def test_large_samples_are_cut():
    """A sample made here with an item axis is cut into pieces of at most 64 MiB"""
    roll = np.zeros((600, 1024, 128), "u1")
    roll[:, ::7, 60] = 90
    with assay.write("cut.tar") as writer:
        writer.put("cut", {"array": roll, "roll": roll, "k": [1, 2]},
                   axes={"array": ITEMS["roll"], **ITEMS})
    pieces = [sample.n_items for _, sample in assay.read("cut.tar", pieces=True)]
    assert pieces == [256, 256, 88], pieces
    assert set(assay.table(io.BytesIO(sh("assay-show -q --tsv cut.tar")))["items"]) == {600}
    (_, sample), = assay.read("cut.tar")
    assert np.array_equal(sample["roll"], roll) and list(sample["k"]) == [1, 2]
    with assay.write("none.tar") as writer:
        writer.put("none", {"roll": roll[:0]}, axes=ITEMS)
    (_, sample), = assay.read("none.tar")
    assert sample.n_items == 0 and sample["roll"].shape == (0, 1024, 128)
    same_again("none.tar")


def test_samples_made_here_are_those_of_assay_roll():
    """A stream rebuilt from arrays and metadata is that of assay-roll, byte for byte"""
    sh("assay-roll -q --window 8 -o made.tar bach; assay-roll -q -o plain.tar bach")
    for path in "made.tar", "plain.tar":
        out = io.BytesIO()
        stage = next(assay.read(path))[1].stages[0]
        with assay.write(out, **stage) as writer:
            for name, sample in assay.read(path):
                meta = {key: sample.meta[key] for key in sample.meta if key != "fields"}
                writer.put(name, dict(sample), meta=meta,
                           axes={field: sample.axes(field) for field in sample},
                           field_meta={field: sample.field_meta(field) for field in sample})
        assert out.getvalue() == slurp(path), path


def test_programs_take_what_is_written():
    sh("assay-roll -q bach | assay-chroma -q | assay-mine -q > bach.spec.json")
    random = np.random.default_rng(3)
    with assay.write("random.tar", tool="random", options={"seed": 3}) as out:
        for i in range(4):
            out.put(f"set/r{i}", {"roll": random.integers(0, 2, (32, 128), "u1")}, axes=ROLL,
                    field_meta={"roll": {"step_q": 0.25, "pitch_low": 0, "pitch_high": 127,
                                         "drums": False}})
    summary = sh("assay-check -q -s bach.spec.json --summary random.tar").decode().split("\n")
    row = dict(zip(summary[0].split("\t"), summary[1].split("\t")))
    assert (row["items"], row["events"]) == ("4", "124"), row
    assert int(row["violations"]) > 115, row
    shown = sh("assay-show random.tar").decode()
    assert "random" in shown and "seed=3" in shown.replace(" ", "="), shown


def test_names_long_and_foreign():
    """Names of any length and script are written as the programs write them"""
    for folder in "q" * 90, "q" * 98, "q" * 101, "q" * 154, "q" * 160, "ö" * 40, "Präludium":
        for base in "s", "t" * 85, "t" * 93, "t" * 97, "t" * 101, "t" * 180, "é" * 44, "鐘" * 50:
            os.makedirs(f"names/{folder}", exist_ok=True)
            os.link("bach/a-minor.mid", f"names/{folder}/{base}.mid")
    sh("assay-roll -q --step=1/1 -o names.tar names")
    copy = copied("names.tar")
    with open("names2.tar", "wb") as file:
        file.write(copy)
    sh("assay-diff names.tar names2.tar")
    # What stands in the ustar header of a name that does not fit in is up to libarchive.
    longest = max(len(name) for name, _ in assay.read(io.BytesIO(copy)))
    assert longest > 340, longest
    for path in "names.tar", "names2.tar":
        with tarfile.open(path) as tar:
            names = [member.name for member in tar if member.name.endswith(".roll.npy")]
        assert names == [f"{name}.roll.npy" for name, _ in assay.read(path)]
    assert sh("tar -t -f names2.tar") == sh("tar -t -f names.tar")


def test_names_in_the_c_locale():
    sh("mkdir -p laute; cp bach/a-minor.mid laute/Präludium.mid; assay-roll -q -o laute.tar laute")
    code = ("import assay, sys\nwith assay.write('-') as out:\n"
            " for name, sample in assay.read('laute.tar'): out.put(ascii(name), sample)")
    out = sh(f"LC_ALL=C PYTHONUTF8=0 PYTHONCOERCECLOCALE=0 {sys.executable} -c \"{code}\"")
    (name, _), = assay.read(io.BytesIO(out))
    assert name == "'laute/Pr\\xe4ludium'", name


def test_names_are_made_safe():
    stream = written(**{"../../etc/x.y": {}, "a\nb": {}, "__x": {}, "50%": {}, "a%0Ab": {},
                        "c\udcff": {}, "v1.0/t.mid": {}})
    names = [name for name, _ in assay.read(io.BytesIO(stream))]
    assert names == ["etc/x_y", "a%0Ab", "%5F_x", "50%25", "a%0Ab", "c%FF", "v1.0/t_mid"], names
    again = written(**{name: {} for name in names if name != "a%0Ab"})
    assert [name for name, _ in assay.read(io.BytesIO(again))] == \
        [name for name in names if name != "a%0Ab"]
    raises(assay.Error, "no name of a sample", written, **{"": {}})
    raises(assay.Error, "no name of a field", written, x={"a/b": np.zeros(1)})


def test_types_of_arrays():
    """Types and orders become those of the format; others are refused"""
    half = np.array([[0, 1.5, -2], [np.inf, 6e-8, 65504]], "f2")
    given = {"half": half, "big": np.arange(6, dtype=">i4"), "truth": np.array([True, False]),
             "fortran": np.asfortranarray(np.arange(6.).reshape(2, 3)), "scalar": np.float64(2.5),
             "empty": np.zeros((0, 7), "i2"), "nan": np.array([np.nan]), "list": [1, 2],
             "strided": np.arange(10, dtype="u8")[::3]}
    (_, sample), = assay.read(io.BytesIO(written(x=given)))
    for field, wanted in given.items():
        array = sample[field]
        assert array.shape == np.shape(wanted) and array.flags.c_contiguous, field
        assert np.array_equal(array, wanted, equal_nan=array.dtype.kind == "f"), field
        assert array.dtype.isnative and array.flags.writeable, field
    assert [sample[f].dtype.name for f in ("half", "big", "truth")] == ["float32", "int32", "uint8"]
    for wrong in np.array([None]), np.array(["a"]), np.array([1j]), np.zeros(2, "i4,f4"):
        raises(assay.Error, 'x: field "f": an array of', written, x={"f": wrong})
    raises(assay.Error, "at most 8 axes", written, x={"f": np.zeros((1,) * 9)})


def test_numpy_files_of_any_kind():
    """Shards of .npy in any version, byte and axis order are read as the programs read them"""
    arrays = {"f2": np.arange(6, dtype="f2").reshape(2, 3), "be": np.arange(6, dtype=">f8"),
              "fo": np.asfortranarray(np.arange(6, dtype=">i2").reshape(2, 3)),
              "b1": np.array([[True, False]]), "zero": np.array(3, "u4"), "none": np.zeros((3, 0))}
    with tarfile.open("kinds.tar", "w") as tar:
        for version in (1, 0), (2, 0), (3, 0):
            for kind, array in arrays.items():
                file = io.BytesIO()
                np.lib.format.write_array(file, array, version, allow_pickle=False)
                info = tarfile.TarInfo(f"v{version[0]}.{kind}.npy")
                info.size = file.tell()
                file.seek(0)
                tar.addfile(info, file)
    for name, sample in assay.read("kinds.tar"):
        for kind, array in arrays.items():
            assert np.array_equal(sample[kind], array) and sample[kind].dtype.isnative
            assert sample.axes(kind) == tuple(f"axis{i}" for i in range(array.ndim))
    with open("kinds2.tar", "wb") as file:
        file.write(copied("kinds.tar", look_at_all))
    assert sh("assay-diff kinds.tar kinds2.tar", 1) == b"head: kinds.tar has none\n"


def test_metadata_are_printed_as_the_programs_print_them():
    numbers = [0.1, 1e-7, 1e22, 1e300, 5e-324, 2.2250738585072014e-308, 1 / 3, -0.0, 1.0, 2.0 ** 53,
               2.0 ** 54, 123456789.125, 1e15, 1e16, 12345678901234567, -1, 1 << 62,
               0.30000000000000004]
    numbers += list(np.random.default_rng(1).standard_normal(300) * 10.0 ** np.arange(-150, 150))
    texts = ["\x01\x1f\x7f\x80", "ä\"\\/\n\t\r\b\f", "\U0001d11e", ""]
    meta = {"numbers": numbers, "texts": texts, "ä": None, "Z": [True, False, {}, []],
            "a": np.int8(3)}
    out = io.BytesIO()
    with assay.write(out) as writer:
        writer.put("x", {"roll": np.zeros((4, 128), "u1")}, axes=ROLL, meta=meta,
                   field_meta={"roll": {"pitch_low": 0, "pitch_high": 127, "step_q": 0.1}})
    made = sh("assay-chroma -q", data=out.getvalue())
    (_, sample), = assay.read(io.BytesIO(made))
    assert sample.meta["numbers"] == numbers and sample.meta["texts"] == texts
    assert copied(io.BytesIO(made)) == made
    for wrong in {1: 2}, {"a": object()}, {"a": 1 << 63}, {"a": "\0"}, {"a": "\ud800"}:
        raises(assay.Error, "", assay.write(io.BytesIO()).put, "x", {}, meta=wrong)


def test_a_sample_can_be_changed():
    sh("assay-roll -q -o roll.tar bach")
    out = io.BytesIO()
    with assay.write(out, tool="loud", version="2", options={"over": 100}) as writer:
        for name, sample in assay.read("roll.tar"):
            sample["roll"][:] *= 2
            sample.set("loud", sample["roll"].max(axis=1), ("time",), unit="velocity")
            sample["notes"] = sample["notes"][:5]
            del sample.meta["source"]
            writer.put(f"loud/{name}", sample)
    first = dict(assay.read("roll.tar"))
    for name, sample in assay.read(io.BytesIO(out.getvalue())):
        before = first[name[5:]]
        assert list(sample) == ["notes", "roll", "loud"] and sample.source == {}
        assert np.array_equal(sample["roll"], before["roll"] * 2)
        assert sample.axes("notes") == ("note", "column") and len(sample["notes"]) == 5
        assert sample.field_meta("loud") == {"axes": ["time"], "unit": "velocity"}
        assert [stage["tool"] for stage in sample.stages] == ["assay-roll", "loud"]
        assert sample.stages[1] == {"tool": "loud", "version": "2", "options": {"over": "100"}}
    sample = next(iter(first.values()))
    raises(KeyError, "it has notes, roll", lambda: sample["loud"])
    raises(assay.Error, "has 2 axes, named are", sample.set, "roll", sample["roll"], ("time",))
    raises(assay.Error, "no field of it", assay.Sample, "x", {}, axes={"y": ()})
    del sample["roll"]
    assert list(sample) == ["notes"] and "roll" not in sample.meta["fields"]
    items = assay.Sample("x", {"a": np.zeros((3, 2)), "b": np.zeros((4, 2))},
                         axes=dict.fromkeys("ab", ("item", "k")))
    raises(assay.Error, "has 4 items, the sample 3", assay.write(io.BytesIO()).put, items)


def test_several_streams_are_one():
    sh("assay-roll -q -o a.tar bach; assay-chroma -q a.tar > b.tar; cat a.tar b.tar > ab.tar")
    samples = list(assay.read("ab.tar"))
    assert [len(sample.stages) for _, sample in samples] == [1] * 4 + [2] * 4
    assert len(copied("ab.tar")) == len(slurp("ab.tar")) - 1024  # one end of the tar
    with open("ab2.tar", "wb") as file:
        file.write(copied("ab.tar"))
    sh("assay-diff ab.tar ab2.tar")


def test_what_was_left_out_is_told():
    sh("mkdir -p mixed; cp bach/a-minor.mid mixed; echo no > mixed/b.mid")
    sh("assay-roll -q -o mixed.tar mixed", status=4)
    reader = assay.read("mixed.tar")
    assert [name for name, _ in reader] == ["mixed/a-minor"]
    (skip,) = reader.skipped
    assert skip.name == "mixed/b" and "MIDI" in skip.reason and skip.accepted is False, skip
    same_again("mixed.tar")
    with assay.write("skips.tar") as out:
        out.skip("x", "has no notes", accepted=True)
    assert list(assay.read("skips.tar")) == []
    sh("assay-show -q skips.tar")


def test_items_that_were_left_out_are_told():
    pixels = np.zeros((5, 2, 2), np.float32)
    pixels[[1, 2], 0, 1] = np.nan
    np.save("bad.npy", pixels)
    sh("assay-image -q --axes=item,row,column -o items.tar bad.npy", status=4)
    reader = assay.read("items.tar")
    assert [(sample.item_start, sample.n_items) for _, sample in reader] == [(0, 1), (3, 2)]
    (skip,) = reader.skipped
    assert (skip.name, skip.item_start, skip.items) == ("bad", 1, 2), skip
    same_again("items.tar")


def test_other_members_are_handed_on():
    sh("assay-roll -q -o plain.tar bach/a-minor.mid")
    (name, sample), = assay.read("plain.tar")
    out = io.BytesIO()
    with assay.write(out) as writer:
        writer.put("x", {"array": np.arange(3)}, members={"jpg": b"\xff\xd8", "cls": b"7"})
    (_, sample), = assay.read(io.BytesIO(out.getvalue()))
    assert sample.members == {"jpg": b"\xff\xd8", "cls": b"7"} and list(sample) == ["array"]
    with tarfile.open("order.tar", "w") as tar:
        for suffix, data in (("z.npy", b""), ("jpg", b"\xff"), ("json", b'{"a": 1.0}'),
                             ("cls", b"7"), ("roll.npy", b"")):
            if suffix.endswith("npy"):
                file = io.BytesIO()
                np.save(file, np.zeros((8, 128), "u1"))
                data = file.getvalue()
            info = tarfile.TarInfo(f"s.{suffix}")
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    foreign = copied("order.tar")
    with tarfile.open(fileobj=io.BytesIO(foreign)) as tar:
        names = tar.getnames()
        assert tar.extractfile("s.json").read() == b'{"a":1}\n'
    assert names == ["__stream__/head.json", "s.json", "s.z.npy", "s.jpg", "s.cls", "s.roll.npy",
                     "__stream__/end.json"], names
    for wrong in {"json": b""}, {"x.npy": b""}, {"": b""}, {"a/b": b""}, {"jpg": "text"}:
        raises(assay.Error, "", assay.Sample, "x", members=wrong)


def test_tarfile_and_numpy_read_it():
    sh("assay-roll -q -o roll.tar bach")
    with assay.write("deep.tar") as out:
        for name, sample in assay.read("roll.tar"):
            out.put(f"{'deep/' * 60}{name}", sample)
    read = dict(assay.read("deep.tar"))
    n = 0
    with tarfile.open("deep.tar") as tar:
        for member in tar:
            if member.name.endswith(".roll.npy"):
                array = np.load(io.BytesIO(tar.extractfile(member).read()), allow_pickle=False)
                assert np.array_equal(array, read[member.name[:-9]]["roll"])
                assert (member.mtime, member.uid, member.mode) == (0, 0, 0o644)
                n += 1
    assert n == 4
    sh("mkdir unpacked && tar -x -C unpacked -f deep.tar")


def test_pipes():
    with subprocess.Popen(["assay-roll", "-q", "bach"], stdout=subprocess.PIPE) as process:
        assert len(list(assay.read(process.stdout))) == 4
    with subprocess.Popen(["assay-roll", "-q", "bach"], stdout=subprocess.PIPE,
                          bufsize=0) as process:  # returns less than it is asked for
        assert len(list(assay.read(process.stdout))) == 4
    code = ("import assay, sys\nwith assay.write(sys.stdout.buffer) as out:\n"
            " for name, sample in assay.read(sys.stdin.buffer): out.put(name, sample)")
    sh(f"assay-roll -q bach > a.tar; {sys.executable} -c '{code}' < a.tar | assay-diff a.tar -")
    out = sh(f"{sys.executable} {tap.ROOT}/python/assay.py a.tar").decode().splitlines()
    assert out[0] == "bach/a-minor\tnotes:float64[53, 8]\troll:uint8[64, 128]", out[0]
    sh(f"{sys.executable} {tap.ROOT}/python/assay.py a.tar a.tar | head -n 1 >/dev/null; "
       "case ${PIPESTATUS[0]} in 0 | 141) ;; *) false; esac")
    out = sh(f"{sys.executable} {tap.ROOT}/python/assay.py --help 2>&1", status=1)
    assert out.startswith(b"usage: python3 assay.py [FILE]..."), out
    out = sh(f"{sys.executable} {tap.ROOT}/python/assay.py bach/a-minor.mid 2>&1", status=1)
    assert out == b"assay.py: bach/a-minor.mid: is no tar, and so neither a stream nor a shard\n"


def test_a_stream_that_fails_has_no_end():
    def fail(f):
        with assay.write(f) as out:
            out.put("a", {"x": np.zeros(3)})
            out.put("b", {"x": np.zeros(3)})
            raise RuntimeError("out of ideas")

    out = io.BytesIO()
    raises(RuntimeError, "out of ideas", fail, out)
    out.seek(0)
    reader = assay.read(out)
    assert next(reader)[0] == "a"
    raises(assay.Truncated, "without its end record", list, reader)
    sh("assay-show -q", status=3, data=out.getvalue())
    with open("kept.tar", "wb") as file:
        file.write(b"before")
    raises(RuntimeError, "out of ideas", fail, "kept.tar")
    assert slurp("kept.tar") == b"before" and not [f for f in os.listdir() if f.startswith(".kept")]
    os.chmod("kept.tar", 0o600)
    with assay.write("kept.tar") as writer:
        writer.put("a", {})
        assert slurp("kept.tar") == b"before"
    assert os.stat("kept.tar").st_mode & 0o777 == 0o600
    raises(assay.Error, "closed already", writer.put, "b", {})
    raises(FileNotFoundError, "no/such", assay.write, "no/such/folder.tar")
    raises(OSError, "No space left", lambda: fail_full())
    raises(assay.Error, "name it", assay.write, io.BytesIO(), options={"a": 1})


def fail_full():
    with assay.write("/dev/full") as out:
        out.put("a", {"x": np.zeros(1 << 20)})


def test_equal_samples_give_equal_bytes():
    fields = {"b": np.arange(3), "a": np.ones((2, 2))}
    assert written(x=fields, y=fields) == written(x=fields, y=fields)


tap.run(globals())
