#!/usr/bin/python3
"""algebra.py A B M COMMON DIFF - what assay-spec intersect and diff wrote, counted again.

A, B and COMMON are specs, DIFF is the table of diff --both --min-groups=M A B. Reads the JSON alone.
Prints a line for each disagreement, and for each rule: RULE allowed-by-A by-B both share-of-A Jaccard
weighted.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import csv
import json
import sys
from fractions import Fraction


def support(groups):
    return 9 if groups == "many" else groups


def entries(spec, rule):
    table = spec["rules"][rule]
    n_keys = table["columns"].index("occurrences")
    return {
        tuple(row[:n_keys]): (row[n_keys], row[n_keys + 1], support(row[n_keys + 2]))
        for row in table["rows"]
    }


def words(rule, key):
    return key[0] if rule == "duration" else " -> ".join(key)


def key_of(rule, text):
    return float(Fraction(text)) if rule == "duration" else text


def same(what, ours, theirs):
    if ours != theirs:
        print(f"{what}: here {ours}, there {theirs}")


def main():
    specs = [json.load(open(path, encoding="utf-8")) for path in sys.argv[1:3]]
    least = int(sys.argv[3])
    common = json.load(open(sys.argv[4], encoding="utf-8"))
    with open(sys.argv[5], encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    for rule in sorted(specs[0]["rules"]):
        sides = [entries(spec, rule) for spec in specs]
        both = {k: tuple(map(min, v, sides[1][k])) for k, v in sides[0].items() if k in sides[1]}
        same(f"{rule}: intersection", both, entries(common, rule))
        allowed = [{k for k, v in side.items() if v[2] >= least} for side in sides]
        for i, path in enumerate(sys.argv[1:3]):
            expected = {}
            for key in allowed[i] - allowed[1 - i]:
                n, items, groups = sides[i][key]
                other = sides[1 - i].get(key, (0, 0, 0))
                expected[key_of(rule, str(words(rule, key)))] = (n, items, groups, other[0], other[2])
            found = {
                key_of(rule, row["entry"]): (
                    int(row["n"]),
                    int(row["items"]),
                    support(row["groups"]) if row["groups"] == "many" else int(row["groups"]),
                    int(row["other_n"]),
                    9 if row["other_groups"] == "many" else int(row["other_groups"]),
                )
                for row in rows
                if row["in"] == path and row["rule"] == rule
            }
            same(f"{rule}: alone in {path}", expected, found)
            strengths = [
                (9 if row["groups"] == "many" else int(row["groups"]), int(row["items"]), int(row["n"]))
                for row in rows
                if row["in"] == path and row["rule"] == rule
            ]
            same(f"{rule}: order in {path}", sorted(strengths, reverse=True), strengths)
        total = sum(v[0] for v in sides[0].values())
        strange = sum(v[0] for k, v in sides[0].items() if k not in allowed[1])
        sums = [sum(side[k][0] for k in keys) for side, keys in zip(sides, allowed)]
        shares = [{k: Fraction(side[k][0], s) for k in keys} for side, keys, s in zip(sides, allowed, sums)]
        keys = allowed[0] | allowed[1]
        low = sum(min(shares[0].get(k, 0), shares[1].get(k, 0)) for k in keys)
        high = sum(max(shares[0].get(k, 0), shares[1].get(k, 0)) for k in keys)
        n_both = len(allowed[0] & allowed[1])
        print(
            rule,
            len(allowed[0]),
            len(allowed[1]),
            n_both,
            f"{100 * strange / total:.3g}",
            f"{n_both / len(keys):.3g}",
            f"{float(low / high):.3g}",
            strange,
        )


main()
