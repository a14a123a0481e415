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
    _fields_ = [("measures", ctypes.c_uint32), ("is_exact", c_int), ("skips_atoms", c_int), ("n_bins", c_size_t),
                ("low", c_double), ("high", c_double), ("base", c_double), ("min_atom", c_double)]


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


library = ctypes.CDLL(os.path.join(os.environ.get("ASSAY_BUILD", "build"), "lib", "libassay.so"))
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
              min_atom=0.01, skips_atoms=False):
    return Config(measures, is_exact, skips_atoms, n_bins, low, high, base, min_atom)


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


class Vectors(Structure):
    _fields_ = [("values", c_void_p), ("n", c_size_t), ("n_columns", c_size_t)]

    def __init__(self, array):
        self.array = np.ascontiguousarray(array, np.float64)
        super().__init__(self.array.ctypes.data_as(c_void_p), *self.array.shape)


class Random(Structure):
    _fields_ = [("state", c_uint64 * 4)]

    def __init__(self, identity):
        library.assay_random_init(byref(self), c_uint64(1), b"test", identity.encode())


class Limit(Structure):
    _fields_ = [(name, c_double) for name in ("limit", "low", "high", "slope", "r2", "distance")]


class Kernel(Structure):
    _fields_ = [("kind", c_int), ("width", c_double)]


class Kid(Structure):
    _fields_ = [("mean", c_double), ("sd", c_double), ("n_subsets", c_size_t), ("subset", c_size_t)]


class NeighboursConfig(Structure):
    _fields_ = [("k_manifold", c_size_t), ("k_density", c_size_t), ("n_workers", ctypes.c_uint)]


class Neighbours(Structure):
    _fields_ = [(name, c_double) for name in ("precision", "recall", "density", "coverage")]
    _fields_ += [("n_reference", c_size_t), ("n_candidate", c_size_t)]


library.assay_gaussian_new.restype = c_void_p


class Gaussian:
    """The sums of a sample, handed over in a few parts."""

    def __init__(self, array, n_parts=3):
        error = POINTER(Error)()
        self.n_columns = array.shape[1]
        self.sums = library.assay_gaussian_new(c_size_t(self.n_columns), byref(error))
        check(self.sums, error)
        self.sums = c_void_p(self.sums)
        for part in np.array_split(np.ascontiguousarray(array, np.float64), n_parts):
            part = np.ascontiguousarray(part)
            check(library.assay_gaussian_add(self.sums, part.ctypes.data_as(c_void_p), c_size_t(len(part)),
                                             byref(error)), error)

    def __del__(self):
        library.assay_gaussian_free(self.sums)

    def finish(self):
        mean, covariance = np.empty(self.n_columns), np.empty((self.n_columns,) * 2)
        library.assay_gaussian_finish(self.sums, mean.ctypes.data_as(c_void_p), covariance.ctypes.data_as(c_void_p))
        return mean, covariance


def frechet(a, b):
    error, distance = POINTER(Error)(), c_double()
    check(library.assay_frechet_distance(a.sums, b.sums, byref(distance), byref(error)), error)
    return distance.value


def extrapolate(reference, candidate, least, n_sizes):
    error, limit = POINTER(Error)(), Limit()
    check(library.assay_frechet_extrapolate(reference.sums, byref(Vectors(candidate)), c_size_t(least),
                                            c_size_t(n_sizes), byref(Random("")), byref(limit), byref(error)), error)
    return limit


def mmd2(a, b, kernel):
    error, value = POINTER(Error)(), c_double()
    check(library.assay_kernel_mmd2(byref(Vectors(a)), byref(Vectors(b)), byref(kernel), byref(value),
                                    byref(error)), error)
    return value.value


def median_width(a, b):
    error, value = POINTER(Error)(), c_double()
    check(library.assay_kernel_median_width(byref(Vectors(a)), byref(Vectors(b)), byref(Random("")), byref(value),
                                            byref(error)), error)
    return value.value


def kid(a, b, n_subsets=100, subset=1000, n_workers=1):
    error, result = POINTER(Error)(), Kid()
    check(library.assay_kernel_kid(byref(Vectors(a)), byref(Vectors(b)), byref(Kernel(0, 0)), c_size_t(n_subsets),
                                   c_size_t(subset), c_uint64(1), n_workers, byref(result), byref(error)), error)
    return result


def neighbours(a, b, k_manifold=3, k_density=5, n_workers=1):
    error, result = POINTER(Error)(), Neighbours()
    config = NeighboursConfig(k_manifold, k_density, n_workers)
    check(library.assay_neighbours_measure(byref(Vectors(a)), byref(Vectors(b)), byref(config), byref(result),
                                           byref(error)), error)
    return result
