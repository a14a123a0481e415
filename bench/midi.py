# bench/midi.py - from MIDI files to rolls and pitch-class sets, beside pretty_midi and libsmf.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import os

from corpora import write_long_track, write_pile
from harness import HERE, ONE_CORE, cpu, helper, measure, median, output, wall
from peers import find_pretty_midi

ROUNDS = 3
GOAL = 40
LONG = 200_000
LONG_ROUNDS = 5
LONG_GOAL_S = 0.5


def self_reported(command, **options):
    """CPU seconds of a program that leaves its own start-up out."""
    n_files, seconds = output([*ONE_CORE, *command], **options).split()
    return float(seconds), int(n_files)


class Contest:
    """The same files through both, in turn; files a second of CPU time."""

    def __init__(self, files, step, fs, peer):
        key, value = step
        self.n = len(files)
        roll = ["assay-roll", "-q", "-j", "1", f"--{key}={value}", *files]
        programs, library, beside = [], [], []
        for _ in range(ROUNDS):
            runs, = measure(3, [roll, ["assay-chroma", "-q", "-j", "1"]], one_core=True)
            programs.append(cpu(runs))
            library.append(self_reported([helper("roll-chroma"), key, value, *files])[0])
            if peer is not None:
                seconds, n = self_reported([peer.python, os.path.join(HERE, "peer-pretty-midi"),
                                            str(fs), *files], env=peer.environment)
                assert n == self.n
                beside.append(seconds)
        self.programs, self.library = self.n / median(programs), self.n / median(library)
        self.beside = self.n / median(beside) if beside else None


def print_contest(table, corpus, contest):
    for how, ours in ("programs", contest.programs), ("library", contest.library):
        label = f"{corpus} ({contest.n} files), {how}"
        if contest.beside is None:
            table.row(label, f"{ours:.0f} files/s")
            continue
        ratio = ours / contest.beside
        table.row(label, f"{ours:.0f} files/s", f"{contest.beside:.1f} files/s pretty_midi",
                  f"{ratio:.0f}x", f">= {GOAL}x", ratio >= GOAL)


def against_pretty_midi(table, corpora, _folder):
    peer, reason = find_pretty_midi()
    table.section(
        "MIDI files to rolls and pitch-class sets, one core; steps of a sixteenth",
        f"beside {peer.version}" if peer else f"pretty_midi is skipped: {reason}",
        f"medians of {ROUNDS} alternating rounds, in CPU seconds: other jobs take wall time",
        "programs: assay-roll | assay-chroma, their start-up and the stream between them included",
        "library: both stages in one process, as assay-mine and assay-check run them",
        "pretty_midi: one process, imports left out; 8 steps a second (sixteenths at 120 a minute)")
    for name, files in corpora.items():
        print_contest(table, name, Contest(files, ("step", "1/16"), 8, peer))
    name, files = next(iter(corpora.items()))
    table.section("The same with 100 steps a second, pretty_midi's default")
    print_contest(table, name, Contest(files, ("fps", "100"), 100, peer))


def long_track(table, _corpora, folder):
    table.section(f"A track of {LONG:,} notes, assay-roll",
                  f"medians of {LONG_ROUNDS} alternating runs, wall time, one thread")
    path, pile = os.path.join(folder, "long.mid"), os.path.join(folder, "pile.mid")
    write_long_track(path, LONG)
    write_pile(pile, LONG)
    roll = ["assay-roll", "-q", "-j", "1"]
    own, piled, libsmf = (wall(runs) for runs in measure(
        LONG_ROUNDS, [[*roll, path]], [[*roll, pile]], [[*roll, "--parser=libsmf", path]]))
    goal = f"< {LONG_GOAL_S} s"
    table.row("sixteenths, one after the other", f"{own:.3f} s", f"{libsmf:.3f} s --parser=libsmf",
              f"{libsmf / own:.1f}x", goal, own < LONG_GOAL_S)
    table.row("all at once on one pitch", f"{piled:.3f} s", goal=goal, met=piled < LONG_GOAL_S)
