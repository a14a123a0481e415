# bench/rendering.py - how fast notes become sound.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import filecmp
import os
import re
import shutil

from corpora import mixed
from harness import CORES, cpu, helper, measure, output, threads_beside_programs

SOUNDFONT = "/usr/share/sounds/sf2/TimGM6mb.sf2"
RENDER_FILES = 6
RENDER_ROUNDS = 5
COPIES = 8
LONGEST_TAIL = 60
RATE = 44100
RATE_GOAL = 0.95


def render(table, corpora, folder):
    table.section("Rendering, 44100 Hz, two channels, no effects",
                  f"medians of {RENDER_ROUNDS} alternating runs: seconds of sound in a second of",
                  "CPU time, one thread; beside it fluid_player of the same notes, written to",
                  "memory; both until the last voice is silent; then wall time of threads")
    clean = os.path.join(folder, "clean")
    output(["assay-notes", "--midi", "-q", "-o", clean, *mixed(corpora, RENDER_FILES)])
    files = sorted(os.path.join(root, name) for root, _, names in os.walk(clean) for name in names)
    own = ["assay-render", "-q", "-f", SOUNDFONT, f"--tail={LONGEST_TAIL}"]
    paths = [os.path.join(folder, f"j{jobs}") for jobs in (1, len(CORES))]
    for jobs, path in zip((1, len(CORES)), paths):
        output([*own, "--only", "-j", str(jobs), "-o", path, *files])
    shown = output(["assay-show", paths[0]])
    rendered = sum(int(line.split()[0].replace(",", "")) for line in shown.splitlines()
                   if re.match(r" +[0-9,]+  \S", line)) / RATE
    same = filecmp.cmp(*paths, shallow=False)
    for path in paths:
        os.remove(path)
    one, beside = measure(RENDER_ROUNDS, [[*own, "-o", "/dev/null", "-j1", *files]],
                          [[helper("fluid-player"), SOUNDFONT, *files]])
    ratio = cpu(beside) / cpu(one)
    table.row(f"assay-render, {len(files)} files, {rendered:.0f} s", f"{rendered / cpu(one):.0f} s/s",
              f"{rendered / cpu(beside):.0f} s/s fluid_player", f"{ratio:.2f}x", f">= {RATE_GOAL}x",
              ratio >= RATE_GOAL)
    table.row(f"the same, -j1 and -j{len(CORES)}", "", goal="same bytes", met=same)
    copies = [shutil.copy(files[0], os.path.join(folder, f"{i}.mid")) for i in range(COPIES)]
    threads_beside_programs(table, RENDER_ROUNDS, f"{COPIES} copies of a piece",
                            [*own, "-o", "/dev/null"], copies)
