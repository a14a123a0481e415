# assay.py - the files of Assay in Python: sample streams, tables, specs.
#
# One file that needs NumPy and nothing else (Python 3.9, NumPy 1.20 and later), so that it can be
# copied into a project. assay-python(7) is its manual, with examples; assay-stream(5) and
# assay-spec(5) are the formats.
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads and writes what the programs of Assay read and write.

    for name, sample in assay.read("bach.tar"):     # or "-", or a pipe
        print(name, sample["roll"].shape, sample.axes("roll"))

    with assay.write("out.tar", tool="model") as out:
        out.put("piece", {"roll": roll}, axes={"roll": ("time", "pitch")})

    findings = assay.table("findings.tsv")          # a dict of column -> array
    spec = assay.spec("bach-chorales")              # items, sources, rules as arrays

Whatever is wrong with an input is an assay.Error, which is a ValueError; that a stream stops
before its end is an assay.Truncated. Nothing in a file is ever executed: pickles are refused.
"""
import collections.abc
import functools
import gzip
import json
import math
import os
import re
import signal
import stat
import sys
import zlib

import numpy as np

__all__ = ["Error", "Truncated", "Reader", "Sample", "Skip", "SpectralLoss", "Spec", "Rule",
           "Writer", "MANY",
           "chord_name", "chord_state", "read", "spec", "table", "write", "write_table"]

PIECE = 64 << 20        # the most bytes of a piece of a sample with an item axis
MAX_SAMPLE = 2 << 30    # the most bytes of a sample, unless read() is told otherwise
MAX_MEMBERS = 4096      # of a sample
MAX_JSON = 64 << 20
CHUNK = 1 << 20         # a header does not decide how much is allocated: so much at a time
MANY = 9                # what a spec calls "many" groups: more than 8


class Error(ValueError):
    """An input that is not what it should be; the message names it and says where."""


class Truncated(Error):
    """A stream that stops before its end: the program that wrote it did not finish."""


SKIPPED_ITEMS = ("item_start", "items")
Skip = collections.namedtuple("Skip", "name reason accepted item_start items",
                              defaults=(None, None))
Skip.__doc__ = """What a program left out: its name, why, and whether --skip-bad said that is fine;
of a sample of which it was some items alone, the first of them and how many."""


# --- Files -----------------------------------------------------------------------------------

def _open_input(f):
    """A file to read, its name in messages, and whether it is to be closed."""
    if not isinstance(f, (str, os.PathLike)):
        name = getattr(f, "name", None)
        return f, _shown(os.fsencode(name)) if isinstance(name, (str, bytes)) else "input", False
    if os.fspath(f) == "-":
        return sys.stdin.buffer, "standard input", False
    return open(f, "rb", buffering=CHUNK), _shown(os.fsencode(f)), True


def _slurp(f):
    """All that is in a file, and its name in messages."""
    file, name, is_own = _open_input(f)
    try:
        data = file.read()
    finally:
        if is_own:
            file.close()
    return data if isinstance(data, bytes) else data.encode("utf-8", "surrogateescape"), name


def _open_new(path):
    """A new file beside a path, to be renamed to it; or what is there, if it is no plain file."""
    target = os.path.realpath(path)
    try:
        if not stat.S_ISREG(os.stat(target).st_mode):
            return open(path, "wb"), None, None
    except FileNotFoundError:
        pass
    folder, base = os.path.split(target)
    while True:
        name = os.path.join(folder, f".{base[:200]}.{os.urandom(4).hex()}")
        try:
            return open(name, "xb", buffering=CHUNK), name, target
        except FileExistsError:
            pass


def _rename(temporary, target):
    """Gives the name to what _open_new() made, and the permissions of what has it so far."""
    if temporary is None:
        return
    if os.path.exists(target):
        os.chmod(temporary, stat.S_IMODE(os.stat(target).st_mode))
    os.replace(temporary, target)


# --- JSON ------------------------------------------------------------------------------------

def _object(pairs):
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("two members of an object have one name")
    return made


def _constant(text):
    raise ValueError(f"{text} is no JSON")


_decoder = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_constant)


def _parse_json(data, name):
    if len(data) > MAX_JSON:
        raise Error(f"{name}: {len(data)} bytes of metadata are more than are read")
    try:
        return _decoder.decode(str(data, "utf-8"))
    except (ValueError, RecursionError) as fault:
        raise Error(f"{name}: not JSON: {fault}") from None


def _number_text(value):
    """The fewest digits that read back as a float; whole numbers up to 2^53 have no point."""
    if math.isnan(value):
        return "NA"
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    if abs(value) <= 2 ** 53 and value == int(value):
        return str(int(value))
    for digits in range(1 if abs(value) < 16 * sys.float_info.min else 15, 18):
        text = f"{value:.{digits}g}"
        if float(text) == value:
            return text


_escaped = re.compile('["\\\\\x00-\x1f\x7f]')
_short_escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def _json_string(text):
    if "\0" in text:
        raise Error(f"{text!r} holds a zero byte, which JSON of Assay cannot")
    return '"%s"' % _escaped.sub(lambda found: _short_escapes.get(found[0])
                                 or "\\u%04x" % ord(found[0]), text)


def _json_text(value):
    """JSON as Assay writes it: members sorted, no blanks, the fewest digits."""
    if isinstance(value, str):
        return _json_string(value)
    if value is None or isinstance(value, (bool, np.bool_)):
        return "null" if value is None else "true" if value else "false"
    if isinstance(value, (int, np.integer)):
        if not -1 << 63 <= value < 1 << 63:
            raise Error(f"{value} does not fit the 64 bits of an integer in JSON")
        return str(int(value))
    if isinstance(value, (float, np.floating)):
        return _number_text(float(value)) if math.isfinite(value) else "null"
    if isinstance(value, collections.abc.Mapping):
        for key in value:
            if not isinstance(key, str):
                raise Error(f"metadata: {key!r} is no name of a member; names are texts")
        return "{%s}" % ",".join(f"{_json_string(key)}:{_json_text(value[key])}"
                                 for key in sorted(value))
    if isinstance(value, (list, tuple, np.ndarray)):
        return "[%s]" % ",".join(map(_json_text, value))
    raise Error(f"metadata: {value!r} is nothing that JSON has")


def _json_line(value):
    try:
        return _json_text(value).encode("utf-8") + b"\n"
    except UnicodeEncodeError as fault:
        raise Error(f"metadata: a text is no UTF-8: {fault}") from None


# --- Arrays ----------------------------------------------------------------------------------

_entry = re.compile(r"""\s*(['"])(descr|fortran_order|shape)\1\s*:\s*(?:
    (['"])(?P<descr>[^'"]{1,31})\3 | (?P<order>True|False) | \((?P<shape>[\d\s,L]*)\) )
    \s*(?:,|(?=\}))""", re.VERBOSE)
_refused = {"O": "Python objects", "c": "complex numbers", "U": "texts", "S": "texts",
            "V": "structured records", "[": "structured records"}


@functools.lru_cache(maxsize=256)
def _parse_npy_header(text):
    """dtype in the file, whether in Fortran order, shape; a ValueError says what is wrong."""
    text = text.decode("latin-1")
    found, at = {}, text.find("{") + 1
    refused = re.search(r"""['"]descr['"]\s*:\s*(\[|['"][<>|=]?[OcUSV])""", text)
    if refused:
        raise ValueError(f"holds {_refused[refused[1][-1]]}; save it as numbers, as in "
                         'numpy.save(f, a.astype("float32"))')
    while at:
        entry = _entry.match(text, at)
        if entry is None:
            break
        found[entry[2]] = entry
        at = entry.end()
    if not re.fullmatch(r"\s*\}\s*", text[at:]) or text.strip()[:1] != "{":
        raise ValueError("not a .npy array: its header is not the usual dictionary")
    try:
        descr, order, shape = found["descr"]["descr"], found["fortran_order"]["order"], \
            [int(n.rstrip("L")) for n in found["shape"]["shape"].split(",") if n.strip()]
        if not re.fullmatch(r"[<>|=](?:b1|[iu][1248]|f[248])", descr):
            raise ValueError(f"holds values of type {descr!r}, which is not read; "
                             "save it as numbers")
    except (KeyError, TypeError, AttributeError):
        raise ValueError("not a .npy array: its header lacks descr, fortran_order or "
                         "shape") from None
    if len(shape) > 8:
        raise ValueError("not a .npy array: more than 8 axes")
    return np.dtype(descr), order == "True", tuple(shape)


_delivered = {"b1": np.dtype("u1"), "f2": np.dtype("<f4")}


def _as_written(array, name):
    """An array as a stream has it: numbers, little-endian, in C order."""
    array = np.asarray(array)
    dtype = array.dtype
    kind = f"{dtype.kind}{dtype.itemsize}"
    if kind not in ("b1", "u1", "u2", "u4", "u8", "i1", "i2", "i4", "i8", "f2", "f4", "f8"):
        raise Error(f"{name}: an array of {dtype} is none of numbers; "
                    'convert it, as in a.astype("float32")')
    if array.ndim > 8:
        raise Error(f"{name}: an array has at most 8 axes, not {array.ndim}")
    return np.asarray(array, dtype=_delivered.get(kind, dtype.newbyteorder("<")), order="C")


def _parse_npy(data, name):
    """The array in the bytes of a .npy, as _as_written() has it, in memory of its own."""
    if data[:6] != b"\x93NUMPY":
        raise Error(f"{name}: not a .npy array: it does not begin with \\x93NUMPY")
    if len(data) < 12:
        raise Error(f"{name}: ends inside its header, after {len(data)} bytes")
    if not 1 <= data[6] <= 3:
        raise Error(f"{name}: not a .npy array: its version is not 1, 2 or 3")
    start = 10 if data[6] == 1 else 12
    begin = start + int.from_bytes(data[8:start], "little")
    if begin > 1 << 16:
        raise Error(f"{name}: not a .npy array: its header claims more than 64 KiB")
    if begin > len(data):
        raise Error(f"{name}: ends inside its header, after {len(data)} bytes")
    try:
        dtype, fortran, shape = _parse_npy_header(bytes(data[start:begin]))
    except ValueError as fault:
        raise Error(f"{name}: {fault}") from None
    wanted, here = math.prod(shape) * dtype.itemsize, len(data) - begin
    if here != wanted:
        raise Error(f"{name}: its header promises {wanted} bytes of values, {here} are there")
    if max(shape, default=0) > sys.maxsize:  # beside an axis of no length
        raise Error(f"{name}: not a .npy array: its shape overflows")
    array = np.frombuffer(data, dtype, offset=begin).reshape(shape, order="F" if fortran else "C")
    if dtype.kind == "b":
        return (np.frombuffer(data, "u1", offset=begin) != 0).view("u1").reshape(
            shape, order="F" if fortran else "C").copy("C")
    return np.array(_as_written(array, name))


def _npy_header(dtype, shape):
    descr = ("|" if dtype.itemsize == 1 else "<") + dtype.kind + str(dtype.itemsize)
    text = f"{{'descr': '{descr}', 'fortran_order': False, 'shape': {tuple(shape)}, }}"
    text += " " * (-(len(text) + 11) % 64) + "\n"
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text.encode("ascii")


# --- Names -----------------------------------------------------------------------------------

_unsafe = {False: re.compile("[\x00-\x1f\x7f-\x9f\udc80-\udcff]"),
           True: re.compile("[\x00-\x1f\x7f-\x9f\udc80-\udcff%]")}
_odd = re.compile(r"[\x00-\x1f\x7f-\x9f%]|(?:^|/)\.{0,2}(?:/|$)")


def _escape(text, with_percent):
    """Controls, bytes that are not UTF-8, and % where it is no escape yet, as %XX."""
    return _unsafe[with_percent].sub(
        lambda found: "".join("%%%02X" % byte
                              for byte in found[0].encode("utf-8", "surrogateescape")), text)


def _shown(path):
    return _escape(path.decode("utf-8", "surrogateescape"), False)


def _clean_path(path, is_foreign):
    """The path of a member, such that it cannot climb out of a folder it is unpacked in."""
    text = path.decode("utf-8", "surrogateescape")
    if path.isascii() and not _odd.search(text):
        return text
    steps = [step for step in text.split("/") if step not in ("", ".", "..")]
    return _escape("/".join(steps), is_foreign)


def _as_name(name):
    """A text as the name of a sample; a name that was read stays as it is.

    >>> _as_name("sets/v1.2/take.3"), _as_name("100%"), _as_name("__x"), _as_name("a%25b")
    ('sets/v1.2/take_3', '100%25', '%5F_x', 'a%25b')
    """
    text = os.fsencode(name) if isinstance(name, os.PathLike) else str(name)
    if isinstance(text, str):
        text = text.encode("utf-8", "surrogateescape")
    text = _clean_path(text, False)
    text = re.sub("%(?![0-9A-F]{2})", "%25", text)
    folder, slash, last = text.rpartition("/")
    text = folder + slash + last.replace(".", "_")
    if not text:
        raise Error(f"{name!r} is no name of a sample")
    return "%5F" + text[1:] if text.startswith("__") else text


# --- The tar, read ---------------------------------------------------------------------------

class _Rejoined:
    """A file whose first bytes were read already."""

    def __init__(self, head, file):
        self.head, self.file = head, file

    def read(self, size):
        if not self.head:
            return self.file.read(size)
        data, self.head = self.head[:size], self.head[size:]
        return data


class _Gunzipped:
    """What is in a gzip; its faults are ours."""

    def __init__(self, file, name):
        self.file, self.name = gzip.GzipFile(fileobj=file), name

    def read(self, size):
        try:
            return self.file.read(size)
        except EOFError:
            raise Truncated(f"{self.name}: not a whole tar: truncated gzip input") from None
        except (gzip.BadGzipFile, zlib.error) as fault:
            raise Error(f"{self.name}: not a whole tar: {fault}") from None


_zeros = bytes(512)


class _TarReader:
    """The regular members of a tar, which may be in gzip: their paths; take() has their bytes."""

    def __init__(self, file, name):
        self.file, self.name, self._first = file, name, None
        self._path, self._size = None, 0  # of a member that was not taken yet
        head = self._read(512)
        if not head:
            raise Truncated(f"{name}: is empty: the program before it in the pipe may have failed")
        if head[:2] == b"\x1f\x8b":
            self.file = _Gunzipped(_Rejoined(head, file), name)
            self._first = self._read(512)
        elif head[257:262] == b"ustar":
            self._first = head
        else:
            raise Error(f"{name}: is no tar, and so neither a stream nor a shard")

    def _read(self, size):
        """So many bytes, or fewer at the end."""
        data = self.file.read(min(size, CHUNK))
        if isinstance(data, bytes) and len(data) == size:
            return data
        more = data
        try:
            data = bytearray(data)
            while more and len(data) < size:
                more = self.file.read(min(size - len(data), CHUNK))
                data += more
        except TypeError:
            raise Error(f"{self.name}: is not opened in binary mode, or does not block") from None
        return data

    def _body(self, size, path):
        data = self._read(size + -size % 512)
        if len(data) < size:
            raise Truncated(f"{self.name}: not a whole tar: it stops inside of member "
                            f"{_shown(path)}")
        return data[:size]

    def take(self, room):
        """The bytes of the member; not more than there is room for."""
        if self._size > room:
            raise Error(f"{self.name}: member {_shown(self._path)} makes its sample larger than "
                        "max_sample allows")
        size, self._size = self._size, 0
        return self._body(size, self._path)

    def _pass_over(self):
        while self._size > 0:
            size = min(self._size, CHUNK)
            self._body(size, self._path)
            self._size -= size

    def _pax(self, size):
        """The records of a pax header that matter here: path and size."""
        data, found = self._body(self._bounded(size, "pax header"), b"PaxHeader"), {}
        while data:
            length, blank, _ = bytes(data[:24]).partition(b" ")
            if not blank or not length.isdigit() or not len(length) < int(length) <= len(data) or \
                    data[int(length) - 1] != 10:
                raise Error(f"{self.name}: a broken pax header")
            key, _, value = bytes(data[len(length) + 1:int(length) - 1]).partition(b"=")
            found[key] = value
            data = data[int(length):]
        return found

    def _bounded(self, size, what):
        if size > CHUNK:
            raise Error(f"{self.name}: a {what} of {size} bytes")
        return size

    def _number(self, field):
        try:
            size = int.from_bytes(field[1:], "big") if field[0] & 128 else \
                int(field.strip(b" \0") or b"0", 8)
        except ValueError:
            size = -1
        if size < 0:
            raise Error(f"{self.name}: a broken tar header: the size of a member is no number")
        return size

    def __iter__(self):
        long_path, pax, head = None, {}, self._first
        while True:
            if head == _zeros:
                head = self._read(512)
                continue
            if len(head) < 512:
                if long_path or pax or head.strip(b"\0"):
                    raise Truncated(f"{self.name}: not a whole tar: it stops inside of a header")
                return
            kind, size = head[156:157], self._number(head[124:136])
            # The sum of all bytes, those of the field itself taken for blanks.
            if sum(head) - sum(head[148:156]) + 256 != self._number(head[148:156]):
                raise Error(f"{self.name}: not a whole tar: something that is no header of a "
                            "member")
            if kind == b"x":
                pax = self._pax(size)
            elif kind == b"g":
                self._pax(size)
            elif kind == b"L":
                long_path = bytes(self._body(self._bounded(size, "long name"), b"a long name"))
                long_path = long_path.rstrip(b"\0")
            else:
                if self._begin(head, kind, size, long_path, pax):
                    yield self._path
                self._pass_over()
                long_path, pax = None, {}
            head = self._read(512)

    def _begin(self, head, kind, size, long_path, pax):
        """Begins a member; False if it is no plain file."""
        path = head[:100].partition(b"\0")[0]
        if head[257:263] == b"ustar\0" and head[345]:
            path = head[345:500].partition(b"\0")[0] + b"/" + path
        self._path = path = pax.get(b"path", long_path or path)
        if b"size" in pax:
            size = int(pax[b"size"]) if pax[b"size"].isdigit() else -1
            if size < 0:
                raise Error(f"{self.name}: a broken pax header: the size of {_shown(path)} is no "
                            "number")
        if kind == b"S" or any(key.startswith(b"GNU.sparse") for key in pax):
            raise Error(f"{self.name}: member {_shown(path)} is sparse; make the tar without "
                        "--sparse")
        self._size = 0 if kind in b"123456" else size  # links, folders, devices have no data
        return kind in (b"0", b"\0", b"7") and not path.endswith(b"/")


# --- Samples ---------------------------------------------------------------------------------

class Sample(collections.abc.MutableMapping):
    """A named thing: fields (arrays with named axes), metadata, other members.

    It is a mapping of fields to arrays. An array that came from a stream is decoded when it is
    asked for, and may then be changed in place.

    >>> sample = Sample("a", {"roll": np.zeros((4, 128), "u1")}, axes={"roll": ("time", "pitch")})
    >>> sample["roll"].shape, sample.axes("roll"), list(sample)
    ((4, 128), ('time', 'pitch'), ['roll'])
    >>> sample.set("loud", sample["roll"].max(axis=1), axes=("time",), unit="velocity")
    >>> sample.field_meta("loud")["unit"]
    'velocity'

    name        NAME in its stream
    meta        its metadata, a dict; changes are written
    members     what is neither an array nor metadata: {"jpg": b"..."}
    stages      what made it, a list of {"tool", "version", "options"}
    item_start  where it has an item axis: the index of its first item, else None
    n_items     how many items it has, else None
    """

    def __init__(self, name, fields=None, *, axes=None, meta=None, field_meta=None, members=None,
                 stages=None):
        self.name, self.stages = _as_name(name), stages
        self.item_start = self.n_items = None
        self.members = dict(members or {})
        for suffix, data in self.members.items():
            if not suffix or "/" in suffix or suffix in ("json", "npy") or suffix.endswith(".npy"):
                raise Error(f"{name}: {suffix!r} is no suffix of a member that is no array")
            if not isinstance(data, (bytes, bytearray)):
                raise Error(f"{name}: member {suffix!r} is no bytes")
        self._arrays, self._order = {}, []  # field -> (suffix, bytes or array); suffixes as read
        self._more, self._cuts = [], None   # the arrays of further pieces, where it was cut
        self._meta, self._raw_meta = dict(meta or {}), None
        axes, field_meta = axes or {}, field_meta or {}
        for given in (axes, field_meta):
            for field in given:
                if field not in (fields or {}):
                    raise Error(f"{name}: axes or metadata of {field!r}, which is no field of it")
        for field, array in (fields or {}).items():
            about = dict(field_meta.get(field, {}))
            self.set(field, array, **{"axes": axes.get(field), **about} if field not in axes
                     else {**about, "axes": axes[field]})

    @classmethod
    def _read(cls, name, stages):
        self = cls.__new__(cls)
        self.name, self.stages = name, stages
        self.item_start = self.n_items = self._cuts = self._raw_meta = None
        self.members, self._arrays, self._order, self._more, self._meta = {}, {}, [], [], None
        return self

    def _add_member(self, suffix, data):
        if suffix == "json":
            is_there, self._raw_meta = self._raw_meta is not None, data
        elif suffix == "npy" or suffix.endswith(".npy"):
            field = "array" if suffix == "npy" else suffix[:-4]
            is_there = field in self._arrays
            self._arrays[field] = suffix, data
        else:
            is_there = suffix in self.members
            self.members[suffix] = bytes(data)
        self._order.append(suffix)
        if is_there:
            raise Error(f'{self.name}: two members ".{suffix}"')
        if len(self._arrays) + len(self.members) > MAX_MEMBERS:
            raise Error(f"{self.name}: more than {MAX_MEMBERS} members in one sample")

    @property
    def meta(self):
        if self._meta is None:
            raw, meta = self._raw_meta, {}
            if raw is not None:
                meta = _parse_json(raw, f"{self.name}.json")
                if not isinstance(meta, dict):
                    raise Error(f"{self.name}.json: is not a JSON object")
            self._meta, self._raw_meta = meta, None
        return self._meta

    @property
    def source(self):
        """The file it came from, as far as it is known: path, sha256, format."""
        source = self.meta.get("source")
        return source if isinstance(source, dict) else {}

    def field_meta(self, field):
        """The metadata of a field: axes, unit, step_q and the like."""
        fields = self.meta.get("fields")
        meta = fields.get(field) if isinstance(fields, dict) else None
        return meta if isinstance(meta, dict) else {}

    def axes(self, field):
        """The names of the axes of a field: as its metadata have them, else axis0, axis1 ..."""
        names = self.field_meta(field).get("axes")
        if names is None:
            return tuple(f"axis{i}" for i in range(self[field].ndim))
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise Error(f'{self.name}: field "{field}": the names of its axes are not texts')
        return tuple(names)

    def _has_item_axis(self, field):
        return "axes" in self.field_meta(field) and self.axes(field)[:1] == ("item",)

    def _decode(self, field, suffix, data):
        array = _parse_npy(data, f'{self.name}: field "{field}" (.{suffix})')
        if "axes" in self.field_meta(field) and len(self.axes(field)) != array.ndim:
            raise Error(f'{self.name}: field "{field}": the array has {array.ndim} axes, '
                        f"its metadata name {len(self.axes(field))}")
        return array

    def __getitem__(self, field):
        if field not in self._arrays:
            has = ", ".join(self._arrays) or "none"
            raise KeyError(f"{self.name}: no field {field!r}; it has {has}")
        suffix, data = self._arrays[field]
        if isinstance(data, np.ndarray):
            return data
        array = self._decode(field, suffix, data)
        if self._more and self._has_item_axis(field):
            if any(field not in piece for piece in self._more):
                raise Error(f'{self.name}: field "{field}" is not in all pieces')
            array = np.concatenate([array] + [self._decode(field, *piece.pop(field))
                                              for piece in self._more])
        if self.n_items is not None and self._has_item_axis(field) and len(array) != self.n_items:
            raise Error(f'{self.name}: field "{field}" has {len(array)} items, '
                        f"the sample {self.n_items}")
        self._arrays[field] = suffix, array
        return array

    def set(self, field, array, /, axes=None, **meta):
        """Sets a field, the names of its axes and its metadata."""
        if not isinstance(field, str) or not field or "/" in field or _unsafe[False].search(field):
            raise Error(f"{self.name}: {field!r} is no name of a field")
        array = _as_written(array, f'{self.name}: field "{field}"')
        if axes is None:
            axes = self.field_meta(field).get("axes")
            if axes is None or len(axes) != array.ndim:
                axes = [f"axis{i}" for i in range(array.ndim)]
        if isinstance(axes, str) or len(axes) != array.ndim:
            raise Error(f'{self.name}: field "{field}" has {array.ndim} axes, named are {axes!r}')
        fields = self.meta.get("fields")
        self.meta["fields"] = fields = dict(fields) if isinstance(fields, dict) else {}
        fields[field] = {**self.field_meta(field), **meta, "axes": list(axes)}
        suffix = self._arrays.get(field, (f"{field}.npy",))[0]
        self._arrays[field] = suffix, array
        if list(axes)[:1] == ["item"] and self.n_items is None:
            self.item_start, self.n_items = 0, len(array)

    def __setitem__(self, field, array):
        self.set(field, array)

    def __delitem__(self, field):
        del self._arrays[field]
        if isinstance(self.meta.get("fields"), dict):
            self.meta["fields"].pop(field, None)

    def __contains__(self, field):
        return field in self._arrays

    def __iter__(self):
        return iter(self._arrays)

    def __len__(self):
        return len(self._arrays)

    def __repr__(self):
        return f"<assay.Sample {self.name}: {', '.join([*self._arrays, *self.members])}>"

    # Pieces.

    def _unpack_items(self):
        """What its metadata say of a piece; to be called when all its members are there."""
        raw = self._raw_meta
        if raw is None or (b"item_start" not in raw and b"\\u" not in raw):
            return  # without reading them
        if "item_start" not in self.meta:
            return
        start, count = self.meta.pop("item_start"), self.meta.pop("items", None)
        name = self.name.rpartition("/")[0]
        if not all(type(n) is int and 0 <= n < 1 << 62 for n in (start, count)) or not name:
            raise Error(f'{self.name}: "item_start" and "items" in its metadata are not those of '
                        "a piece")
        self.name, self.item_start, self.n_items, self._cuts = name, start, count, [count]

    def _join(self, piece):
        """Takes the next piece of it in; False if it is not the next one."""
        if self.item_start is None or self.name != piece.name or \
                piece.item_start != self.item_start + self.n_items or \
                self.stages is not piece.stages or self.meta != piece.meta:
            return False
        self._more.append(piece._arrays)
        self.n_items += piece.n_items
        self._cuts.append(piece.n_items)
        return True


# --- Streams, read ---------------------------------------------------------------------------

def _record(head, name, key, kind):
    if not isinstance(head, dict) or not isinstance(head.get(key), kind) or \
            isinstance(head[key], bool):
        raise Error(f"{name}: /{key} is missing, or not what it should be")
    return head[key]


class Reader:
    """What read() returns: an iterator of (name, sample).

    skipped     what the programs before left out, a list of Skip; whole when all was read
    stages      of the samples that are being read, a list
    """

    def __init__(self, f, *, pieces=False, max_sample=MAX_SAMPLE):
        self.skipped, self.stages = [], []
        file, self.name, is_own = _open_input(f)
        self._own = file if is_own else None
        self._pieces, self._max_sample = pieces, max_sample
        self._samples = self._read_samples(file)

    def __iter__(self):
        return self

    def __next__(self):
        sample = next(self._samples)
        return sample.name, sample

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Closes the file, if read() opened it; what was not read yet is not looked at."""
        self._samples.close()
        if self._own is not None:
            self._own.close()

    def _read_samples(self, f):
        """Joins the pieces of a sample. One that may lack a piece is not handed out."""
        try:
            ahead, held = None, 0
            for sample, size in self._read_records(_TarReader(f, self.name)):
                if ahead is not None and ahead._join(sample):
                    held += size
                    if held > self._max_sample:
                        raise Error(f"{self.name}: {ahead.name} is larger than max_sample allows; "
                                    "pieces=True reads it in pieces")
                    continue
                if ahead is not None:
                    yield ahead
                ahead, held = sample, size
                if self._pieces or sample.item_start is None:
                    yield sample
                    ahead = None
            if ahead is not None:
                yield ahead
        finally:
            if self._own is not None:
                self._own.close()

    def _read_records(self, tar):
        """Samples and pieces as they come, each with its bytes."""
        n_records, in_segment, ahead, held = 0, False, None, 0
        for path in tar:
            path = _clean_path(path, not in_segment)
            folder, slash, _ = path.partition("/")
            is_record = slash and len(folder) > 3 and folder[:2] == folder[-2:] == "__"
            base = path.rfind("/") + 1
            dot = path.find(".", base)
            if not is_record and (dot <= base or dot + 1 == len(path)):
                continue
            if is_record and path == "__stream__/head.json" and in_segment:
                break  # what came before it has no end
            name = None if is_record else path[:dot]
            if ahead is not None and ahead.name != name:
                ahead._unpack_items()
                yield ahead, held
                ahead = None
            if is_record:
                if path == "__stream__/head.json":
                    self._read_head(tar.take(MAX_JSON), f"{self.name}: {path}")
                    in_segment, n_records = True, 0
                elif path == "__stream__/end.json":
                    self._read_end(tar.take(MAX_JSON), f"{self.name}: {path}", n_records,
                                   in_segment)
                    in_segment, self.stages = False, []
                continue
            if ahead is None:
                ahead, held = Sample._read(name, self.stages if in_segment else None), 0
                n_records += 1
            data = tar.take(self._max_sample - held)
            held += len(data)
            ahead._add_member(path[dot + 1:], data)
        if in_segment:
            raise Truncated(f"{self.name}: the stream stops after {n_records} samples, without its "
                            "end record: the program that wrote it did not finish")
        if ahead is not None:
            ahead._unpack_items()
            yield ahead, held

    def _read_head(self, data, name):
        head = _parse_json(data, name)
        if _record(head, name, "format", str) != "assay-stream":
            raise Error(f'{name}: /format is "{head["format"]}", not "assay-stream"')
        if _record(head, name, "version", int) != 1:
            raise Error(f"{name}: /version is {head['version']}; assay.py reads version 1")
        self.stages = _record(head, name, "stages", list)

    def _read_end(self, data, name, n_records, in_segment):
        end = _parse_json(data, name)
        if not in_segment:
            raise Error(f"{name}: no head came before it")
        if _record(end, name, "records", int) != n_records:
            raise Error(f"{name}: /records is {end['records']}, but {n_records} samples and pieces "
                        "came before it")
        for skip in _record(end, name, "skipped", list):
            self.skipped.append(Skip(_record(skip, name, "name", str),
                                     _record(skip, name, "reason", str),
                                     skip.get("accepted") is True,
                                     *([_record(skip, name, key, int) for key in SKIPPED_ITEMS]
                                       if "items" in skip else [])))


def read(f, *, pieces=False, max_sample=MAX_SAMPLE):
    """Reads a sample stream: an iterator of (name, sample), see Sample and Reader.

    f is a path, "-" for standard input, or a file opened in binary mode, which may be a pipe. It
    may hold several streams, be a shard of WebDataset (a tar without a head), and be in gzip.
    Memory is bounded by a sample, and no sample is larger than max_sample bytes.

    A sample that travels in pieces is joined, unless pieces are asked for.

    A stream without its end raises Truncated, behind the samples that are known to be whole. What
    else is wrong with the tar raises Error. What is wrong with a single array or with metadata
    raises Error where they are asked for, so that the other samples can be read.

    >>> for name, sample in read("bach.tar"):
    ...     print(name, sample["roll"].shape, sample["roll"].dtype, sample.axes("roll"))
    bach/a-minor (64, 128) uint8 ('time', 'pitch')
    bach/c-major (64, 128) uint8 ('time', 'pitch')
    bach/f-major (48, 128) uint8 ('time', 'pitch')
    bach/g-major (48, 128) uint8 ('time', 'pitch')
    """
    return Reader(f, pieces=pieces, max_sample=max_sample)


# --- Streams, written ------------------------------------------------------------------------

def _short_path(path, folder=b""):
    """What stands in a header for a path that does not fit: whole folders of it, then the beginning
    of its last component, in a folder of its own if one is given."""
    if not folder and len(path) < 100:
        return path
    room = 98 - (len(folder) + 2 if folder else 0)
    base = path.rfind(b"/") + 1
    last = path[base:base + room]

    def whole_folders(begin, end):
        end = max(min(end, base), begin)
        while end > begin and path[end:end + 1] != b"/":
            end -= 1
        return end + 1 if end < base and path[end:end + 1] == b"/" else end

    prefix = whole_folders(0, 155)
    end = whole_folders(prefix, prefix + room - len(last))
    return path[:end] + (folder + b"/" if folder else b"") + last


def _split_path(path):
    """The prefix and the name of a header; None if the path does not fit in."""
    if len(path) <= 100:
        return b"", path
    at = path.find(b"/", len(path) - 101)
    if at == 0:
        at = path.find(b"/", 1)
    return None if at < 0 or at > 155 or at + 1 == len(path) else (path[:at], path[at + 1:])


def _ustar_header(path, size, kind):
    prefix, name = _split_path(path)
    digits = b"%011o " % size if size < 1 << 33 else b"%012o" % size
    head = b"".join((name.ljust(100, b"\0"), b"000644 \0" b"000000 \0" b"000000 \0", digits,
                     b"00000000000 ", b" " * 8, kind, bytes(100), b"ustar\0" b"00", bytes(64),
                     b"000000 \0" b"000000 \0", prefix.ljust(155, b"\0"), bytes(12)))
    return b"%b%06o\0 %b" % (head[:148], sum(head), head[156:])


def _tar_header(path, size):
    """The header of a member; a pax header before it where its path or its size asks for one."""
    records, short = b"", path
    for key, value, is_needed in ((b"path", path, not path.isascii() or not _split_path(path)),
                                  (b"size", b"%d" % size, size >= 1 << 33)):
        if is_needed:
            length = len(key) + len(value) + 3
            total = length + len(str(length))
            total = length + len(str(total))
            records += b"%d %b=%b\n" % (total, key, value)
            short = _short_path(path) if key == b"path" else short
    head = _ustar_header(short, size, b"0")
    if not records:
        return head
    return (_ustar_header(_short_path(short, b"PaxHeader"), len(records), b"x") + records
            + bytes(-len(records) % 512) + head)


class Writer:
    """What write() returns; used with `with`, or ended by close()."""

    def __init__(self, f, *, tool=None, version="", options=None):
        self._stage = None
        if tool is not None:
            texts = {str(key): value if isinstance(value, str) else _json_text(value)
                     for key, value in (options or {}).items()}
            self._stage = {"tool": str(tool), "version": str(version), "options": texts}
        elif options:
            raise Error("options are those of a tool; name it")
        self._temporary = self._target = self._own = None
        if isinstance(f, (str, os.PathLike)) and os.fspath(f) != "-":
            f, self._temporary, self._target = _open_new(f)
            self._own = f
        elif isinstance(f, (str, os.PathLike)):
            f = sys.stdout.buffer
        if hasattr(f, "isatty") and f.isatty():
            raise Error("a stream is not written to a terminal; write it to a pipe or a file")
        self._file, self._is_closed, self._has_begun = f, False, False
        self._in_segment, self._stages, self._skips = False, None, []
        self._n_samples = self._n_records = 0
        self._last_record = self._last_name = None
        self._next_item = self._n_pieces = 0

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind is None:
            self.close()
        else:
            self._abandon()

    def __del__(self):
        if not getattr(self, "_is_closed", True):
            self._abandon()

    def put(self, name, fields=None, *, axes=None, meta=None, field_meta=None, members=None):
        """Writes a sample: one that was read, or a name and its fields.

        axes: the names of the axes of each field; where the first is "item", each entry along it
            is an item of its own
        meta, field_meta: metadata of the sample, and of each field (step_q, pitch_low ...)
        members: what is neither an array nor metadata: {"jpg": b"..."}

        >>> with write("out.tar", tool="example", options={"seed": 1}) as out:
        ...     for name, sample in read("bach.tar"):
        ...         out.put(name, sample)
        ...     out.put("mine", {"roll": np.eye(16, 128)}, axes={"roll": ("time", "pitch")},
        ...             field_meta={"roll": {"step_q": 0.25}})
        """
        if self._is_closed:
            raise Error("the stream is closed already")
        if isinstance(name, Sample) and fields is None:
            name, fields = name.name, name
        if not isinstance(fields, Sample):
            fields = Sample(name, fields, axes=axes, meta=meta, field_meta=field_meta,
                            members=members)
        elif axes or meta or field_meta or members:
            raise Error(f"{name}: axes and metadata of a sample are changed in the sample")
        try:
            self._put(name if name == fields.name else _as_name(name), fields)
        except OSError:
            self._abandon()
            raise

    def skip(self, name, reason, accepted=False, item_start=None, items=None):
        """Notes in the end record what was left out, all of a sample or some items of it; the last
        program of a pipe reports it."""
        skip = {"name": str(name), "reason": str(reason), "accepted": bool(accepted)}
        if items:
            skip.update(zip(SKIPPED_ITEMS, (int(item_start), int(items))))
        self._skips.append(skip)

    def close(self):
        """Writes the end record and closes the file, which then has its name."""
        if self._is_closed:
            return
        try:
            if not self._in_segment and (not self._has_begun or self._skips):
                self._begin_segment(None)
            if self._in_segment:
                self._end_segment()
            self._file.write(bytes(1024))
            self._file.flush()
            if self._own is not None:
                self._own.close()
            _rename(self._temporary, self._target)
            self._is_closed, self._temporary = True, None
        finally:
            if not self._is_closed:
                self._abandon()

    def _abandon(self):
        """Leaves no file, or a stream without its end, which every reader notices."""
        self._is_closed = True
        if self._own is not None:
            try:
                self._own.close()
            finally:
                if self._temporary is not None:
                    os.unlink(self._temporary)
                    self._temporary = None

    def _write(self, path, *parts):
        size = sum(map(len, parts))
        self._file.write(_tar_header(path.encode("utf-8"), size))
        for part in parts:
            self._file.write(part)
        self._file.write(bytes(-size % 512))

    def _begin_segment(self, stages):
        self._has_begun = self._in_segment = True
        self._stages, self._n_samples, self._n_records = stages, 0, 0
        self._last_name = self._last_record = None
        stages = list(stages or []) + ([self._stage] if self._stage else [])
        self._write("__stream__/head.json",
                    _json_line({"format": "assay-stream", "version": 1, "stages": stages}))

    def _end_segment(self):
        self._in_segment = False
        self._write("__stream__/end.json",
                    _json_line({"samples": self._n_samples, "records": self._n_records,
                                "skipped": self._skips}))
        self._skips = []

    def _put(self, name, sample):
        start, has_items = sample.item_start, sample.item_start is not None
        # What can be wrong with a sample is found before it is begun.
        line = _json_line(sample.meta)
        item_bytes = self._check_items(name, sample) if has_items else 0
        # Items may have been left out before it.
        continues = has_items and 0 < start >= self._next_item and name == self._last_name
        record = f"{name}/{self._n_pieces if continues else 0:06}" if has_items else name
        if self._in_segment and (sample.stages != self._stages or record == self._last_record):
            self._end_segment()
        if not self._in_segment:
            self._begin_segment(sample.stages)
            continues = False
        if not continues:
            self._n_samples += 1
            self._n_pieces, self._last_name = 0, name if has_items else None
        self._next_item = start + sample.n_items if has_items else 0
        if has_items:
            self._put_pieces(name, sample, item_bytes)
        else:
            self._put_record(name, sample, line, ())

    @staticmethod
    def _check_items(name, sample):
        """What an item takes in all arrays that are to be cut."""
        item_bytes = 0
        for field in filter(sample._has_item_axis, sample):
            array = sample[field]
            if len(array) != sample.n_items:
                raise Error(f'{name}: field "{field}" has {len(array)} items, '
                            f"the sample {sample.n_items}")
            item_bytes += array.nbytes // max(len(array), 1)
        return item_bytes

    def _put_pieces(self, name, sample, item_bytes):
        """Cut where it was cut when it was read, and where a piece is too large."""
        cut = [field for field in sample if sample._has_item_axis(field)]
        is_as_read = sample._cuts and sum(sample._cuts) == sample.n_items
        at = 0
        for count in sample._cuts if is_as_read else [sample.n_items]:
            end, step = at + count, max(PIECE // item_bytes, 1) if item_bytes else count
            while True:
                here = min(step, end - at)
                meta = {**sample.meta, "item_start": sample.item_start + at, "items": here}
                self._put_record(f"{name}/{self._n_pieces:06}", sample, _json_line(meta), cut,
                                 slice(at, at + here))
                self._n_pieces += 1
                at += here
                if at >= end:
                    break

    def _put_record(self, record, sample, line, cut, items=None):
        """A sample or a piece: metadata, then members in the order in which they were read."""
        self._n_records += 1
        self._last_record = record
        self._write(f"{record}.json", line)
        members = {suffix: (None, data) for suffix, data in sample.members.items()}
        members.update((suffix, (field, data)) for field, (suffix, data) in sample._arrays.items())
        for suffix in dict.fromkeys(sample._order + [array[0] for array in sample._arrays.values()]
                                    + list(members)):
            field, data = members.get(suffix, (None, None))
            if field in cut:
                data = sample[field][items]
            if isinstance(data, np.ndarray):
                data = _as_written(data, f'{sample.name}: field "{field}"')
                self._write(f"{record}.{suffix}", _npy_header(data.dtype, data.shape),
                            data.reshape(-1).view("u1").data)
            elif data is not None:
                self._write(f"{record}.{suffix}", data)


def write(f, *, tool=None, version="", options=None):
    """Writes a sample stream, which all programs of Assay read; see Writer.put().

    f is a path, "-" for standard output, or a file opened in binary mode. A path appears when all
    is written, and not at all if that fails.

    tool, version, options: what makes the samples, for the head of the stream: options are those
        that shape the result. Without a tool, samples that were read keep the stages they had.

    >>> with write("noise.tar", tool="noise", options={"seed": 7}) as out:
    ...     out.put("n", {"roll": np.random.default_rng(7).integers(0, 2, (16, 128), "u1")},
    ...             axes={"roll": ("time", "pitch")})
    """
    return Writer(f, tool=tool, version=version, options=options)


# --- Tables ----------------------------------------------------------------------------------

_integer = re.compile("0|-?[1-9][0-9]*")
# Columns of the programs, whose cells may all look like other things by chance.
_column_types = {**dict.fromkeys("item rule kind voices found context instead found_groups "
                                 "instead_groups set group field axes shape type unit source "
                                 "sha256 name".split(), str),
                 **dict.fromkeys("beat time_q time_s bits rate expected ratio p flagged step_q "
                                 "rate_hz".split(), float),
                 **dict.fromkeys("bar found_n instead_n events violations items groups".split(),
                                 int)}
_unescapes = {"\\t": "\t", "\\n": "\n", "\\\\": "\\"}
_escapes = str.maketrans({"\t": "\\t", "\n": "\\n", "\\": "\\\\"})


def _unescape(cell, where):
    if "\\" not in cell:
        return cell
    text = re.sub(r"\\[tn\\]", lambda found: _unescapes[found[0]], cell)
    if re.sub(r"\\[tn\\]", "", cell).count("\\"):
        raise Error(f"{where}: a lone backslash; write \\\\ for a backslash, \\t for a tab, "
                    "\\n for a newline")
    return text


def _real(cell):
    """A cell as a number, if it is written as Assay writes that number; else None."""
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if _number_text(value) == cell else None


def _numbers(cells, wanted):
    """The cells of a column, NA as None, as an array of numbers; None if they are none."""
    given = [cell for cell in cells if cell is not None]
    if wanted is not float and all(map(_integer.fullmatch, given)) and (given or wanted is int):
        whole = list(map(int, given))
        if all(-1 << 63 <= number < 1 << 63 for number in whole) and len(given) == len(cells):
            return np.array(whole, np.int64)
        if any(abs(number) > 2 ** 53 for number in whole):
            return None
    elif wanted is int:
        return None
    numbers = [math.nan if cell is None else _real(cell) for cell in cells]
    return np.array(numbers, np.float64) if (cells or wanted) and None not in numbers else None


def _column(cells, wanted, is_sure, where):
    """An array of numbers if the cells are numbers, else of texts."""
    array = None if wanted is str else _numbers(cells, wanted)
    if array is None:
        if is_sure and wanted is not str:
            raise Error(f"{where}: not all cells are such numbers as an {wanted.__name__} has")
        array = np.empty(len(cells), object)
        array[:] = cells
    return array


def table(f, types=None):
    """Reads a table: a dict of arrays by the names of the columns.

    A column is of whole numbers (int64) where all its cells are, of numbers (float64) where all are
    numbers or NA, which becomes NaN, and else of texts (object), with None for NA. What counts as a
    number is what Assay writes for that number, so that 007 stays a text. Columns of its programs
    have the types that they have there: found is of texts even if all lengths of notes in it are
    whole. types says so of other columns, as in {"take": str}; str, int and float are understood.

    >>> findings = table("findings.tsv")
    >>> print(findings["bar"].dtype, findings["item"][0], len(findings["item"]))
    int64 generated/chords 25
    """
    data, name = _slurp(f)
    try:
        text = str(data, "utf-8")
    except UnicodeDecodeError as fault:
        line = data[:fault.start].count(b"\n") + 1
        raise Error(f"{name}: line {line}: bytes that are not UTF-8; save the table as "
                    "UTF-8") from None
    lines = text[text.startswith("\ufeff"):].split("\n")
    if not lines[-1]:
        lines.pop()
    if not lines or not lines[0].rstrip("\r"):
        raise Error(f"{name}: no header; the first line of a table names its columns")
    has_cr = lines[0].endswith("\r")
    header = [_unescape(cell, f"{name}: line 1")
              for cell in lines[0][:-1 if has_cr else None].split("\t")]
    if len(set(header)) < len(header):
        raise Error(f"{name}: line 1: two columns have one name")
    columns = [[] for _ in header]
    for number, line in enumerate(lines[1:], 2):
        if has_cr and line.endswith("\r"):
            line = line[:-1]
        if "\0" in line:
            raise Error(f"{name}: line {number}: a zero byte: this is no text")
        cells = line.split("\t")
        if not line and len(header) > 1:
            continue
        if len(cells) != len(header):
            raise Error(f"{name}: line {number}: {len(cells)} cells where the header has "
                        f"{len(header)}; cells are separated by a tab")
        for column, cell in zip(columns, cells):
            column.append(None if cell == "NA" else _unescape(cell, f"{name}: line {number}"))
    wanted = {**_column_types, **(types or {})}
    return {title: _column(cells, wanted.get(title), title in (types or {}),
                           f'{name}: column "{title}"')
            for title, cells in zip(header, columns)}


def write_table(f, columns):
    r"""Writes columns, a dict of sequences of one length, as a table; None and NaN become NA.

    >>> write_table("groups.tsv", {"item": ["a", "b\tc"], "rate": [0.5, np.nan]})
    >>> [line.split("\t") for line in open("groups.tsv").read().splitlines()]
    [['item', 'rate'], ['a', '0.5'], ['b\\tc', 'NA']]
    """
    def cell(value):
        if value is None:
            return "NA"
        if isinstance(value, (float, np.floating)):
            return _number_text(float(value))
        if isinstance(value, (int, np.integer, np.bool_)):
            return str(int(value))
        return str(value).translate(_escapes)

    if not columns or len({len(column) for column in columns.values()}) > 1:
        raise Error("a table has columns, all of one length")
    lines = ["\t".join(map(cell, columns))]
    lines += ["\t".join(map(cell, row)) for row in zip(*columns.values())]
    data = ("\n".join(lines) + "\n").encode("utf-8")
    if not isinstance(f, (str, os.PathLike)) or os.fspath(f) == "-":
        (sys.stdout.buffer if isinstance(f, (str, os.PathLike)) else f).write(data)
        return
    file, temporary, target = _open_new(f)
    try:
        with file:
            file.write(data)
    except BaseException:
        if temporary is not None:
            os.unlink(temporary)
        raise
    _rename(temporary, target)


# --- Chords ----------------------------------------------------------------------------------

_letters = "FCGDAEB"  # on the line of fifths, from -1 on


def chord_state(name):
    """The state of a chord, 12 bits, C = 1 to B = 2048, from the names of its pitch classes.

    >>> chord_state("C-E-G"), chord_state("B#-Fb-G"), chord_state("rest")
    (145, 145, 0)
    """
    state = 0
    for part in [] if name == "rest" else name.split("-"):
        found = re.fullmatch("([A-Ga-g])([#b]*)", part)
        if found is None:
            raise Error(f"{name!r} is no chord; chords are called as in C-E-G, or rest")
        fifths = _letters.index(found[1].upper()) - 1
        state |= 1 << (fifths * 7 + found[2].count("#") - found[2].count("b")) % 12
    return state


@functools.lru_cache(maxsize=4096)
def chord_name(state):
    """The name of a state, spelled as in a spec.

    >>> chord_name(145), chord_name(0), chord_name(chord_state("G#-C-D#"))
    ('C-E-G', 'rest', 'Ab-C-Eb')
    """
    state = int(state)
    if not 0 <= state < 4096:
        raise Error(f"{state} is no state of a chord; states are 0 to 4095")
    classes = [k for k in range(12) if state >> k & 1]
    if not classes:
        return "rest"

    def fifths(k, key):  # above C: from 3 below the key to 8 above it
        return (k * 7 - key + 3) % 12 + key - 3

    def width(key):
        at = [fifths(k, key) for k in classes]
        return max(at) - min(at)

    # The nearest key, at most 3 away, in which the names are closest, within one scale.
    key = 0
    for other in (-1, 1, -2, 2, -3, 3):
        if width(other) < width(key) and width(other) <= 6:
            key = other

    def score(start):  # most thirds between neighbours, then the narrowest, then the lowest
        turned = classes[start:] + classes[:start]
        thirds = sum((b - a) % 12 in (3, 4) for a, b in zip(turned, turned[1:]))
        return thirds, -((turned[-1] - turned[0]) % 12), -start

    start = max(range(len(classes)), key=score)
    names = []
    for k in classes[start:] + classes[:start]:
        accidentals, letter = divmod(fifths(k, key) + 1, 7)
        names.append(_letters[letter] + "#" * accidentals + "b" * -accidentals)
    return "-".join(names)


# --- Specs -----------------------------------------------------------------------------------

class Rule:
    """The table of a rule, an entry of the corpus a row: rule["length"] is a column, an array, and
    list(rule) are their names.

    kind, convention    as in the spec
    occurrences, items  how often an entry occurs, and in how many items
    groups              in how many groups; MANY, which is 9, stands for more than 8, so that
                        rule.groups >= m is right for m up to 9
    owners              which items show it, [item, occurrences] each, or None where they are many

    Of chroma-transition, whose chords are states of 12 bits:

    from_state, to_state, changes   from which chord to which, and where they differ
    order, states       how many chords of history there are, and all of them, oldest first, and the
                        next: an array of [entry, order + 1]
    starts, ends        what items begin and end with: histories, an array of [row, order], and how
                        many items; None in a spec that does not say
    """

    def __init__(self, name, document):
        self.name, self._document = name, document
        self.kind = document.get("kind", "")
        self.convention = document.get("convention", {})
        self._columns = _columns(document, f"rule {name}")
        for column, cells in self._columns.items():
            if column == "owners":
                self._columns[column] = [None if cell == "many" else cell for cell in cells]
            elif column == "groups":
                self._columns[column] = _cells([MANY if cell == "many" else cell for cell in cells])
            else:
                self._columns[column] = _cells(cells)

    def __getitem__(self, column):
        if column not in self._columns:
            raise KeyError(f"{self.name} has no column {column!r}; "
                           f"it has {', '.join(self._columns)}")
        return self._columns[column]

    def __iter__(self):
        return iter(self._columns)

    keys = __iter__  # so that dict(rule) is all of it

    occurrences = property(lambda self: self["occurrences"])
    items = property(lambda self: self["items"])
    groups = property(lambda self: self["groups"])
    owners = property(lambda self: self["owners"])

    def _states(self, column):
        return np.array([chord_state(name) for name in self[column]], np.int64)

    @functools.cached_property
    def from_state(self):
        return self._states("from")

    @functools.cached_property
    def to_state(self):
        return self._states("to")

    @property
    def changes(self):
        return self.from_state != self.to_state

    @property
    def order(self):
        return self.convention.get("order", 1)

    @property
    def states(self):
        history = [f"from{i}" for i in range(self.order, 1, -1)]
        return np.stack([*map(self._states, history), self.from_state, self.to_state], axis=1)

    def _histories(self, member):
        rows = self._document.get(member)
        if rows is None:
            return None
        states = [[chord_state(chord) for chord in row[:-1]] for row in rows]
        return (np.array(states, np.int64).reshape(len(rows), self.order),
                np.array([row[-1] for row in rows], np.int64))

    starts = property(lambda self: self._histories("starts"))
    ends = property(lambda self: self._histories("ends"))


class Distribution:
    """How the values of a variable are distributed; cells are in the order of their values:

    cells       numbers of the cells that have values, 0 to 65535
    values      of whole numbers the value of each; else the end of the cell nearer to zero
    counts      how many values are in each
    exact       how many of them are exactly that number
    moments     a dict: the mean over items of their mean, variance, skewness and kurtosis
    non_finite  how many values were NaN or infinite
    bins        (counts of 100 bins over the range, below, above), or None: whole numbers, no range
    groups      those kept: a list of (items, cells, counts)
    scale       as in the file: divisor, integer, offset, range
    """

    def __init__(self, name, document):
        self.name, self.scale = name, document["scale"]
        rows = np.array(document["cells"]["rows"], np.int64)
        rows = rows.reshape(-1, len(document["cells"]["columns"]))
        self.cells, self.counts = rows[:, 0], rows[:, 1]
        self.exact = self.counts if self.scale["integer"] else rows[:, 2]
        self.values = self._values(self.cells)
        sums = [pair.split("/") for pair in document["moments"].split()]
        self.moments = {moment: int(total) / int(n) / 2 ** 40 if int(n) else math.nan
                        for moment, (total, n)
                        in zip(("mean", "variance", "skewness", "kurtosis"), sums)}
        self.non_finite, bins = document["non_finite"], document["bins"]
        self.bins = bins and (np.array(bins["counts"], np.int64), bins["below"], bins["above"])
        self._groups = document["groups"]["rows"]

    def _values(self, cells):
        if self.scale["integer"]:
            return (cells + self.scale["offset"]) / self.scale["divisor"]
        bits = np.where(cells >= 1 << 15, cells ^ 1 << 15, cells ^ 0xffff).astype(np.uint32) << 16
        return bits.astype(np.uint32).view(np.float32).astype(np.float64)

    @functools.cached_property
    def groups(self):
        groups = []
        for _, items, _, text in self._groups:
            pairs = np.array([cell.split(":")[:2] for cell in text.split()], np.int64)
            groups.append((items, *pairs.reshape(-1, 2).T))
        return groups

    def __repr__(self):
        return f"<assay.Distribution {self.name}: {self.counts.sum()} values>"


class Spec:
    """A spec: name, edition, noun, provenance, recipe as in the file, and

    sources     a dict of arrays: name, sha256, origin
    items       a dict of arrays: source, item (-1 where its source has no item axis), group (None
                where none was given), and how many events each has of each rule
    item_names  what items are called: NAME, or NAME[17]
    rules       a dict of Rule
    distributions   a dict of Distribution
    document    the whole, as JSON has it
    """

    def __init__(self, document, name="spec"):
        if not isinstance(document, dict) or document.get("format") != "assay-spec":
            raise Error(f"{name}: is no spec; assay-mine makes one")
        if document.get("version") != 1:
            raise Error(f"{name}: /version is {document.get('version')}; assay.py reads version 1")
        self.document = document
        self.name, self.edition = document.get("name", ""), document.get("edition", "")
        self.noun = document.get("noun", "items")
        self.provenance, self.recipe = document.get("provenance", {}), document.get("recipe", [])
        try:
            self.sources = {column: _cells(cells) for column, cells
                            in _columns(document.get("sources"), "sources").items()}
            items = _columns(document.get("items"), "items")
            if not all(type(source) is int and source >= 0 for source in items["source"]):
                raise Error("items: a source is no row of sources")
            names = [self.sources["name"][source] for source in items["source"]]
            self.item_names = [name if item is None else f"{name}[{item}]"
                               for name, item in zip(names, items["item"])]
            items["item"] = [-1 if item is None else item for item in items["item"]]
            self.items = {column: _cells(cells) for column, cells in items.items()}
            self.rules = {rule: Rule(rule, made) for rule, made in document["rules"].items()}
            self.distributions = {variable: Distribution(variable, made) for variable, made
                                  in document.get("distributions", {}).items()}
        except Error as fault:
            raise Error(f"{name}: {fault}") from None
        except (KeyError, IndexError, TypeError, ValueError, AttributeError,
                OverflowError) as fault:
            raise Error(f"{name}: is no whole spec: {fault}; "
                        "assay-spec validate says more") from None

    def __repr__(self):
        return f"<assay.Spec {self.name}: {len(self.item_names)} {self.noun}, " \
               f"{', '.join(self.rules)}>"

    def transitions(self, changes_only=False):
        """The matrix of transitions, 4096 by 4096, sparse: (from states, to states, occurrences).

        They fit scipy.sparse.coo_array((n, (rows, columns)), (4096, 4096)).

        >>> rows, columns, n = spec("bach-chorales").transitions()
        >>> print(n.sum(), len(n))
        58534 4979
        """
        rule = self.rules["chroma-transition"]
        wanted = rule.changes if changes_only else np.ones(len(rule.occurrences), bool)
        # Where there is more history, a pair has several entries.
        pairs, entry = np.unique(rule.from_state[wanted] * 4096 + rule.to_state[wanted],
                                 return_inverse=True)
        n = np.zeros(len(pairs), np.int64)
        np.add.at(n, entry.ravel(), rule.occurrences[wanted])
        return pairs // 4096, pairs % 4096, n


def _columns(made, where):
    """A table of a spec as lists of cells by column."""
    if not isinstance(made, dict) or not isinstance(made.get("columns"), list) or \
            not isinstance(made.get("rows"), list):
        raise Error(f"{where}: is no table")
    for number, row in enumerate(made["rows"]):
        if not isinstance(row, list) or len(row) != len(made["columns"]):
            raise Error(f"{where}: row {number} has not as many cells as there are columns")
    cells = list(zip(*made["rows"])) or [()] * len(made["columns"])
    return {column: list(column_cells) for column, column_cells in zip(made["columns"], cells)}


def _cells(cells):
    """An array of whole numbers, of numbers, or of whatever there is."""
    kinds = {type(cell) for cell in cells}
    if kinds <= {int} and all(abs(cell) < 1 << 63 for cell in cells):
        return np.array(cells, np.int64)
    if kinds <= {int, float}:
        return np.array(cells, np.float64)
    array = np.empty(len(cells), object)
    array[:] = cells
    return array


def spec(f):
    """Reads a spec, see Spec: from a path, "-", an open file, or by the name of one that ships.

    A name without a slash that is no file is looked for as NAME.spec.json in the folders of
    $ASSAY_SPECS, and where Assay is installed, if this file is there too.

    >>> bach = spec("bach-chorales")
    >>> rule = bach.rules["chroma-transition"]
    >>> top = rule.occurrences.argmax()
    >>> print(rule["from"][top], "->", rule["to"][top], rule.occurrences[top], rule.groups[top])
    D-F#-A -> D-F#-A 3631 9
    """
    if isinstance(f, str) and f != "-" and os.sep not in f and not os.path.exists(f):
        here = os.path.dirname(os.path.realpath(__file__))
        folders = os.environ.get("ASSAY_SPECS", "").split(":") + [os.path.join(here, "..", "specs")]
        found = [os.path.join(folder, f"{f}.spec.json") for folder in folders if folder]
        f = next(filter(os.path.exists, found), f)
    data, name = _slurp(f)
    try:
        return Spec(_decoder.decode(str(data, "utf-8")), name)
    except (RecursionError, ValueError) as fault:
        if isinstance(fault, Error):
            raise
        raise Error(f"{name}: not JSON: {fault}") from None


class SpectralLoss:
    """How far the spectra of pictures are from those of real ones, and which way each pixel would
    have to go: the loss of assay-spectrum --loss, with its gradient.

        loss = assay.SpectralLoss(real)         # pictures, rows and columns last
        value, gradient = loss(batch)           # a float, and an array like the batch

    Values are in units of full scale; with upconv=True as UpConv has them, from 0 to 255. Pictures
    of colour have their channels before rows and columns, as PyTorch has it, and are made grey; the
    gradient goes back to each channel. float32 stays float32, anything else becomes float64. This
    calls the library by ctypes: libassay.so as it is installed, or the one that library names.
    """

    def __init__(self, real, *, upconv=False, library=None):
        import ctypes
        self._ctypes = ctypes
        self._library = ctypes.CDLL(library or "libassay.so.0")
        self._library.assay_spectral_loss_new.restype = ctypes.c_void_p
        self._library.assay_spectral_loss_reference.restype = ctypes.POINTER(ctypes.c_double)
        self._library.assay_spectral_loss_n_rings.restype = ctypes.c_size_t
        self._loss = None
        grey, _ = self._grey(real)
        self.shape = grey.shape[1:]
        size = [ctypes.c_size_t(side) for side in self.shape]
        self._loss = ctypes.c_void_p(self._call(
            self._library.assay_spectral_loss_new, size[1], size[0], ctypes.c_int(bool(upconv)),
            ctypes.c_size_t(MAX_SAMPLE)))
        self._call(self._library.assay_spectral_loss_refer, *self._pictures(grey))

    def __del__(self):
        if getattr(self, "_loss", None):
            self._library.assay_spectral_loss_free(self._loss)

    @property
    def reference(self):
        """The mean profile of the real pictures, a value a ring."""
        n = self._library.assay_spectral_loss_n_rings(self._loss)
        values = self._library.assay_spectral_loss_reference(self._loss)
        return np.array(values[:n])

    def __call__(self, batch):
        grey, weights = self._grey(batch)
        if grey.shape[1:] != self.shape:
            raise Error("pictures of {} x {}, not {} x {} as the real ones".format(
                *grey.shape[1:], *self.shape))
        value, gradient = self._ctypes.c_double(), np.empty_like(grey)
        self._call(self._library.assay_spectral_loss_of, *self._pictures(grey),
                   self._ctypes.byref(value), gradient.ctypes.data_as(self._ctypes.c_void_p))
        if weights is not None:
            gradient = gradient[:, None] * weights[:, None, None].astype(gradient.dtype)
        return value.value, gradient.reshape(np.shape(batch))

    @staticmethod
    def _grey(pictures):
        """Pictures without channels, in one piece; the weights of the channels that they had."""
        pictures = np.asarray(pictures)
        if pictures.dtype != np.float32:
            pictures = pictures.astype(np.float64)
        if pictures.ndim not in (3, 4) or pictures.size == 0:
            raise Error(f"needed are pictures, [n, row, column] or [n, channel, row, column], not "
                        f"an array of shape {list(pictures.shape)}")
        weights = None
        if pictures.ndim == 4:
            weights = {1: np.ones(1), 3: np.array([4899, 9617, 1868]) / 16384}.get(
                pictures.shape[1])
            if weights is None:
                raise Error(f"{pictures.shape[1]} channels, not 1, or red, green and blue")
            pictures = np.einsum("ncyx,c->nyx", pictures, weights.astype(pictures.dtype))
        return np.ascontiguousarray(pictures), weights

    def _pictures(self, grey):
        """The arguments of the library: itself, their type (8: float32, 9: float64), which and how
        many."""
        return (self._loss, self._ctypes.c_int(8 if grey.dtype == np.float32 else 9),
                grey.ctypes.data_as(self._ctypes.c_void_p), self._ctypes.c_size_t(len(grey)))

    def _call(self, function, *arguments):
        """What the function returns; its GError, which is its last argument, becomes an Error."""
        ctypes = self._ctypes

        class GError(ctypes.Structure):
            _fields_ = [("domain", ctypes.c_uint32), ("code", ctypes.c_int),
                        ("message", ctypes.c_char_p)]
        fault = ctypes.POINTER(GError)()
        result = function(*arguments, ctypes.byref(fault))
        if fault:
            message = fault.contents.message.decode()
            self._library.g_error_free(fault)  # of GLib, which the library stands on
            raise Error(message)
        return result


def _main(arguments):
    """The samples of streams, with the types and shapes of their fields."""
    if any(argument.startswith("-") and argument != "-" for argument in arguments):
        sys.exit("usage: python3 assay.py [FILE]...; lists the samples of streams")
    for argument in arguments or ["-"]:
        for name, sample in read(argument):
            print(name, *(f"{field}:{array.dtype}{list(array.shape)}" for field, array
                          in sample.items()), *sample.members, sep="\t")


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # head(1) has had enough: nothing to tell
    try:
        _main(sys.argv[1:])
    except (Error, OSError) as fault:
        sys.exit(f"assay.py: {fault}")
