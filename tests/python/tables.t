#!/usr/bin/python3
# tables.t - tables, specs and chords in assay.py are what the C programs write.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import io
import json
import os
import shutil
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import tap
from tap import raises, sh

import numpy as np

import assay


def table(text, **options):
    return assay.table(io.BytesIO(text.encode()), **options)


def test_types_of_columns():
    """The type of a column is decided by how Assay writes numbers"""
    cases = [
        (["1", "-2", "0"], "int64"), (["1", "NA"], "float64"), (["NA", "NA"], "float64"),
        ([], "object"), (["9223372036854775807"], "int64"), (["9223372036854775808"], "object"),
        (["9007199254740993", "NA"], "object"), (["9007199254740992", "NA"], "float64"),
        (["1", "2.5"], "float64"), (["0.1", "1e-07", "inf", "-inf"], "float64"),
        (["007"], "object"),
        (["1", "1.0"], "object"), (["+1"], "object"), (["-0"], "object"), (["1_0"], "object"),
        ([" 1"], "object"),
        (["1e5"], "object"), (["nan"], "object"), (["0x10"], "object"), (["١"], "object"),
        (["x", "1"], "object"),
    ]
    for cells, dtype in cases:
        column = table("\n".join(["x\tzz"] + [f"{cell}\ta" for cell in cells]) + "\n")["x"]
        assert column.dtype == dtype, f"{cells}: {column.dtype}, not {dtype}"
        if dtype == "object":
            assert [("NA" if cell is None else cell) for cell in column] == cells
    assert np.isnan(table("x\n1\nNA\n")["x"][1])
    found = table("found\titem\tp\n1\t12\t1\n2\tNA\t0\n")
    assert list(found["found"]) == ["1", "2"] and list(found["item"]) == ["12", None]
    assert found["p"].dtype == "float64"
    assert list(table("x\n1\n", types={"x": str})["x"]) == ["1"]
    assert table("x\n1\n", types={"x": float})["x"].dtype == "float64"
    assert table("item\tbar\tp\n")["bar"].dtype == "int64" and table("p\n")["p"].dtype == "float64"
    assert table("bar\nNA\n2\n")["bar"].dtype == "float64" and table("bar\nx\n")["bar"][0] == "x"
    assert table("p\n01\n")["p"][0] == "01" and np.isnan(table("bar\nNA\n")["bar"][0])
    raises(assay.Error, 'column "x"', table, "x\na\n", types={"x": float})
    raises(assay.Error, 'column "x"', table, "x\n1.5\n", types={"x": int})


def test_cells():
    made = table("a\\tb\tc\r\nx\\\\y\\n\t1\r\n\r\nz\t2\r\n")
    assert list(made) == ["a\tb", "c"] and list(made["a\tb"]) == ["x\\y\n", "z"]
    assert list(table("\ufeffa\n1\n")) == ["a"] and list(table("a\n\n")["a"]) == [""]
    for text, says in (("", "no header"), ("\n", "no header"), ("a\ta\n", "one name"),
                       ("a\tb\n1\n", "line 2: 1 cells"),
                       ("a\n\\x\n", "lone backslash"), ("a\n\\\\\\\n", "lone backslash"),
                       ("a\n\0\n", "zero byte")):
        raises(assay.Error, says, table, text)
    raises(assay.Error, "line 2: bytes that are not UTF-8", assay.table, io.BytesIO(b"a\n\xff\n"))


def test_tables_of_the_programs():
    """Tables of assay-check and assay-show, read and written, are the same bytes"""
    sh("assay-roll -q bach | assay-chroma -q | assay-mine -q > bach.spec.json")
    sh("assay-check -q -s bach.spec.json generated > findings.tsv")
    for command in ("cat findings.tsv", "assay-check -q -s bach.spec.json --per-item generated",
                    "assay-check -q -s bach-chorales --summary a=generated b=bach",
                    "assay-roll -q bach | assay-show -q --tsv",
                    "assay-roll -q bach | assay-show -q -f notes"):
        text, out = sh(command), io.BytesIO()
        assay.write_table(out, assay.table(io.BytesIO(text)))
        assert out.getvalue() == text, command
    findings = assay.table("findings.tsv")
    assert findings["bar"].dtype == "int64" and findings["beat"].dtype == "float64"
    shutil.copy("findings.tsv", "again.tsv")
    assay.write_table("again.tsv", findings)
    sh("cmp findings.tsv again.tsv; ls -A | grep -v '^[.]again' > /dev/null")
    raises(assay.Error, "one length", assay.write_table, io.BytesIO(), {"a": [1], "b": []})
    raises(assay.Error, "has columns", assay.write_table, io.BytesIO(), {})
    out = io.BytesIO()
    assay.write_table(out, {"a\t": [True, None, np.int8(3), 0.5, float("nan"), "x\n\\"]})
    assert out.getvalue() == b"a\\t\n1\nNA\n3\n0.5\nNA\nx\\n\\\\\n", out.getvalue()
    raises(OSError, "No space left", assay.write_table, "/dev/full", {"a": [1]})


def test_all_chords():
    """All 4096 chords are called as in the specs of assay-mine, and read back"""
    states = np.arange(4096)
    chroma = (states[:, None] >> np.arange(12) & 1).astype("u1")
    with assay.write("chords.tar") as out:
        out.put("all", {"chroma": chroma}, axes={"chroma": ("time", "class")},
                field_meta={"chroma": {"step_q": 0.25, "pitch_low": 0, "pitch_high": 127,
                                       "drums": False}})
    spec = assay.spec(io.BytesIO(sh("assay-mine -q chords.tar")))
    rule = spec.rules["chroma-transition"]
    assert np.array_equal(rule.from_state, states[:-1])
    assert np.array_equal(rule.to_state, states[1:])
    assert [assay.chord_name(state) for state in states] == [*rule["from"], rule["to"][-1]]
    for name in "H", "C-", "", "C--E", "C E", "rest-C":
        raises(assay.Error, "is no chord", assay.chord_state, name)
    for state in -1, 4096:
        raises(assay.Error, "is no state", assay.chord_name, state)


def test_a_spec_is_the_sum_of_its_corpus():
    sh("assay-roll -q --step 1/4 bach | assay-chroma -q -o chroma.tar; "
       "assay-mine -q chroma.tar > b.spec.json")
    spec, counts = assay.spec("b.spec.json"), {}
    for name, sample in assay.read("chroma.tar"):
        states = (sample["chroma"].astype(int) << np.arange(12)).sum(axis=1)
        for pair in zip(states[:-1].tolist(), states[1:].tolist()):
            counts[pair] = counts.get(pair, 0) + 1
    rows, columns, n = spec.transitions()
    assert dict(zip(zip(rows.tolist(), columns.tolist()), n.tolist())) == counts
    rows, columns, n = spec.transitions(changes_only=True)
    assert n.sum() == sum(n for (a, b), n in counts.items() if a != b) and (rows != columns).all()
    assert spec.items["chroma-transition"].sum() == sum(counts.values())
    assert spec.item_names == ["a-minor", "c-major", "f-major", "g-major"] or \
        spec.item_names[0].endswith("a-minor"), spec.item_names
    lengths = np.concatenate([sample["notes"][:, 1] for _, sample in assay.read("chroma.tar")])
    length, occurrences = np.unique(lengths, return_counts=True)
    rule = spec.rules["duration"]
    assert np.array_equal(rule["length"], length) and np.array_equal(rule.occurrences, occurrences)


def test_specs_with_more_history():
    """Histories, starts and ends of a spec of order 2 are those of its corpus"""
    sh("assay-roll -q --step 1/4 bach | assay-chroma -q -o chroma.tar; "
       "assay-mine -q --order=2 chroma.tar > o.spec.json")
    rule = assay.spec("o.spec.json").rules["chroma-transition"]
    counts, pairs, starts, ends = {}, {}, {}, {}
    for name, sample in assay.read("chroma.tar"):
        states = (sample["chroma"].astype(int) << np.arange(12)).sum(axis=1).tolist()
        for three in zip(states, states[1:], states[2:]):
            counts[three] = counts.get(three, 0) + 1
            pairs[three[1:]] = pairs.get(three[1:], 0) + 1
        starts[tuple(states[:2])] = starts.get(tuple(states[:2]), 0) + 1
        ends[tuple(states[-2:])] = ends.get(tuple(states[-2:]), 0) + 1

    def as_dict(keys, n):
        return dict(zip(map(tuple, keys.tolist()), n.tolist()))

    assert rule.order == 2 and as_dict(rule.states, rule.occurrences) == counts
    assert as_dict(*rule.starts) == starts and as_dict(*rule.ends) == ends
    rows, columns, n = assay.spec("o.spec.json").transitions()
    assert as_dict(np.stack([rows, columns], axis=1), n) == pairs and len(n) < len(counts)
    old = {**rule._document}
    del old["starts"]
    assert assay.Rule("chroma-transition", old).starts is None
    assert list(dict(rule)) == list(rule) == \
        ["from2", "from", "to", "occurrences", "items", "groups", "owners"]


def test_the_shipped_spec():
    spec = assay.spec("bach-chorales")
    rule = spec.rules["chroma-transition"]
    assert (spec.name, spec.edition, len(spec.item_names)) == ("bach-chorales", "1.0", 274)
    assert rule.occurrences.sum() == spec.items["chroma-transition"].sum() == 58534
    assert (rule.groups == assay.MANY).sum() == sum(owners is None for owners in rule.owners) > 0
    for owners, occurrences, items in zip(rule.owners, rule.occurrences, rule.items):
        if owners is not None:
            assert sum(n for _, n in owners) == occurrences and len(owners) == items
    assert rule["groups"].max() == 9 and rule["groups"].min() == 1
    assert spec.rules["duration"]["length"].dtype == "float64"
    assert spec.items["item"].tolist() == [-1] * 274 and spec.items["group"][0] is None or \
        isinstance(spec.items["group"][0], str)
    raises(KeyError, "it has from, to", lambda: rule["form"])
    assert repr(spec) == "<assay.Spec bach-chorales: 274 chorales, chroma-transition, duration>"


def test_distributions():
    """Whole numbers, fractions, groups: as NumPy counts them"""
    rng = np.random.default_rng(1)
    for array in (rng.integers(0, 256, (7, 50), np.uint8), rng.integers(-9, 9, (7, 50), np.int8),
                  rng.choice([-0.5, 0, 0.25, 1, 3], (7, 50))):
        out = io.BytesIO()
        np.save(out, array)
        with open("array.npy", "wb") as file:
            file.write(out.getvalue())
        made = assay.spec(io.BytesIO(sh("assay-array -q --axes=item,x --field=x "
                                        "--meta=full_scale=4 array.npy | assay-mine -q")))
        of, scaled = made.distributions["x"], array / 4
        values, counts = np.unique(scaled, return_counts=True)
        assert of.values.tolist() == values.tolist() and of.counts.tolist() == counts.tolist()
        assert of.exact.tolist() == counts.tolist() and of.non_finite == 0
        assert abs(of.moments["mean"] - scaled.mean()) < 1e-9
        assert abs(of.moments["variance"] - scaled.var(axis=1).mean()) < 1e-9
        assert len(of.groups) == 7 and sum(n.sum() for _, _, n in of.groups) == array.size
        assert sorted(n.tolist() for _, _, n in of.groups) == \
            sorted(np.unique(row, return_counts=True)[1].tolist() for row in array)
        if array.dtype == float:
            bins = np.histogram(scaled, 100, (0, 1))[0]
            assert of.bins[0].tolist() == bins.tolist() and of.bins[1:] == ((scaled < 0).sum(), 0)
    lengths = assay.spec("bach-chorales").distributions["notes.duration_q"]
    assert dict(zip(lengths.values, lengths.counts))[1] == 32878
    assert repr(lengths) == "<assay.Distribution notes.duration_q: 63049 values>"


def test_specs_of_other_shape():
    """Members and columns that are new do no harm; what is no spec is refused"""
    sh("assay-roll -q --window 8 bach | assay-chroma -q | assay-mine -q > w.spec.json")
    with open("w.spec.json") as file:
        document = json.load(file)
    assert assay.spec("w.spec.json").item_names[:2] == ["bach/a-minor[0]", "bach/a-minor[1]"]
    document["calibration"] = None
    document["rules"]["new"] = {"columns": ["key", "occurrences"], "kind": "set",
                                "rows": [["a", 1], [2, 2.5]]}
    rule = document["rules"]["chroma-transition"]
    rule["columns"].append("starts")
    for row in rule["rows"]:
        row.append(3)
    made = assay.spec(io.StringIO(json.dumps(document)))
    assert made.rules["new"]["key"].tolist() == ["a", 2] and made.rules["new"].occurrences[1] == 2.5
    assert made.rules["chroma-transition"]["starts"][0] == 3
    for change in ({"format": "x"}, {"version": 2}, {"items": []}, {"rules": []},
                   {"rules": {"a": 1}},
                   {"sources": {"columns": [], "rows": []}},
                   {"sources": {"columns": ["name"], "rows": []}},
                   {"items": {"columns": ["a"], "rows": [[1, 2]]}}):
        raises(assay.Error, "input: ", assay.spec, io.StringIO(json.dumps({**document, **change})))
    for text in "", "[]", "{", "[" * 100000:
        raises(assay.Error, "input: ", assay.spec, io.StringIO(text))
    raises(FileNotFoundError, "no-such", assay.spec, "no-such")
    os.makedirs("lib", exist_ok=True)
    shutil.copy("w.spec.json", "lib/mine.spec.json")
    os.environ["ASSAY_SPECS"] = "elsewhere:lib"
    assert len(assay.spec("mine").rules) == 2
    del os.environ["ASSAY_SPECS"]


tap.run(globals())
