"""library.py - the functions of libassay that measure, called from Python.

Structures are as in the headers of libaudit/stats.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import ctypes
import os
from ctypes import POINTER, Structure, byref, c_char_p, c_double, c_float, c_int, c_size_t, c_uint64, c_void_p

import numpy as np

N_MEASURES = 16
N_ATOMS = 16


class Error(Structure):
    _fields_ = [("domain", ctypes.c_uint32), ("code", c_int), ("message", c_char_p)]


class Config(Structure):
    _fields_ = [("measures", ctypes.c_uint32), ("is_exact", c_int), ("n_bins", c_size_t), ("low", c_double),
                ("high", c_double), ("base", c_double), ("min_atom", c_double)]


class Measured(Structure):
    _fields_ = [("value", c_double), ("at", c_double), ("is_below", c_int), ("reference", c_double),
                ("candidate", c_double)]


class Counts(Structure):
    _fields_ = [("reference", c_uint64), ("candidate", c_uint64)]


class Atom(Structure):
    _fields_ = [("value", c_double), ("n", Counts)]


class Divergence(Structure):
    _fields_ = [("n", Counts), ("measured", Measured * N_MEASURES), ("below", Counts), ("above", Counts),
                ("n_filled", c_uint64), ("atoms", Atom * N_ATOMS), ("n_atoms", c_size_t)]


class Facts(Structure):
    _fields_ = [("name", c_char_p), ("title", c_char_p), ("convention", c_char_p)]


library = ctypes.CDLL(os.path.join(os.environ["ASSAY_BUILD"], "lib", "libassay.so"))
for name in ("sorted_new", "ecdf_from_sorted", "ecdf_from_counts", "ecdf_from_arrays"):
    getattr(library, f"assay_{name}").restype = c_void_p
library.assay_measure_facts.restype = POINTER(Facts)
library.assay_ks_p.restype = c_double
library.assay_ks_p.argtypes = [c_double, c_uint64, c_uint64, c_int, c_void_p]
NAMES = [library.assay_measure_facts(i).contents.name.decode() for i in range(N_MEASURES)]


def check(ok, error):
    if not ok:
        raise RuntimeError(error.contents.message.decode())


class Sorted:
    """A store of sorted values, as its own distribution."""

    def __init__(self, values, memory=1 << 28, folder=None):
        error = POINTER(Error)()
        width = 4 if values.dtype == np.float32 else 8
        add = library.assay_sorted_add_f32 if width == 4 else library.assay_sorted_add_f64
        values = np.ascontiguousarray(values, np.float32 if width == 4 else np.float64)
        self.store = c_void_p(library.assay_sorted_new(width // 4 - 1, c_size_t(memory), folder))
        for part in np.array_split(values, 7):
            check(add(self.store, part.ctypes.data_as(c_void_p), c_size_t(len(part)), byref(error)), error)
        check(library.assay_sorted_finish(self.store, byref(error)), error)
        self.is_spilled = bool(library.assay_sorted_is_spilled(self.store))
        self.ecdf = c_void_p(library.assay_ecdf_from_sorted(self.store))

    def __del__(self):
        library.assay_ecdf_free(self.ecdf)
        library.assay_sorted_free(self.store)


def config_of(low=0.0, high=1.0, n_bins=100, is_exact=False, base=2.0, measures=(1 << N_MEASURES) - 1,
              min_atom=0.01):
    return Config(measures, is_exact, n_bins, low, high, base, min_atom)


def measure(reference, candidate, **options):
    """The Divergence of two stores."""
    error, result = POINTER(Error)(), Divergence()
    check(library.assay_divergence_measure(reference.ecdf, candidate.ecdf, byref(config_of(**options)),
                                           byref(result), byref(error)), error)
    return result


def measure_counts(values, reference, candidate, **options):
    """The Divergence of counts of the same values."""
    result = Divergence()
    arrays = [np.ascontiguousarray(values, np.float64)]
    arrays += [np.ascontiguousarray(counts, np.uint64) for counts in (reference, candidate)]
    library.assay_divergence_of_counts(*(array.ctypes.data_as(c_void_p) for array in arrays),
                                       c_size_t(len(values)), byref(config_of(**options)), byref(result))
    return result


def values_of(result):
    return {name: result.measured[i].value for i, name in enumerate(NAMES)}
