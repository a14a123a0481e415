#!/usr/bin/env python3
# reference/oracle.py - a witness of the symbolic numbers. SPDX-License-Identifier: GPL-3.0-or-later
"""Everything a spec says of symbolic music, done again the slow and obvious way.

Written from the conventions below, not from the C sources, and sharing nothing with them. Standard
library only (numpy reads the .npy patches). Output is TSV, name<TAB>value, in a fixed order.

    oracle.py notes FILE...                  item onset length pitch velocity channel track ended
    oracle.py sets FILE...                   the pitch-class set at every step, as a number
    oracle.py mine TRAIN [OPTIONS]           counts and leave-one-out rates of a training set
    oracle.py entries TRAIN [OPTIONS]        rule entry occurrences items groups
    oracle.py ends TRAIN [OPTIONS]           start or end, its states as numbers, how many items
    oracle.py check TRAIN [OPTIONS] SET...   violations and conformal p of other sets; or `patches`
    oracle.py lines                          of each line on standard input, words between tabs, what
                                             it says of them; an empty line ends each
TRAIN and SET are folders of MIDI files or .npy arrays of rolls. Options: --groups TSV, --changes,
--step 1/16, --fps N, --min-groups M, --order K, --pitch-low 30 (rolls), --per-item.

Conventions.
Notes: a note-on of velocity 0 is a note-off. Equal pitches of one track and channel pair first in,
first out. A note that never ends closes at its track's end. A note-off without a note is ignored.
Channel 10 (index 9) is left out: of the lengths, of the roll and of its end.
Lengths are exact fractions of a quarter (ticks / division); a note of no length counts as 0.
Roll: cell c is on iff on <= c * step < off, in ticks; T = ceil(last off / step) cells. The step is
a fraction of a whole note. With --fps a cell is 1/N of a second, by the tempos of all tracks (120
quarters a minute before the first; at one tick the last in the file holds), exactly.
A roll from an array is on where the value is > 0.5.
State: the 12-bit set of the pitch classes that sound, bit 0 = C; silence is the state 0.
Transition of order K: (s[t-K], ..., s[t]) at every step, or with --changes only where s[t] is
another state than s[t-1]. Start and end: the first and the last K states of an item that has as many.
Allowed: an entry that at least M groups have (M = 1). Violation: an occurrence of any other entry.
Rate: violations / events; 0 without events. Pooled rate: sum of violations / sum of events.
Leaving out: an item's leave-one-out violations are its violations against all other groups.
Quantile q of n rates: the one of rank floor(q n), counted from 0 (the upper median).
Conformal p, over n training items in G groups:
  simple: (1 + training items whose leave-one-out rate is at least the test item's) / (n + 1)
  exact:  training item i faces the other groups and the test item, so that (M = 1) its violations
          are the entries which its group alone owns and which the test item does not have;
          p = (1 + sum over groups of the share of members with a rate of at least the test
          item's) / (G + 1)
Flagged: p <= .05 (`le`; `lt` counts p < .05), all compared as exact fractions.
"""
import argparse
import bisect
import collections
import functools
import os
import struct
import sys
from fractions import Fraction

Note = collections.namedtuple("Note", "on off pitch velocity channel track ended")
Item = collections.namedtuple("Item", "name group rules ends")  # rules: {rule: Counter of entries}
TRANSITION, DURATION = "transition", "duration"


class Bad(Exception):
    """A file that is not a MIDI file this reader understands."""


def chunks(data):
    """[(identifier, body)] of the chunks; a last body that is cut short comes as it is."""
    if data[:4] == b"RIFF" and data[8:12] == b"RMID":  # a wrapper round the same bytes
        data = data[20:20 + int.from_bytes(data[16:20], "little")]
    found, at = [], 0
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4:at + 8], "big")
        found.append((data[at:at + 4], data[at + 8:at + 8 + size]))
        at += 8 + size
    return found


def events(body):
    """(tick, status, data) of one track; meta events as (tick, 0xFF, (type, bytes))."""
    at, tick, running = 0, 0, None

    def number():
        nonlocal at
        value = 0
        for _ in range(4):
            byte = body[at]
            at += 1
            value = value << 7 | byte & 127
            if byte < 128:
                return value
        raise Bad("a variable-length number of more than four bytes")

    while at < len(body):
        tick += number()
        status = body[at] if body[at] >= 128 else running
        at += body[at] >= 128
        if status is None:
            raise Bad("a data byte where a status byte is due")
        if status == 0xFF:
            kind = body[at]
            at += 1
            end = number() + at
            yield tick, status, (kind, body[at:end])
            at = end
            if kind == 0x2F:
                break
        elif status in (0xF0, 0xF7):
            at = number() + at  # in this order: number() moves at
        elif status >= 0xF0:
            raise Bad("status %02x has no place in a file" % status)
        else:  # running status survives meta events and sysex: the lenient reading
            running = status
            size = 1 if status & 0xE0 == 0xC0 else 2
            data = tuple(body[at:at + size])
            if max(data, default=0) > 127:
                raise Bad("a data byte above 127")
            at += size
            if at <= len(body):
                yield tick, status, data
    if at > len(body):
        raise Bad("an event is cut short")


@functools.lru_cache(maxsize=None)
def read_midi(path):
    """(division, notes) of a file; notes in the order of their onset within their track."""
    with open(path, "rb") as file:
        head, *rest = chunks(file.read()) or [(b"", b"")]
    if head[0] != b"MThd" or len(head[1]) < 6:
        raise Bad("no header at the start")
    layout, _, division = struct.unpack(">HHH", head[1][:6])
    if layout > 1 or division & 0x8000 or division == 0:
        raise Bad("format %d, division %d" % (layout, division))
    bodies = [body for kind, body in rest if kind == b"MTrk"]
    return division, [n for k, body in enumerate(bodies) for n in track_notes(body, k)]


def track_notes(body, track):
    """The notes of one track."""
    sounding = collections.defaultdict(collections.deque)
    notes, tick = [], 0
    try:
        for tick, status, data in events(body):
            kind, key = status >> 4, (status & 15, data[0])
            if kind == 9 and data[1] > 0:
                sounding[key].append(len(notes))
                notes.append(Note(tick, None, data[0], data[1], status & 15, track, True))
            elif kind in (8, 9) and sounding[key]:
                first = sounding[key].popleft()
                notes[first] = notes[first]._replace(off=tick)
    except IndexError:
        raise Bad("track %d ends within an event" % track)
    return [n if n.off is not None else n._replace(off=tick, ended=False) for n in notes]


@functools.lru_cache(maxsize=None)
def in_seconds(path):
    """The notes of a file with their ticks turned into seconds, as fractions."""
    division, notes = read_midi(path)
    with open(path, "rb") as file:
        bodies = [body for kind, body in chunks(file.read()) if kind == b"MTrk"]
    changes = {0: 500000}
    for body in bodies:
        for tick, status, data in events(body):
            if status == 0xFF and data[0] == 0x51 and len(data[1]) == 3:
                changes[tick] = int.from_bytes(data[1], "big")
    ticks, at, starts = sorted(changes), Fraction(0), {}
    for tick, following in zip(ticks, ticks[1:] + [None]):
        starts[tick] = at
        at += Fraction((following or tick) - tick, division) * changes[tick]

    def seconds(tick):
        since = ticks[bisect.bisect_right(ticks, tick) - 1]
        return (starts[since] + Fraction(tick - since, division) * changes[since]) / 1000000

    return [n._replace(on=seconds(n.on), off=seconds(n.off)) for n in notes]


@functools.lru_cache(maxsize=None)
def states(path, step=Fraction(1, 16), fps=None):
    """The pitch-class set at each step of a file: a fraction of a whole note (4 quarters), or with
    fps of a second."""
    if fps:
        return states_by(1 / fps, in_seconds(path))
    division, notes = read_midi(path)
    return states_by(4 * division * step, notes)  # exact: a Fraction


def states_by(ticks, notes):
    """The pitch-class set at each step of so many ticks (or seconds)."""
    spans = [(-(-n.on // ticks), -(-n.off // ticks), n.pitch % 12)
             for n in notes if n.channel != 9]
    row = [0] * max((off for _, off, _ in spans), default=0)
    for on, off, pc in spans:
        for cell in range(on, off):
            row[cell] |= 1 << pc
    return row


def transitions(row, changes=False, order=1):
    """Counter of the (state, ..., next state) of a row of states."""
    found = [tuple(row[t - order:t + 1]) for t in range(order, len(row))]
    return collections.Counter(f for f in found if not changes or f[-1] != f[-2])


def ends(row, order):
    """(the first states, the last states) of a row, or None."""
    return (tuple(row[:order]), tuple(row[-order:])) if len(row) >= order else None


@functools.lru_cache(maxsize=None)
def durations(path):
    """Counter of the lengths of a file's notes, as fractions of a quarter."""
    division, notes = read_midi(path)
    return collections.Counter(Fraction(n.off - n.on, division) for n in notes if n.channel != 9)


def midi_files(folder):
    """(name, path) of the MIDI files below a folder (or of the file itself), in byte order.

    The name is the path from the folder's parent, without its suffix.
    """
    folder = os.path.normpath(folder)
    paths = [os.path.join(at, name) for at, _, names in os.walk(folder) for name in names
             if name.endswith((".mid", ".MID", ".midi")) and not name.startswith(".")]
    return [(os.path.splitext(os.path.relpath(path, os.path.dirname(folder) or "."))[0], path)
            for path in sorted(paths or [folder], key=os.fsencode)]


def midi_items(folder, groups=None, step=Fraction(1, 16), changes=False, fps=None, order=1):
    """An Item for each MIDI file of a folder."""
    items = []
    for name, path in midi_files(folder):
        row = states(path, step, fps)
        rules = {TRANSITION: transitions(row, changes, order), DURATION: durations(path)}
        items.append(Item(name, group_of(name, groups), rules, ends(row, order)))
    return items


def patch_items(path, groups=None, changes=False, pitch_low=30, order=1):
    """An Item for each roll of an array (item, pitch, time), named NAME[index]."""
    import numpy
    items = []
    for k, patch in enumerate(numpy.load(path, mmap_mode="r")):
        row = [0] * patch.shape[1]
        for pitch, cell in zip(*numpy.nonzero(patch > 0.5)):
            row[int(cell)] |= 1 << (pitch_low + int(pitch)) % 12
        name = "%s[%d]" % (os.path.basename(path)[:-4], k)
        rules = {TRANSITION: transitions(row, changes, order)}
        items.append(Item(name, group_of(name, groups), rules, ends(row, order)))
    return items


def group_of(name, groups):
    """The group of an item by its name, the last part of it or its index; else its own name."""
    keys = name, os.path.basename(name), name[name.find("[") + 1:].rstrip("]")
    return next((groups[key] for key in keys if groups and key in groups), name)


def read_groups(path, prefix="k:"):
    """{item: group} of a table; an item that it does not name is its own group.

    Either item<TAB>group; or with the columns index, split, chorale; or, in each line, pieces that
    are the same music ("k:chor323<TAB>k:chor005"; no piece is in two lines), of which those with
    the prefix are ours.
    """
    with open(path, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if line.strip() and line[0] != "#"]
    if rows[0][:3] == ["index", "split", "chorale"]:
        return {row[0]: (row[1], row[2]) for row in rows[1:]}
    if ":" not in rows[0][0]:
        return {row[0]: row[1] for row in rows}
    ours = [[cell[len(prefix):] for cell in row if cell.startswith(prefix)] for row in rows]
    return {member: members[0] for members in ours for member in members}


def share(part, whole):
    return Fraction(part, whole) if whole else Fraction(0)


class Rule:
    """What a training set has of one kind, entry by entry, and what it therefore allows."""

    def __init__(self, items, kind, least=1):
        self.kind, self.least = kind, least
        self.items = [(item.group, item.rules[kind]) for item in items]
        self.members = collections.Counter(group for group, _ in self.items)
        self.events = [counts.total() for _, counts in self.items]
        self.occurrences, self.n_items = collections.Counter(), collections.Counter()
        self.owners = collections.defaultdict(set)  # entry: groups that have it
        for group, counts in self.items:
            self.occurrences.update(counts)
            self.n_items.update(counts.keys())
            for entry in counts:
                self.owners[entry].add(group)
        # What M groups own, one of them the item's, falls short once that group is out.
        self.rare = collections.defaultdict(list)  # entry of at most M groups: its (item, count)
        self.left_out = [0] * len(self.items)
        for k, (_, counts) in enumerate(self.items):
            for entry, count in counts.items():
                if len(self.owners[entry]) <= least:
                    self.rare[entry].append((k, count))
                    self.left_out[k] += count
        self.left_out_rates = list(map(share, self.left_out, self.events))
        self.sorted_rates = sorted(self.left_out_rates)

    def violations(self, counts):
        """Occurrences of entries that fewer than M groups of the training set have."""
        return sum(n for entry, n in counts.items()
                   if len(self.owners.get(entry, ())) < self.least)

    def brute_force(self):
        """left_out again: each item against a set mined anew without the item's group."""
        groups = {g: set().union(*(c for h, c in self.items if g == h)) for g in self.members}
        result = [0] * len(self.items)
        for out in groups:
            others = collections.Counter(
                entry for group in groups if group != out for entry in groups[group])
            for k, (group, counts) in enumerate(self.items):
                if group == out:
                    result[k] = sum(n for e, n in counts.items() if others[e] < self.least)
        return result

    def p_simple(self, counts):
        """The conformal p that sees neither the groups' sizes nor the test item's entries."""
        rate = share(self.violations(counts), counts.total())
        beyond = len(self.items) - bisect.bisect_left(self.sorted_rates, rate)
        return Fraction(1 + beyond, len(self.items) + 1)

    def p_exact(self, counts):
        """The conformal p of a test item that stands among the training items as one of them."""
        rate = share(self.violations(counts), counts.total())
        violations, rates = list(self.left_out), list(self.left_out_rates)
        for entry in counts:
            if len(self.owners.get(entry, ())) == self.least:
                for k, count in self.rare[entry]:
                    violations[k] -= count
                    rates[k] = share(violations[k], self.events[k])
        beyond = collections.Counter(g for (g, _), r in zip(self.items, rates) if r >= rate)
        total = sum(Fraction(n, self.members[group]) for group, n in beyond.items())
        return (1 + total) / Fraction(len(self.members) + 1)


def quantile(values, q):
    """The value of rank floor(q n), counted from 0; q as "9/10"."""
    return sorted(values)[int(len(values) * Fraction(q))]


def mined(rule):
    """[(name, value)]: all that is said of one rule of a training set."""
    n = sum(rule.events)
    ones = sum(count == 1 for count in rule.occurrences.values())
    seen = {state for entry in rule.occurrences if rule.kind == TRANSITION for state in entry}
    return [
        ("items", len(rule.items)), ("groups", len(rule.members)), ("events", n),
        ("distinct", len(rule.occurrences)), ("states", len(seen) or "NA"),
        ("count_one", ones), ("good_turing", share(ones, n)),
        ("one_item", sum(count == 1 for count in rule.n_items.values())),
        ("one_group", sum(len(owners) == 1 for owners in rule.owners.values())),
        ("left_out_violations", sum(rule.left_out)),
        ("left_out_rate", share(sum(rule.left_out), n)),
        ("left_out_median", quantile(rule.left_out_rates, "1/2")),
        ("left_out_p90", quantile(rule.left_out_rates, "9/10"))]


def judged(rule, item):
    """{name: value}: all that is said of one rule of a test item."""
    counts = item.rules[rule.kind]
    return {"events": counts.total(), "violations": rule.violations(counts),
            "p_simple": rule.p_simple(counts), "p_exact": rule.p_exact(counts)}


def checked(verdicts):
    """[(name, value)]: all that is said of one rule of a test set, by the verdicts on its items."""
    violations, n = (sum(v[name] for v in verdicts) for name in ("violations", "events"))
    rows = [("items", len(verdicts)), ("events", n), ("violations", violations),
            ("rate", share(violations, n))]
    for name in "simple", "exact":
        values = [v["p_" + name] for v in verdicts]
        rows += [("flagged_%s_lt" % name, sum(v < Fraction(1, 20) for v in values)),
                 ("flagged_%s_le" % name, sum(v <= Fraction(1, 20) for v in values))]
    return rows


def text(value):
    """An exact value as a whole number or as the nearest double."""
    whole = not isinstance(value, Fraction) or value.denominator == 1
    return str(value if whole else float(value))


def show(prefix, rows):
    print(*("%s.%s\t%s" % (prefix, name, text(value)) for name, value in rows), sep="\n")


def print_file(path, verb, step):
    """The notes of one file, or its states."""
    division, notes = read_midi(path)
    name = os.path.splitext(os.path.basename(path))[0]
    if verb == "sets":
        print(name, " ".join(map(str, states(path, step))), sep="\t")
    for n in notes if verb == "notes" else ():
        print(name, text(Fraction(n.on, division)), text(Fraction(n.off - n.on, division)),
              n.pitch, n.velocity, n.channel + 1, n.track, int(n.ended), sep="\t")


def print_entries(rule):
    """Every entry of one rule with its support."""
    for entry in sorted(rule.occurrences):
        name = " ".join(map(str, entry)) if rule.kind == TRANSITION else text(entry)
        support = rule.occurrences[entry], rule.n_items[entry], len(rule.owners[entry])
        print(rule.kind, name, *support, sep="\t")


def print_ends(items):
    """What the items start and end with, and how many do."""
    for side, name in enumerate(("start", "end")):
        counts = collections.Counter(item.ends[side] for item in items if item.ends)
        for states_of, count in sorted(counts.items()):
            print(name, " ".join(map(str, states_of)), count, sep="\t")


def say(words):
    """Prints what is asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("verb", choices="notes sets mine entries ends check patches".split())
    parser.add_argument("train")
    parser.add_argument("sets", nargs="*")
    parser.add_argument("--groups")
    parser.add_argument("--step", type=Fraction, default=Fraction(1, 16))
    parser.add_argument("--fps", type=Fraction)
    parser.add_argument("--pitch-low", type=int, default=30)
    parser.add_argument("--min-groups", type=int, default=1)
    parser.add_argument("--order", type=int, default=1)
    parser.add_argument("--changes", action="store_true")
    parser.add_argument("--per-item", action="store_true")
    args = parser.parse_intermixed_args(words)

    def load(path, groups=None):
        if path.endswith(".npy"):
            return patch_items(path, groups, args.changes, args.pitch_low, args.order)
        return midi_items(path, groups, args.step, args.changes, args.fps, args.order)

    if args.verb in ("notes", "sets"):
        for path in [args.train] + args.sets:
            print_file(path, args.verb, args.step)
        return
    train = load(args.train, read_groups(args.groups) if args.groups else None)
    if args.verb == "ends":
        print_ends(train)
        return
    rules = [Rule(train, kind, args.min_groups) for kind in train[0].rules]
    for rule in rules:
        if args.verb == "entries":
            print_entries(rule)
            continue
        if args.verb == "mine" and rule.left_out != rule.brute_force():
            raise AssertionError("leaving out in one pass and by brute force differ")
        show("train." + rule.kind, mined(rule))
        for item, n, v in zip(train if args.per_item else (), rule.events, rule.left_out):
            show("%s.%s" % (item.name, rule.kind), [("events", n), ("left_out_violations", v)])
    for path in args.sets:
        items = load(path)
        for rule in rules:
            verdicts = [judged(rule, item) for item in items]
            show("%s.%s" % (path, rule.kind), checked(verdicts))
            for item, verdict in zip(items if args.per_item else (), verdicts):
                show("%s.%s" % (item.name, rule.kind), verdict.items())


def main():
    if sys.argv[1:] != ["lines"]:
        say(sys.argv[1:])
        return
    for line in sys.stdin:
        say(line.rstrip("\n").split("\t"))
        print(flush=True)


if __name__ == "__main__":
    main()
