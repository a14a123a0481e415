# bench/cost.py - what start-up, larger corpora, threads, streams, windows and merging cost.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import filecmp
import glob
import os
import sys

from corpora import mixed, multiply
from harness import BUILD, HERE, cpu, helper, measure, median, output, peak, wall

START_ROUNDS = 300
START_GOAL_MS = 3
# FluidSynth brings 65 libraries with it.
START_NO_GOAL = ("assay-render",)
SIZES = (1, 4, 16)
SIZE_FILES = 200
SIZE_ROUNDS = 3
# What noise may add to a straight line, and the list of the files' names to flat memory.
TIME_SLACK = 1.15
MEMORY_SLACK = 1.25
THREAD_ROUNDS = 5
STREAM_ROUNDS = 5
N_SPECS = 400


def start_up(table, _corpora, _folder):
    table.section("Start-up: --version beside an empty C program",
                  f"best (and median) of {START_ROUNDS} alternating runs, wall time, one core",
                  "the goal is for the best runs: nothing but other jobs makes a run slower")
    tools = sorted(glob.glob(os.path.join(BUILD, "bin", "assay*")))
    empty, *runs = measure(START_ROUNDS, [[helper("empty")]],
                           *[[[tool, "--version"]] for tool in tools], one_core=True)

    def best(some):
        return 1e3 * min(run.wall for run in some)

    def show(some):
        return f"{best(some):.2f} ({1e3 * wall(some):.2f}) ms"

    for tool, own in zip(tools, runs):
        over = best(own) - best(empty)
        goal = () if os.path.basename(tool) in START_NO_GOAL else (
            f"<= +{START_GOAL_MS} ms", over <= START_GOAL_MS)
        table.row(os.path.basename(tool), show(own), show(empty), f"+{over:.2f} ms", *goal)


def corpus_size(table, corpora, folder):
    files = mixed(corpora, SIZE_FILES)
    table.section(
        f"Corpora of {', '.join(f'{len(files) * size:,}' for size in SIZES)} files",
        f"medians of {SIZE_ROUNDS} alternating runs; CPU time an item, and peak memory (the larger",
        "program's of a pipe); beside it: each size; ratio: the largest to the smallest",
        "assay-mine and assay-check keep the spec, which has a line an item: they may grow with it;",
        "with more threads, what is in flight (some 32 samples for each) depends on their timing")
    folders = [multiply(files, size, os.path.join(folder, f"times-{size}")) for size in SIZES]
    spec = os.path.join(folder, "bench.spec.json")
    output(["assay-mine", "-q", "-o", spec, folders[0]])
    for what, pipe in (
            ("roll | chroma, -j 1",
             [["assay-roll", "-q", "-j1", None], ["assay-chroma", "-q", "-j1"]]),
            ("roll | chroma", [["assay-roll", "-q", None], ["assay-chroma", "-q"]]),
            ("assay-mine", [["assay-mine", "-q", None]]),
            ("assay-check --summary", [["assay-check", "-q", "-s", spec, "--summary", None]])):
        runs = measure(SIZE_ROUNDS, *[[[inner if word is None else word for word in command]
                                       for command in pipe] for inner in folders])
        times = [1e6 * cpu(some) / (len(files) * size) for some, size in zip(runs, SIZES)]
        peaks = [peak(some) for some in runs]
        ratio = times[-1] / times[0]
        table.row(f"{what}, time an item", f"{times[-1]:.0f} us",
                  "  ".join(f"{time:.0f}" for time in times), f"{ratio:.2f}x", f"<= {TIME_SLACK}x",
                  ratio <= TIME_SLACK)
        ratio = peaks[-1] / peaks[0]
        is_goal = what.endswith("-j 1")
        flat = (f"<= {MEMORY_SLACK}x", ratio <= MEMORY_SLACK) if is_goal else ()
        table.row(f"{what}, memory", f"{peaks[-1]:.0f} MiB",
                  "  ".join(f"{some:.0f}" for some in peaks), f"{ratio:.2f}x", *flat)


def threads(table, corpora, folder):
    many = len(os.sched_getaffinity(0))
    table.section(f"One thread beside {many}",
                  f"medians of {THREAD_ROUNDS} alternating runs, wall time; goal: the same bytes")
    files = mixed(corpora, SIZE_FILES)
    source = multiply(files, 4, os.path.join(folder, "threads"))
    for tool in "assay-roll", "assay-mine":
        pair = []
        for jobs in 1, many:
            path = os.path.join(folder, f"{tool}-{jobs}")
            pair.append(path)
            output([tool, "-q", "-j", str(jobs), "-o", path, source])
        same = filecmp.cmp(*pair, shallow=False)
        for path in pair:
            os.remove(path)
        one, more = measure(THREAD_ROUNDS, *[[[tool, "-q", "-j", str(jobs), source]]
                                             for jobs in (1, many)])
        table.row(f"{tool}, {4 * len(files)} files", f"{wall(more):.3f} s -j {many}",
                  f"{wall(one):.3f} s -j 1", f"{wall(one) / wall(more):.2f}x", "same bytes", same)


def streams(table, corpora, folder):
    table.section("Streams",
                  f"medians of {STREAM_ROUNDS} alternating runs, CPU time, one thread each; both",
                  "sides of the pipe count: cat FILE | assay-chroma, cat FILE | cat, and a script",
                  "of tarfile and numpy that does the same (Python's start-up included)")
    shapes = {"large rolls": (corpora["openttd-openmsx"], "--fps=100", 4),
              "small rolls": (mixed(corpora, SIZE_FILES), "--step=1/16", 4)}
    for shape, (files, option, copies) in shapes.items():
        name = shape.replace(" ", "-")
        source = multiply(files, copies, os.path.join(folder, name))
        path = os.path.join(folder, name + ".tar")
        output(["assay-roll", "-q", option, "-o", path, source])
        size, n_items = os.path.getsize(path) / 1e6, len(files) * copies
        label = f"assay-chroma, {shape} ({size:.0f} MB, {n_items})"
        own, copied, python = measure(
            STREAM_ROUNDS, [["cat", path], ["assay-chroma", "-q", "-j", "1"]],
            [["cat", path], ["cat"]],
            [["cat", path], [sys.executable, os.path.join(HERE, "peer-tarfile")]])
        for beside, who in (copied, "cat"), (python, "tarfile, numpy"):
            table.row(label, f"{size / cpu(own):.0f} MB/s", f"{size / cpu(beside):.0f} MB/s {who}",
                      f"{cpu(beside) / cpu(own):.2f}x")
        rates(table, shape, path, n_items, folder)
        os.remove(path)


def rates(table, shape, rolls, n_items, folder):
    """Items a second of what reads a stream with pitch-class sets."""
    path, spec = os.path.join(folder, "chroma.tar"), os.path.join(folder, "stream.spec.json")
    output(["assay-chroma", "-q", "-o", path, rolls])
    output(["assay-mine", "-q", "-o", spec, path])
    runs = measure(STREAM_ROUNDS, [["assay-mine", "-q", "-j", "1", path]],
                   [["assay-check", "-q", "-j", "1", "-s", spec, "--summary", path]])
    for tool, some in zip(("assay-mine", "assay-check --summary"), runs):
        table.row(f"{tool}, {shape}", f"{n_items / cpu(some):.0f} items/s")
    os.remove(path)


def notes_and_specs(table, corpora, folder):
    table.section("Windows of notes, and specs merged",
                  f"medians of {STREAM_ROUNDS} alternating runs, CPU time, one thread; goal: four",
                  "times as many specs cost at most five times as much")
    source = multiply(mixed(corpora, SIZE_FILES), 4, os.path.join(folder, "pieces"))
    path = os.path.join(folder, "windows.tar")
    output(["assay-notes", "-q", "--skip-bad", "--window=8", "-o", path, source])
    n_windows = sum(name.endswith(".json") and "/w" in name
                    for name in output(["tar", "-tf", path]).splitlines())
    os.remove(path)
    some, = measure(STREAM_ROUNDS,
                    [["assay-notes", "-q", "-j", "1", "--skip-bad", "--window=8", source]])
    table.row("assay-notes --window=8", f"{n_windows / cpu(some):.0f} windows/s")
    windows = os.path.join(folder, "windows")
    output(["assay-notes", "-q", "--skip-bad", "--window=8", "--midi", "-o", windows,
            os.path.join(source, "copy-00")])
    specs = []
    for file in sorted(glob.glob(os.path.join(windows, "**", "*.mid"), recursive=True))[:N_SPECS]:
        piece = os.path.join(folder, f"{len(specs)}.mid") # a name of its own
        os.symlink(file, piece)
        specs.append(piece.replace(".mid", ".spec.json"))
        output(["assay-mine", "-q", "-o", specs[-1], piece])
    few, many = measure(STREAM_ROUNDS, [["assay-spec", "merge", "-q", *specs[:len(specs) // 4]]],
                        [["assay-spec", "merge", "-q", *specs]])
    ratio = cpu(many) / cpu(few)
    table.row(f"assay-spec merge, {len(specs)} specs", f"{cpu(many):.3f} s",
              f"{cpu(few):.3f} s for {len(specs) // 4}", f"{ratio:.2f}x", "<= 5x", ratio <= 5)
