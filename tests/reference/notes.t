#!/usr/bin/env python3
# reference/notes.t - assay-notes against its laws, and a witness. SPDX-License-Identifier: GPL-3.0-or-later
"""What assay-notes writes is what it read: MIDI to notes to MIDI to notes, rolls to notes to rolls,
chroma to notes to chroma; windows of notes are windows of rolls; and notes moved, merged and cut
here, row by row, are those that it moves, merges and cuts.

Over tests/data always, over the reference data if they are there. Standard library only.
"""
import array
import ast
import functools
import io
import json
import os
import random
import subprocess
import sys
import tarfile
import tempfile
from fractions import Fraction

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True
from report import BIN, finish, report  # noqa: E402

DATA = os.path.realpath(os.path.join(HERE, "..", "data"))
SHARED = os.environ.get("ASSAY_SHARED_DATA", "")
MIDI = ["bach-kern", "jsb", "js-fakes", "js-fakes-extended", "deepbach", "tonicnet", "musegan",
        "nottingham", "palestrina", "classical-misc", "openmsx", "npm-piano", "hostile-midi"]


def run(tool, *arguments, data=None, cwd=None):
    command = [os.path.join(BIN, tool), "-q", "--skip-bad", *arguments]
    done = subprocess.run(command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          cwd=cwd)
    if done.returncode not in (0, 4):
        raise SystemExit("%s: status %d" % (" ".join(command), done.returncode))
    return done.stdout


@functools.lru_cache(maxsize=None)
def array_header(text):
    """(letter of the type, shape) of the header of a .npy file."""
    header = ast.literal_eval(text.decode())
    return {"|u1": "B", "<f8": "d"}[header["descr"]], header["shape"]


def members(stream):
    """(name, bytes) of the files of a tar; a stream's have plain ustar headers, no others."""
    at = 0
    while stream[at]:
        head = stream[at:at + 512]
        name, prefix = (part.rstrip(b"\0").decode() for part in (head[:100], head[345:500]))
        size = int(head[124:136].rstrip(b"\0 "), 8)
        if head[156:157] != b"0" or head[257:263] != b"ustar\0":
            raise SystemExit("%s: not a plain file in a ustar archive" % name)
        yield prefix + "/" + name if prefix else name, stream[at + 512:at + 512 + size]
        at += 512 + (size + 511) // 512 * 512


def samples(stream, field):
    """{sample: (shape, values, metadata)}, with the items of a sample in pieces put together."""
    found, meta = {}, {}
    for path, data in members(stream):
        if path.startswith("__"):
            continue
        folder, _, base = path.rpartition("/")
        base, _, suffix = base.partition(".")
        name = folder + "/" + base if folder else base
        if suffix == "json":
            meta[name] = json.loads(data)
            if "item_start" in meta[name]:
                meta[folder] = meta[name]
        elif suffix == field + ".npy":
            size = int.from_bytes(data[8:10], "little")
            kind, shape = array_header(data[10:10 + size])
            values = array.array(kind, data[10 + size:])
            if "item_start" in meta[name]:
                name = folder
            if name in found:
                shape = (found[name][0][0] + shape[0], *shape[1:])
                values = found[name][1] + values
            found[name] = (shape, values, meta[name])
    return found


def rows(sample):
    (n, width), values, _ = sample
    return [tuple(values[i * width:(i + 1) * width]) for i in range(n)]


def places(meta):
    """What places notes in the world."""
    return {key: meta["fields"]["notes"].get(key)
            for key in ("division", "tempos", "meters", "keys", "last_tick", "columns", "tracks")}


def same(a, b, what):
    """The samples that differ; @what of a sample is compared."""
    return sorted(set(a) ^ set(b)) + [name for name in a if name in b and
                                      what(a[name]) != what(b[name])]


@functools.lru_cache(maxsize=1)
def plain_notes(base, *names):
    """The stream of the notes of some files, and its samples."""
    stream = run("assay-notes", *names, cwd=base)
    return stream, samples(stream, "notes")


def folders():
    yield "tests/data", DATA, ["bach", "generated"]
    for name in MIDI:
        if os.path.isdir(os.path.join(SHARED, name)):
            yield name, SHARED, [name]
        else:
            report(True, "%s # SKIP the reference data are not there" % name)


def check_midi(title, base, names):
    """MIDI to notes to MIDI to notes, and from the field of a roll's stream."""
    first, a = plain_notes(base, *names)
    with tempfile.TemporaryDirectory() as out:
        run("assay-notes", "--midi", "-o", out, data=first)
        again = run("assay-notes", *sorted(os.listdir(out)), cwd=out)
    b = samples(again, "notes")
    wrong = same(a, b, lambda s: (s[0], s[1], places(s[2])))
    notes = sum(s[0][0] for s in a.values())
    report(a and not wrong, "%s: %d notes of %d files come back from MIDI" % (title, notes, len(a)),
           *wrong[:5])


def check_rolls(title, base, names):
    wrong = []
    cases = [["--step=1/16"], ["--fps=30000/1001", "--pitches=36:84"], ["--step=1/24", "--drums"],
             ["--fps=100"], ["--step=3/64"]]
    for case in cases if base == DATA else cases[:2]:
        first = run("assay-roll", *case, *names, cwd=base)
        notes = run("assay-notes", "--replace", "--only", data=first)
        again = run("assay-roll", *case, data=notes)
        wrong += same(samples(first, "roll"), samples(again, "roll"), lambda s: s[:2])
    report(not wrong, "%s: rolls come back from notes" % title, *wrong[:5])
    first = run("assay-chroma", "--only", data=run("assay-roll", *names, cwd=base))
    again = run("assay-chroma", data=run("assay-roll", data=run("assay-notes", "--only",
                                                               data=first)))
    wrong = same(samples(first, "chroma"), samples(again, "chroma"), lambda s: s[:2])
    report(not wrong, "%s: chroma comes back from notes" % title, *wrong[:5])


def check_windows(title, base, names):
    """Window k of the notes, rolled, is item k of the roll."""
    wrong, more, fewer, n = [], 0, 0, 0
    cases = [("4", None, "1/16"), ("2", "6", "1/24"), ("3/2", "0.5", "1/8")]
    for quarters, hop, step in cases if base == DATA else cases[:2]:
        steps = str(Fraction(quarters) / (4 * Fraction(step)))
        hops = ["--hop=" + str(Fraction(hop) / (4 * Fraction(step)))] if hop else []
        items = samples(run("assay-roll", "--step=" + step, "--drums", "--window=" + steps, *hops,
                            *names, cwd=base), "roll")
        cut = samples(run("assay-roll", "--step=" + step, "--drums",
                          data=run("assay-notes", "--window=" + quarters,
                                   *(["--hop=" + hop] if hop else []), *names, cwd=base)), "roll")
        last = dict.fromkeys(items, -1)
        for name, (shape, values, meta) in cut.items():
            whole, index = name.rsplit("/w", 1)
            size = shape[0] * shape[1]
            at = int(index)
            last[whole] = max(last[whole], at)
            n += 1
            if meta["cut"]["from"] != whole or meta["cut"]["index"] != at or \
                    items[whole][0][1:] != shape or \
                    items[whole][1][at * size:(at + 1) * size] != values:
                wrong.append(name)
        for name, (shape, *_) in items.items():
            if last[name] + 1 != shape[0]:
                fewer += shape[0] == last[name] + 2
                more += 1
    report(not wrong and more == fewer,
           "%s: %d windows are items of rolls; %d rolls round up to one more" % (title, n, fewer),
           *wrong[:5])


def key_moved(sharps, semitones):
    return sharps if semitones % 12 == 0 else (sharps + 7 * semitones + 5) % 12 - 5


def check_transposed(title, base, names):
    _, plain = plain_notes(base, *names)
    wrong = []
    for by in (7, -5, 12, -24) if base == DATA else (6, -24):
        moved = samples(run("assay-notes", "--transpose=%d" % by, *names, cwd=base), "notes")
        for name, sample in plain.items():
            expected = [row[:2] + (row[2] + by,) + row[3:] if row[4] != 10 else row
                        for row in rows(sample)]
            if any(not 0 <= row[2] <= 127 for row in expected):
                wrong += [name] * (name in moved)
                continue
            keys = [[tick, key_moved(sharps, by), mode]
                    for tick, sharps, mode in places(sample[2])["keys"]]
            if rows(moved[name]) != expected or places(moved[name][2])["keys"] != keys:
                wrong.append(name)
    report(not wrong, "%s: transposed" % title, *wrong[:5])


def merged(notes, division):
    out, last = [], {}
    for row in notes:
        key = (row[6], row[4], row[2])
        on = round(row[0] * division)
        if key in last and row[4] != 10 and last[key][1] == on:
            last[key][1] = on + round(row[1] * division)
            continue
        last[key] = [on, on + round(row[1] * division), row]
        out.append(last[key])
    return [(row[0], (off - on) / division) + row[2:] for on, off, row in out]


def check_merged(title, base, names):
    _, plain = plain_notes(base, *names)
    got = samples(run("assay-notes", "--merge-repeats", *names, cwd=base), "notes")
    wrong = [name for name in plain if rows(got[name]) !=
             merged(rows(plain[name]), places(plain[name][2])["division"])]
    report(not wrong, "%s: merged" % title, *wrong[:5])


def npy(shape, values):
    header = repr({"descr": "|u1", "fortran_order": False, "shape": shape}).encode() + b"\n"
    return b"\x93NUMPY\1\0" + len(header).to_bytes(2, "little") + header + bytes(values)


def foreign(members):
    """A tar without a head."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return out.getvalue()


def check_random():
    """Random rolls of awkward steps, rolled again; some have items, of which each is a piece."""
    rng = random.Random(3)
    steps = ["1/16", "1/24", "3/16", "1/7", "5/13", "2/1", "1/128", "997/1000"]
    rates = ["1", "7", "100", "30000/1001", "11025/128", "44100", "65536", "25/3"]
    for option, texts in (("step", steps), ("fps", rates)):
        for text in texts:
            members, rolls = [], {}
            for i in range(40):
                low, width = rng.randrange(0, 90), rng.randrange(1, 38)
                items = rng.choice([None, 0, 1, 3])
                n = rng.randrange(items is not None, 60)
                size = n * width * (1 if items is None else items)
                loud = rng.choice([[0, 1], [0, 0, 64], [0, 0, 1, 64, 127]])
                cells = rng.choices(loud, k=size)
                shape = (n, width) if items is None else (items, n, width)
                axes = ["item", "time", "pitch"][3 - len(shape):]
                meta = {"pitch_low": low, "pitch_high": low + width - 1, "axes": axes,
                        "step_q" if option == "step" else "rate_hz":
                            float(Fraction(text) * (4 if option == "step" else 1))}
                whole = {"fields": {"roll": meta}}
                name = "r%03d" % i
                if items is not None:
                    whole.update(item_start=0, items=items)
                    name += "/000000"
                members += [(name + ".json", json.dumps(whole).encode()),
                            (name + ".roll.npy", npy(shape, cells))]
                for k in range(1 if items is None else items):
                    one = "r%03d" % i + ("" if items is None else "/i%06d" % k)
                    rolls[one] = (low, width, n, cells[k * n * width:(k + 1) * n * width])
            notes = run("assay-notes", "--only", data=foreign(members))
            got = samples(run("assay-roll", "--%s=%s" % (option, text), data=notes), "roll")
            wrong = sorted(set(got) ^ set(rolls))
            for name, (low, width, n, cells) in rolls.items():
                shape, values, _ = got[name]
                full = [values[t * 128 + p] for t in range(shape[0]) for p in range(128)]
                expected = []
                for t in range(n):
                    expected += [0] * low + cells[t * width:(t + 1) * width]
                    expected += [0] * (128 - low - width)
                if full != expected:
                    wrong.append(name)
            report(not wrong, "%d random rolls, --%s=%s" % (len(rolls), option, text), *wrong[:5])


def main():
    check_random()
    for folder in folders():
        for check in (check_midi, check_rolls, check_windows, check_transposed, check_merged):
            check(*folder)
    finish()


main()
