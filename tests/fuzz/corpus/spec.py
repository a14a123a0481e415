#!/usr/bin/env python3
# corpus/spec.py - makes the seeds of fuzz-spec, in the folder spec beside it.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import json
from pathlib import Path

FROM_TO = ["from4", "from3", "from2", "from", "to"]
OWNERS = ["occurrences", "items", "groups", "owners"]


def table(columns, rows, **more):
    return {"columns": columns, "rows": rows, **more}


def spec(items, chords=None, lengths=None, sources=None, starts=(), ends=(), order=1, **more):
    columns = ["source", "item", "group"]
    rules = {}
    if chords is not None:
        columns += ["chroma-transition", "chroma-transition changes"]
        convention = {"step_q": 0.25, "drums": False, **({"order": order} if order > 1 else {})}
        rules["chroma-transition"] = table(FROM_TO[-1 - order:] + OWNERS,
                                           chords, kind="transition", convention=convention,
                                           starts=starts, ends=ends)
    if lengths is not None:
        columns += ["duration"]
        rules["duration"] = table(["length"] + OWNERS, lengths, kind="set",
                                  convention={"from": "notes", "unit": "quarter notes"})
    n = 1 + max([row[0] for row in items], default=-1)
    return {"format": "assay-spec", "version": 1, "name": "seed", "edition": "", "noun": "items",
            "provenance": {"source": "", "licence": "", "tool_versions": ["0.1.0"]}, "recipe": [],
            "sources": table(["name", "sha256", "origin"],
                             sources or [["s%02d" % i, "", "file"] for i in range(n)]),
            "items": table(columns, items), "rules": rules, **more}


ROLL = {"tool": "assay-roll", "options": {"step": "1/16", "pitches": "0:127", "drums": "no"}}
TWO = [[0, None, "x", 4, 2, 3], [1, None, None, 2, 1, 1]]
CHORDS = [["rest", "C-E-G", 2, 2, 2, [[0, 1], [1, 1]]], ["C-E-G", "rest", 1, 1, 1, [[0, 1]]],
          ["C-E-G", "C-E-G", 3, 2, 2, [[0, 2], [1, 1]]]]
ENDS = {"starts": [["rest", 2]], "ends": [["rest", 1], ["C-E-G", 1]]}
ORDER_3 = [["rest", "C-E-G", "C-E-G", "C-E-G", 1, 1, 1, [[0, 1]]],
           ["C-E-G", "C-E-G", "C-E-G", "rest", 1, 1, 1, [[0, 1]]]]
ENDS_3 = {"starts": [["rest", "C-E-G", "C-E-G", 1], ["F", "G", "D", 1]],
          "ends": [["F", "G", "D", 1], ["C-E-G", "C-E-G", "rest", 1]]}
LENGTHS = [[0.25, 1, 1, 1, [[0, 1]]], [1.5, 3, 2, 2, [[0, 2], [1, 1]]]]
HUGE = 2 ** 63 - 1

seeds = {
    "nothing": spec([]),
    "both-rules": spec(TWO, CHORDS, LENGTHS, recipe=[ROLL, {"tool": "assay-chroma", "options": {}}],
                       **ENDS),
    "chords": spec([row[:5] for row in TWO], CHORDS, **ENDS),
    "order-3": spec([[0, None, "x", 2, 1], [1, None, None, 0, 0]], ORDER_3, order=3, **ENDS_3),
    "bad-flow": spec([row[:5] for row in TWO], CHORDS, starts=ENDS["ends"], ends=ENDS["ends"]),
    "bad-order": spec([row[:5] for row in TWO], CHORDS, order=5, **ENDS),
    "lengths": spec([row[:3] + row[5:] for row in TWO], None, LENGTHS),
    "many": spec([[i, None, None, 1] for i in range(10)], None,
                 [[1, 10, 10, "many", "many"]]),
    "windows": spec([[0, 0, None, 1], [0, 1, None, 0], [0, 7, "g", 2]], None,
                    [[0, 3, 2, 2, [[0, 1], [2, 2]]]], [["w", "0" * 64, "windows"]]),
    "array": spec([[0, 0, None, 1], [0, 1, None, 1]], None, [[1e-300, 2, 2, 2, [[0, 1], [1, 1]]]],
                  [["a", "f" * 64, "array"], ["no-items", "", "array"]]),
    "huge": spec([[0, None, None, HUGE]], None, [[1, HUGE, 1, 1, [[0, HUGE]]]]),
    "too-huge": spec([[0, None, None, HUGE], [1, None, None, HUGE]], None,
                     [[1, HUGE, 1, 1, [[0, HUGE]]], [2, HUGE, 1, 1, [[1, HUGE]]]]),
    "long-lengths": spec([[0, None, None, 3]], None,
                         [[x, 1, 1, 1, [[0, 1]]] for x in (1e18, 1e19, 1e300)]),
    "bad-sum": spec(TWO, CHORDS, [[0.25, 1, 1, 1, [[0, 1]]]], **ENDS),
    "other-version": spec([], version=2),
    "no-rules": {**spec([]), "rules": []},
}

here = Path(__file__).parent / "spec"
here.mkdir(exist_ok=True)
for name, seed in seeds.items():
    (here / name).write_text(json.dumps(seed, ensure_ascii=False, separators=(",", ":")))
(here / "cut").write_text(json.dumps(seeds["both-rules"])[:-7])
(here / "canonical").write_text(
    '{\n"edition":"",\n"format":"assay-spec",\n"items":{"columns":["source","item","group",'
    '"duration"],"rows":[\n[0,null,null,2]\n]},\n"name":"",\n"noun":"items",\n"provenance":'
    '{"licence":"","source":"","tool_versions":["0.1.0"]},\n"recipe":[\n],\n"rules":{\n'
    '"duration":{"columns":["length","occurrences","items","groups","owners"],"convention":'
    '{"from":"notes","unit":"quarter notes"},"kind":"set","rows":[\n[1,2,1,1,[[0,2]]]\n]}\n},\n'
    '"sources":{"columns":["name","sha256","origin"],"rows":[\n["a","","file"]\n]},\n"version":1\n}\n')
