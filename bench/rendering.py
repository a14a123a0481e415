# bench/rendering.py - how fast notes become sound.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import filecmp
import os
import re

from corpora import mixed
from harness import cpu, helper, measure, output, wall

SOUNDFONT = "/usr/share/sounds/sf2/TimGM6mb.sf2"
RENDER_FILES = 12
RENDER_ROUNDS = 3
RATE = 44100
RATE_GOAL = 0.95


def render(table, corpora, folder):
    many = len(os.sched_getaffinity(0))
    table.section("Rendering, 44100 Hz, two channels, no effects",
                  f"medians of {RENDER_ROUNDS} alternating runs: seconds of sound in a second of",
                  "CPU time, one thread; beside it fluid_player of the same notes, written to",
                  "memory; then wall time of threads, and the same bytes")
    clean = os.path.join(folder, "clean")
    output(["assay-notes", "--midi", "-q", "-o", clean, *mixed(corpora, RENDER_FILES)])
    files = sorted(os.path.join(root, name) for root, _, names in os.walk(clean) for name in names)
    player = [helper("fluid-player"), SOUNDFONT, *files]
    played = int(output(player)) / RATE
    own = ["assay-render", "-q", "-f", SOUNDFONT, "-o", "/dev/null"]
    paths = [os.path.join(folder, f"-j{jobs}") for jobs in (1, many)]
    for jobs, path in zip((1, many), paths):
        output(["assay-render", "-q", "-f", SOUNDFONT, "--only", "-j", str(jobs), "-o", path, *files])
    shown = output(["assay-show", paths[0]])
    rendered = sum(int(line.split()[0].replace(",", "")) for line in shown.splitlines()
                   if re.match(r" +[0-9,]+  \S", line)) / RATE
    same = filecmp.cmp(*paths, shallow=False)
    one, more, beside = measure(RENDER_ROUNDS, [[*own, "-j", "1", *files]],
                                [[*own, "-j", str(many), *files]], [player])
    ours, theirs = rendered / cpu(one), played / cpu(beside)
    table.row(f"assay-render, {len(files)} files, {rendered:.0f} s", f"{ours:.0f} s/s",
              f"{theirs:.0f} s/s fluid_player", f"{ours / theirs:.2f}x", f">= {RATE_GOAL}x",
              ours >= RATE_GOAL * theirs)
    table.row(f"the same, -j {many}", f"{wall(more):.2f} s", f"{wall(one):.2f} s -j 1",
              f"{wall(one) / wall(more):.2f}x", "same bytes", same)
