/* stream/sample.h - a sample: one named thing, its arrays, its metadata.
 *
 * Stands on: base/array.h, base/json.h, stream/npy.h.
 * A field is an array under a name, with its own metadata (unit, and what places a cell in the
 * world). Arrays that came from a stream are decoded when they are first asked for; those that
 * nobody asks for are handed on byte for byte, as are members that are no arrays.
 *
 * The item axis: where the arrays of a sample have a first axis called "item", each entry along it
 * is an item of its own, addressed NAME[17]. Such a sample may come in pieces; a piece knows the
 * index of its first item.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/array.h"
#include "../base/content.h"
#include "../base/json.h"

G_BEGIN_DECLS

typedef struct AssaySample AssaySample;

/* The most bytes of JSON in one member of a stream: values take some thirty times their text. */
#define ASSAY_SAMPLE_MAX_JSON ((size_t)64 << 20)

ASSAY_API AssaySample *assay_sample_new(const char *name);
ASSAY_API void assay_sample_free(AssaySample *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssaySample, assay_sample_free)

ASSAY_API const char *assay_sample_name(const AssaySample *self);

/**
 * assay_sample_meta:
 *
 * Returns: (transfer none): the metadata, an object that may be changed; field metadata are in its
 *     member "fields" and are better reached through assay_sample_field_meta().
 */
ASSAY_API AssayJson *assay_sample_meta(AssaySample *self);

/**
 * assay_sample_source:
 *
 * Returns: (transfer none) (nullable): the member "source" of the metadata: path, sha256, format.
 */
ASSAY_API const AssayJson *assay_sample_source(AssaySample *self);

/* Says where the sample comes from; @sha256 in lower-case hexadecimal. */
ASSAY_API void assay_sample_set_source(AssaySample *self, const char *path, const char *format,
                                       const char *sha256);

/**
 * assay_sample_stages:
 *
 * What made this sample so far, an array of the stages of its stream's head; %NULL for media and
 * for foreign streams. Shared, so not to be changed.
 */
ASSAY_API const AssayJson *assay_sample_stages(const AssaySample *self);
ASSAY_API void assay_sample_set_stages(AssaySample *self, const AssayJson *stages);

/**
 * assay_sample_take_content:
 * @content: (transfer full) (nullable): the file that the sample is made of, still to be decoded
 *
 * Of media that a stage decodes bit by bit, such as sound: hours of it need not be in memory at
 * once. The stage that has made its field of it takes it away with %NULL.
 */
ASSAY_API void assay_sample_take_content(AssaySample *self, AssayContent *content);

/* (transfer none) (nullable) */
ASSAY_API AssayContent *assay_sample_content(const AssaySample *self);

/* Fields. */
ASSAY_API gboolean assay_sample_has(const AssaySample *self, const char *field);

/**
 * assay_sample_fields:
 *
 * Returns: (transfer container): the names of the fields in their order, ended by %NULL.
 */
ASSAY_API const char **assay_sample_fields(const AssaySample *self);

/**
 * assay_sample_field:
 *
 * Returns: (transfer none): the array, decoded, its axes named as the metadata say; %NULL with
 *     %ASSAY_ERROR_FIELD where there is no such field (the message lists those there are) or where
 *     the metadata name another number of axes, or with what assay_npy_parse() reports.
 */
ASSAY_API const AssayArray *assay_sample_field(AssaySample *self, const char *field,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_sample_expect:
 * @axes: the names its axes must have, an "item" axis before them aside; ended by %NULL
 * @has_items: (out) (nullable): whether there is an item axis
 *
 * As assay_sample_field(), with %ASSAY_ERROR_FIELD as well where type or axes are others.
 */
ASSAY_API const AssayArray *assay_sample_expect(AssaySample *self, const char *field,
                                                AssayType type, const char *const *axes,
                                                gboolean *has_items,
                                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_sample_field_meta:
 *
 * Returns: (transfer none) (nullable): the metadata of @field, an object.
 */
ASSAY_API const AssayJson *assay_sample_field_meta(AssaySample *self, const char *field);

/**
 * assay_sample_take_field:
 * @array: (transfer full): its axes are named
 * @meta: (transfer full) (nullable): an object; "axes" is set from @array
 *
 * Adds a field at the end, or replaces the one of that name where it stands.
 */
ASSAY_API void assay_sample_take_field(AssaySample *self, const char *field, AssayArray *array,
                                       AssayJson *meta);
ASSAY_API void assay_sample_remove_field(AssaySample *self, const char *field);

/* Frees all members; the sample still has its name, its items and all metadata, those of the fields
 * among them. */
ASSAY_API void assay_sample_drop_members(AssaySample *self);

/**
 * assay_sample_steal_field:
 *
 * Returns: (transfer full): the array of @field, which the sample then has no more; or %NULL with
 *     @error set as assay_sample_field()
 */
ASSAY_API AssayArray *assay_sample_steal_field(AssaySample *self, const char *field,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Items. */
ASSAY_API gboolean assay_sample_has_items(const AssaySample *self);
ASSAY_API size_t assay_sample_n_items(const AssaySample *self); /* 1 without an item axis */
ASSAY_API size_t assay_sample_item_start(const AssaySample *self);
ASSAY_API void assay_sample_set_items(AssaySample *self, size_t start, size_t n_items);
ASSAY_API void assay_sample_unset_items(AssaySample *self); /* no field has the axis any more */

/* How many items the pieces of this name and source have together, from item 0 on, this one among
 * them; 0 where that is not known, as it is not once items have been set anew. No part of what is
 * written. */
ASSAY_API void assay_sample_set_whole(AssaySample *self, size_t n_items);
ASSAY_API size_t assay_sample_whole(const AssaySample *self);

/**
 * assay_sample_slice:
 * @self: a piece of several items, before anything is made of it; its arrays are lent from here on
 *
 * Returns: (transfer full): @count items from the @start-th that is here, with all else that @self
 *     has, at little cost: values are where they are. %NULL with @error set where an array with an
 *     item axis cannot be read, or has another number of items.
 */
ASSAY_API AssaySample *assay_sample_slice(AssaySample *self, size_t start, size_t count,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_sample_identity:
 *
 * Returns: (transfer full): NAME, or NAME[i] of item @item (counted over the whole sample) where
 *     there is an item axis.
 */
ASSAY_API char *assay_sample_identity(const AssaySample *self, size_t item);

/* Says that the @item-th that is here is to blame for @error, see assay_error_blame_item(); nothing
 * where there is no item axis. */
ASSAY_API void assay_sample_blame(const AssaySample *self, size_t item, GError **error);

/**
 * assay_sample_bytes:
 *
 * Returns: about how much memory it holds.
 */
ASSAY_API size_t assay_sample_bytes(const AssaySample *self);

/* For the readers and writers of streams and media. */

/**
 * assay_sample_add_member:
 * @suffix: what follows NAME and a dot: "json", "roll.npy", "jpg"
 *
 * Adds raw bytes as they stand in a stream. Returns: %FALSE with %ASSAY_ERROR_FORMAT for a suffix
 *     that is there already, or more members than a sample has.
 */
ASSAY_API gboolean assay_sample_add_member(AssaySample *self, const char *suffix, GBytes *bytes,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_sample_unpack:
 * @max_bytes: a limit for each array
 *
 * Reads the metadata of a sample made of members: axes, items, the name of a sample that travels in
 * pieces. To be called once, before anything else is asked; it is apart from reading so that it can
 * run in a worker.
 */
ASSAY_API gboolean assay_sample_unpack(AssaySample *self, size_t max_bytes,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct {
    const char *suffix;      /* "roll.npy", "jpg" */
    const char *field;       /* NULL for a foreign member */
    const AssayArray *array; /* decoded, or NULL */
    GBytes *bytes;           /* raw, or NULL */
} AssayMember;

/**
 * assay_sample_member:
 *
 * Returns: %FALSE beyond the last; the members but the metadata, in their order.
 */
ASSAY_API gboolean assay_sample_member(const AssaySample *self, size_t index, AssayMember *member);

G_END_DECLS
