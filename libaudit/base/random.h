/* base/random.h - seeded random numbers that belong to a thing, not to a thread.
 *
 * A generator is made from a seed, the name of a stage ("bernoulli", "permutation") and the
 * identity of what the numbers are for (an item, a pair of sets). Equal triples give equal numbers
 * on any host, whatever thread asks and in whatever order; two different triples share no state.
 *
 * Generator: xoshiro256** 1.0, David Blackman and Sebastiano Vigna, "Scrambled linear pseudorandom
 * number generators", ACM Transactions on Mathematical Software 47(4), 2021; period 2^256 - 1. Not
 * for secrets.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <stddef.h>

#include "api.h"

G_BEGIN_DECLS

/**
 * AssayRandom:
 * @state: the 256 bits of the generator, never all zero
 *
 * A plain struct, copied by assignment (the copy gives the same numbers again), with nothing to
 * free. Not for use by two threads at once.
 */
typedef struct {
    guint64 state[4];
} AssayRandom;

/**
 * assay_random_init:
 * @self: (out): a generator
 * @seed: the user's seed, which head.json records
 * @stage: what the numbers are for, e.g. a tool's or a measure's name
 * @identity: whose numbers they are, e.g. an item's name; "" for one stream a stage
 *
 * The state is SHA-256("assay-random-1" 00, seed, length of @stage, @stage, length of @identity,
 * @identity), integers as 8 bytes, little-endian: no two triples encode alike, so ("a", "bc") and
 * ("ab", "c") are strangers. The four words of the state are the digest's, little-endian.
 */
ASSAY_API void assay_random_init(AssayRandom *self, guint64 seed, const char *stage,
                                 const char *identity);

/* The same of the @number'th draw of a stage: its identity is the number in decimal. */
ASSAY_API void assay_random_init_nth(AssayRandom *self, guint64 seed, const char *stage,
                                     guint64 number);

/**
 * assay_random_u64:
 *
 * Returns: 64 uniform bits
 */
ASSAY_API guint64 assay_random_u64(AssayRandom *self);

/**
 * assay_random_double:
 *
 * Returns: a multiple of 2^-53, uniform in [0, 1)
 */
ASSAY_API double assay_random_double(AssayRandom *self);

/**
 * assay_random_below:
 * @n: how many values there are; at least 1
 *
 * Without bias (Daniel Lemire, "Fast random integer generation in an interval", ACM Transactions on
 * Modeling and Computer Simulation 29(1), 2019), so it may draw more than once.
 *
 * Returns: an integer, uniform in 0 .. n - 1
 */
ASSAY_API guint64 assay_random_below(AssayRandom *self, guint64 n);

/**
 * assay_random_choose:
 * @indices: (inout) (array length=n): any values; put into another order
 * @n: how many there are
 * @k: how many to choose; at most @n
 *
 * Puts a uniformly chosen sequence of @k of the values first: a partial Fisher-Yates shuffle, @k
 * draws. The rest follows in no particular order. Repeated calls need no reset in between.
 */
ASSAY_API void assay_random_choose(AssayRandom *self, size_t *indices, size_t n, size_t k);

/**
 * assay_random_shuffle:
 * @indices: (inout) (array length=n): any values; put into a uniformly random order
 * @n: how many there are
 */
ASSAY_API void assay_random_shuffle(AssayRandom *self, size_t *indices, size_t n);

G_END_DECLS
