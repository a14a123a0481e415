# bench/harness.py - runs programs in turn, and prints a table of ours beside others.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import collections
import os
import shutil
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.realpath(__file__))
ROOT = os.path.dirname(HERE)

# One run of a pipeline: seconds, and the peak memory of each of its programs in KiB.
Run = collections.namedtuple("Run", "wall cpu peaks")


def fail(text):
    sys.exit(f"bench: {text}")


def find_build():
    """The build folder whose bin/ is the first in PATH that has the programs."""
    program = shutil.which("assay-roll")
    build = program and os.path.dirname(os.path.dirname(os.path.realpath(program)))
    if not build or not os.path.exists(os.path.join(build, "CMakeCache.txt")):
        fail("no build's bin/ is in PATH; ./run bench sees to that")
    return build


BUILD = find_build()
CORES = os.sched_getaffinity(0)
ONE_CORE = ["taskset", "-c", str(min(CORES))]
MOST_AT_ONCE = 8  # programs that the stopwatch runs


def helper(name):
    return os.path.join(BUILD, "bin", "bench", name)


def output(command, **options):
    """What a command prints; its messages are shown if it fails."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          **options)
    if done.returncode != 0:
        fail(f"{' '.join(command[:4])} ...: {done.stderr.strip() or 'failed'}")
    return done.stdout


def measure(rounds, *pipelines, one_core=False, removed=()):
    """Runs the pipelines (lists of commands) in turn; returns a list of Runs for each. The removed
    files are so before each run."""
    words = []
    for pipeline in pipelines:
        words.append(":")
        for command in pipeline:
            words += [*command, "|"]
        words.pop()
    prefix = ONE_CORE if one_core else []
    runs = [[] for _ in pipelines]
    options = [word for path in removed for word in ("-r", path)]
    command = [*prefix, helper("stopwatch"), *options, str(rounds), *words[1:]]
    for line in output(command).splitlines():
        number, wall, cpu, *peaks = line.split("\t")
        runs[int(number)].append(Run(float(wall), float(cpu), [int(peak) for peak in peaks]))
    return runs


def threads_beside_programs(table, rounds, what, command, files):
    """Wall time of a thread a core, beside one thread, and beside a program a core, each with its
    share of the files: more than those come to at once the machine does not have."""
    n = min(len(CORES), MOST_AT_ONCE)
    one, threads, programs = measure(rounds, [[*command, "-j1", *files]],
                                     [[*command, f"-j{n}", *files]],
                                     [[*command, "-j1", *files[i::n]] for i in range(n)])
    table.row(f"{what}, -j{n}", f"{wall(threads):.2f} s", f"{wall(one):.2f} s -j1",
              f"{wall(one) / wall(threads):.2f}x")
    ratio = wall(programs) / wall(threads)
    table.row(f"the same beside {n} programs at once", f"{wall(threads):.2f} s",
              f"{wall(programs):.2f} s, {wall(one) / wall(programs):.2f}x of -j1", f"{ratio:.2f}x",
              ">= 0.95x", ratio >= 0.95)


def median(values):
    return statistics.median(list(values))


def cpu(runs):
    return median(run.cpu for run in runs)


def wall(runs):
    return median(run.wall for run in runs)


def peak(runs):
    """The largest program of a pipeline, in MiB."""
    return median(max(run.peaks) for run in runs) / 1024


class Table:
    """Rows are printed as they come; what the goals came to is counted."""

    WIDTHS = (42, 18, 27, 9, 10)

    def __init__(self):
        self.met = self.missed = 0

    def _print(self, *cells):
        cells = [cell.ljust(width) for cell, width in zip(cells, self.WIDTHS)] + [cells[-1]]
        print(" ".join(cells).rstrip(), flush=True)

    def section(self, title, *notes):
        print(f"\n{title}")
        for note in notes:
            print(f"  {note}")
        self._print("", "ours", "beside it", "ratio", "goal", "met")

    def row(self, what, ours, beside="", ratio="", goal="", met=None):
        word = "" if met is None else "yes" if met else "NO"
        self.met += met is True
        self.missed += met is False
        self._print("  " + what, ours, beside, ratio, goal, word)

    def conclude(self):
        print(f"\n{self.met} goals met, {self.missed} missed")
