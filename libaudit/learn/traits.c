/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "traits-private.h"

#include <math.h>
#include <string.h>

#include "../base/text.h"

/* What vocoders make is of whole blocks, as is what is learnt in windows of a power of two. */
enum { BLOCK = 256 };

/* Where in the metadata a trait is. */
typedef enum { IN_SHAPE, IN_FIELD, IN_NOTES, IN_SOURCE, IN_BLOCKS } Place;

typedef struct {
    const char *name, *member;
    Place place;
} Trait;

static const Trait traits[] = {
    { "size", NULL, IN_SHAPE },
    { "format", "format", IN_SOURCE },
    { "depth", "bit_depth", IN_FIELD },
    { "JPEG quality", "jpeg_quality", IN_FIELD },
    { "JPEG sampling", "jpeg_subsampling", IN_FIELD },
    { "rate", "rate_hz", IN_SOURCE },
    { "channels", "channels", IN_SOURCE },
    { "bits", "bits", IN_SOURCE },
    { "encoding", "encoding", IN_SOURCE },
    { "length", "frames", IN_SOURCE },
    { "length / 256", "frames", IN_BLOCKS },
    { "MIDI format", "smf_format", IN_SOURCE },
    { "ticks of a quarter", "division", IN_NOTES },
};

G_STATIC_ASSERT(G_N_ELEMENTS(traits) == ASSAY_N_TRAITS);

/* A value of a trait, in the reals or fakes of a set. */
typedef struct {
    char *value;
    size_t trait;
    guint32 set;
    gboolean is_fake;
    guint64 n_items, n_samples;
} Tally;

struct AssayTraits {
    GPtrArray *tallies;
    GHashTable *known; /* a tally is its own key */
};

static guint
hash_tally(gconstpointer key)
{
    const Tally *tally = key;

    return g_str_hash(tally->value) ^ (guint)tally->trait << 4 ^ tally->set << 9 ^
           (tally->is_fake ? 1 : 0);
}

static gboolean
equal_tallies(gconstpointer a, gconstpointer b)
{
    const Tally *x = a, *y = b;

    return x->trait == y->trait && x->set == y->set && x->is_fake == y->is_fake &&
           strcmp(x->value, y->value) == 0;
}

static void
free_tally(gpointer data)
{
    Tally *tally = data;

    g_free(tally->value);
    g_free(tally);
}

AssayTraits *
assay_traits_new(void)
{
    AssayTraits *self = g_new0(AssayTraits, 1);

    self->tallies = g_ptr_array_new_with_free_func(free_tally);
    self->known = g_hash_table_new(hash_tally, equal_tallies);
    return self;
}

void
assay_traits_free(AssayTraits *self)
{
    if (self == NULL)
        return;
    g_hash_table_unref(self->known);
    g_ptr_array_unref(self->tallies);
    g_free(self);
}

/* Rows and columns of pictures, behind the axis of items. */
static char *
find_size(AssaySample *sample, const char *field)
{
    const AssayArray *array;
    size_t first = assay_sample_has_items(sample) ? 1 : 0;

    if (strcmp(field, "pixels") != 0)
        return NULL;
    array = assay_sample_field(sample, field, NULL);
    if (array == NULL || array->n_axes < first + 2)
        return NULL;
    return g_strdup_printf("%" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT, array->shape[first],
                           array->shape[first + 1]);
}

static char *
find_value(const AssayJson *member)
{
    char number[ASSAY_TEXT_NUMBER_SIZE];
    const char *text = member == NULL ? NULL : assay_json_peek_string(member);

    if (member != NULL && assay_json_is_number(member))
        return g_strdup(assay_text_double(number, assay_json_peek_real(member)));
    return text == NULL
               ? NULL
               : g_utf8_substring(text, 0, MIN(g_utf8_strlen(text, -1), ASSAY_TRAIT_LENGTH));
}

static char *
find_blocks(const AssayJson *length)
{
    if (length == NULL || !assay_json_is_number(length))
        return NULL;
    return g_strdup(fmod(assay_json_peek_real(length), BLOCK) == 0 ? "whole" : "not whole");
}

static char *
find_trait(const Trait *trait, AssaySample *sample, const char *field)
{
    const AssayJson *in = assay_sample_source(sample);

    if (trait->place == IN_SHAPE)
        return find_size(sample, field);
    if (trait->place == IN_FIELD || trait->place == IN_NOTES)
        in = assay_sample_field_meta(sample, trait->place == IN_NOTES ? "notes" : field);
    else if (in != NULL && assay_json_get(in, "path") == NULL)
        return NULL; /* a program made it, as a baseline, and the format says how */
    in = in == NULL ? NULL : assay_json_get(in, trait->member);
    return trait->place == IN_BLOCKS ? find_blocks(in) : find_value(in);
}

char **
assay_traits_read(AssaySample *sample, const char *field)
{
    char **values = g_new0(char *, ASSAY_N_TRAITS);

    for (size_t i = 0; i < ASSAY_N_TRAITS; i++)
        values[i] = find_trait(&traits[i], sample, field);
    return values;
}

void
assay_traits_clear(char **values)
{
    for (size_t i = 0; values != NULL && i < ASSAY_N_TRAITS; i++)
        g_free(values[i]);
    g_free(values);
}

static void
count_value(AssayTraits *self, const Tally *key, size_t n_items)
{
    Tally *tally = g_hash_table_lookup(self->known, key);

    if (tally == NULL) {
        tally = g_memdup2(key, sizeof *key);
        tally->value = g_strdup(key->value);
        g_ptr_array_add(self->tallies, tally);
        g_hash_table_add(self->known, tally);
    }
    tally->n_items += n_items;
    tally->n_samples++;
}

void
assay_traits_count(AssayTraits *self, char *const *values, guint32 set, gboolean is_fake,
                   size_t n_items)
{
    for (size_t i = 0; i < ASSAY_N_TRAITS; i++) {
        const Tally key = { .value = values[i], .trait = i, .set = set, .is_fake = is_fake };

        if (values[i] != NULL)
            count_value(self, &key, n_items);
    }
}

const char *
assay_trait_name(size_t trait)
{
    return traits[trait].name;
}

static int
compare_sums(gconstpointer a, gconstpointer b)
{
    return strcmp(((const AssayTraitSum *)a)->value, ((const AssayTraitSum *)b)->value);
}

static gboolean
has_own_reals(const AssayTraits *self, guint32 set)
{
    for (guint i = 0; i < self->tallies->len; i++) {
        const Tally *tally = g_ptr_array_index(self->tallies, i);

        if (tally->set == set && !tally->is_fake)
            return TRUE;
    }
    return FALSE;
}

static void
add_to(AssayTraitSum *sum, const Tally *tally)
{
    size_t k = tally->is_fake ? 1 : 0;

    sum->n_items[k] += tally->n_items;
    sum->n_samples[k] += tally->n_samples;
}

/* The values of a trait, sorted: hash tables have no order. (transfer full) */
static GArray *
sum_values(const AssayTraits *self, size_t trait, guint32 set, gboolean own_reals)
{
    g_autoptr(GHashTable) places = g_hash_table_new(g_str_hash, g_str_equal);
    GArray *sums = g_array_new(FALSE, FALSE, sizeof(AssayTraitSum));

    for (guint i = 0; i < self->tallies->len; i++) {
        const Tally *tally = g_ptr_array_index(self->tallies, i);
        gboolean of_set =
            set == G_MAXUINT32 || tally->set == set || (!tally->is_fake && !own_reals);
        guint place;

        if (tally->trait != trait || !of_set)
            continue;
        place = GPOINTER_TO_UINT(g_hash_table_lookup(places, tally->value)); /* from 1 */
        if (place == 0) {
            const AssayTraitSum sum = { .value = tally->value };

            g_array_append_val(sums, sum);
            place = sums->len;
            g_hash_table_insert(places, tally->value, GUINT_TO_POINTER(place));
        }
        add_to(&g_array_index(sums, AssayTraitSum, place - 1), tally);
    }
    g_array_sort(sums, compare_sums);
    return sums;
}

GArray *
assay_traits_sum(const AssayTraits *self, size_t trait)
{
    return sum_values(self, trait, G_MAXUINT32, FALSE);
}

/* Whether only one of several samples has a value. */
static gboolean
is_single(const AssayTraitSum *sum, const AssayTraitSum *all)
{
    size_t k = sum->n_samples[1] > 0 ? 1 : 0;

    return sum->n_samples[0] + sum->n_samples[1] == 1 && all->n_samples[k] > 1;
}

/* How often the best guess from values is right; the commonest of both. */
static double
guess(const GArray *sums, const AssayTraitSum *all, const AssayTraitSum *commonest[2],
      AssayTraitSum *various)
{
    double right = 0;

    for (guint i = 0; i <= sums->len; i++) {
        const AssayTraitSum *sum = i < sums->len ? &g_array_index(sums, AssayTraitSum, i) : various;
        double share[2];

        if (sum != various && is_single(sum, all)) {
            for (size_t k = 0; k < 2; k++)
                various->n_items[k] += sum->n_items[k];
            continue;
        }
        for (size_t k = 0; k < 2; k++) {
            share[k] = (double)sum->n_items[k] / (double)all->n_items[k];
            if (commonest[k] == NULL || sum->n_items[k] > commonest[k]->n_items[k])
                commonest[k] = sum;
        }
        right += MAX(share[0], share[1]) / 2;
    }
    return right;
}

static void
name_commonest(GString *text, const char *of, const AssayTraitSum *commonest,
               const AssayTraitSum *all, size_t k)
{
    g_autofree char *value = assay_text_escape_controls(commonest->value);
    guint64 n = commonest->n_items[k];

    if (n <= all->n_items[k] / 2)
        g_string_append_printf(text, "%s " ASSAY_TRAIT_VARIOUS, of);
    else
        g_string_append_printf(text, "%s %s%s", of, n < all->n_items[k] ? "mostly " : "", value);
}

static void
tell_trait(GString *text, const char *name, const GArray *sums)
{
    AssayTraitSum all = { 0 }, various = { .value = ASSAY_TRAIT_VARIOUS };
    const AssayTraitSum *commonest[2] = { NULL, NULL };

    for (guint i = 0; i < sums->len; i++) {
        for (size_t k = 0; k < 2; k++) {
            all.n_items[k] += g_array_index(sums, AssayTraitSum, i).n_items[k];
            all.n_samples[k] += g_array_index(sums, AssayTraitSum, i).n_samples[k];
        }
    }
    if (all.n_items[0] == 0 || all.n_items[1] == 0 ||
        guess(sums, &all, commonest, &various) < ASSAY_TRAITS_TELL ||
        strcmp(commonest[0]->value, commonest[1]->value) == 0)
        return;
    assay_text_join(text, "; ", "%s of ", name);
    name_commonest(text, "reals", commonest[0], &all, 0);
    name_commonest(text, ", of fakes", commonest[1], &all, 1);
}

char *
assay_traits_tell(const AssayTraits *self, guint32 set)
{
    g_autoptr(GString) text = g_string_new(NULL);
    gboolean own_reals = has_own_reals(self, set);

    for (size_t i = 0; i < ASSAY_N_TRAITS; i++) {
        g_autoptr(GArray) sums = sum_values(self, i, set, own_reals);

        tell_trait(text, traits[i].name, sums);
    }
    return text->len == 0 ? NULL : g_string_free(g_steal_pointer(&text), FALSE);
}
