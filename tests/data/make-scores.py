#!/usr/bin/env python3
# data/make-scores.py - makes scores.tsv of the tests. SPDX-License-Identifier: GPL-3.0-or-later
"""Writes scores.tsv beside this file: `python3 tests/data/make-scores.py`.

Scores that a detector might have given to frames of videos: 12 real ones, and 8 of each of two
generators, of which it knows the first well. Scores have two digits, so that some are equal.
"""
import os
import random


def main():
    rng = random.Random(1)
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "scores.tsv"), "w") as file:
        print("item", "score", "label", "set", sep="\t", file=file)
        for name, label, n_videos, mean in (("real", 0, 12, .3), ("gan-a", 1, 8, .8), ("gan-b", 1, 8, .5)):
            for video in range(n_videos):
                centre = rng.gauss(mean, .15)
                for frame in range(3):
                    score = min(max(rng.gauss(centre, .05), 0), 1)
                    print(f"{name}/v{video}-f{frame}", f"{score:.2f}", label, name, sep="\t", file=file)


main()
