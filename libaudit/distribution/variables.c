/* distribution/variables.c - which variables a sample has, and on what scale.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "distribution-private.h"

/* Beyond this many names the columns of a field are one variable. */
#define MAX_COLUMNS ((size_t)256)

/* Of "notes": onsets are places, the others labels. */
static const char *const note_variables[] = { "duration_q", "pitch", "velocity", NULL };

static void
free_variable(gpointer data)
{
    AssayVariable *variable = data;

    g_free(variable->name);
    g_free(variable);
}

static gboolean
read_number(const AssayJson *value, double *number)
{
    *number = assay_json_peek_real(value);
    return assay_json_is_number(value) && isfinite(*number);
}

/* What stands for 1 where the metadata do not say it: of pixels, as of assay_planes_open(). */
static double
usual_full_scale(const char *field, AssayType type)
{
    if (strcmp(field, "pixels") != 0)
        return 0;
    return type == ASSAY_U8 ? 255 : type == ASSAY_U16 ? 65535 : 1;
}

/* What "full_scale" makes of the range, unless "range" says it: whole numbers with a sign, and
 * sound, go from -1 to 1; all else from 0. */
static AssayScale
find_scale(const char *field, const AssayArray *array, const AssayJson *meta)
{
    static const int offsets[] = { [ASSAY_I8] = -128, [ASSAY_I16] = -32768 };
    AssayScale scale = { .divisor = 1, .low = (double)NAN, .high = (double)NAN };
    const AssayJson *range = assay_json_get(meta, "range");
    double number, low, high;

    scale.is_integer = array->type <= ASSAY_I16;
    if (scale.is_integer)
        scale.offset = offsets[array->type];
    if ((read_number(assay_json_get(meta, "full_scale"), &number) && number > 0) ||
        (number = usual_full_scale(field, array->type)) > 0) {
        scale.divisor = number;
        scale.low = scale.offset < 0 || assay_array_axis(array, "frame") >= 0 ? -1 : 0;
        scale.high = 1;
    }
    if (assay_json_kind(range) == ASSAY_JSON_ARRAY && assay_json_size(range) == 2 &&
        read_number(assay_json_nth(range, 0), &low) &&
        read_number(assay_json_nth(range, 1), &high) && low < high && isfinite(high - low)) {
        scale.low = low;
        scale.high = high;
    }
    return scale;
}

static AssayVariable *
add_variable(GPtrArray *variables, const char *field, const char *column, const AssayArray *array,
             const AssayScale *scale, size_t n_items)
{
    AssayVariable *variable = g_new0(AssayVariable, 1);
    size_t n = assay_array_count(array);

    variable->name = column == NULL ? g_strdup(field) : g_strdup_printf("%s.%s", field, column);
    variable->array = array;
    variable->scale = *scale;
    variable->block = n_items == 0 ? 0 : n / n_items;
    variable->step = 1;
    g_ptr_array_add(variables, variable);
    return variable;
}

/* The names of the last axis, or NULL: all of them texts, none there twice. */
static char **
find_columns(const AssayArray *array, const AssayJson *meta)
{
    const AssayJson *columns = assay_json_get(meta, "columns");
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    size_t n = assay_json_size(columns);
    g_autoptr(GPtrArray) list = NULL;

    if (assay_json_kind(columns) != ASSAY_JSON_ARRAY || n == 0 || n > MAX_COLUMNS ||
        array->n_axes == 0 || array->shape[array->n_axes - 1] != n)
        return NULL;
    list = g_ptr_array_new_full((guint)n + 1, NULL);
    for (size_t i = 0; i < n; i++) {
        const char *name = assay_json_peek_string(assay_json_nth(columns, i));

        if (name == NULL || !g_hash_table_add(names, (gpointer)name))
            return NULL;
        g_ptr_array_add(list, (gpointer)name);
    }
    g_ptr_array_add(list, NULL);
    return g_strdupv((char **)list->pdata);
}

static void
add_columns(GPtrArray *variables, const char *field, char **columns, const AssayArray *array,
            const AssayScale *scale, size_t n_items)
{
    gboolean is_notes = strcmp(field, "notes") == 0 && assay_array_axis(array, "note") >= 0;
    size_t n = g_strv_length(columns), channels = 0;

    while (channels < n && strcmp(columns[channels], "channel") != 0)
        channels++;
    for (size_t i = 0; i < n; i++) {
        AssayVariable *variable;

        if (is_notes && !g_strv_contains(note_variables, columns[i]))
            continue;
        variable = add_variable(variables, field, columns[i], array, scale, n_items);
        variable->first = i;
        variable->step = n;
        variable->has_channels = is_notes && channels < n;
        variable->channels = channels;
    }
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp((*(AssayVariable *const *)a)->name, (*(AssayVariable *const *)b)->name);
}

GPtrArray *
assay_variables_of(AssaySample *sample, const AssayObservation *items,
                   const AssayDistributionConfig *config)
{
    GPtrArray *variables = g_ptr_array_new_with_free_func(free_variable);
    g_autofree const char **fields = assay_sample_fields(sample);

    for (size_t i = 0; fields[i] != NULL; i++) {
        g_auto(GStrv) columns = NULL;
        const AssayArray *array;
        const AssayJson *meta;
        AssayScale scale;

        if (config->fields != NULL && !g_strv_contains(config->fields, fields[i]))
            continue;
        array = assay_sample_field(sample, fields[i], NULL);
        if (array == NULL) /* texts, say */
            continue;
        if (items->has_items &&
            (assay_array_axis(array, "item") != 0 || array->shape[0] != items->n_items))
            continue;
        meta = assay_sample_field_meta(sample, fields[i]);
        scale = find_scale(fields[i], array, meta);
        columns = find_columns(array, meta);
        if (columns == NULL)
            add_variable(variables, fields[i], NULL, array, &scale, items->n_items);
        else
            add_columns(variables, fields[i], columns, array, &scale, items->n_items);
    }
    g_ptr_array_sort(variables, compare_names);
    for (guint i = variables->len; i-- > 1;) { /* "a.b" may be a field and a column of another */
        if (compare_names(&variables->pdata[i - 1], &variables->pdata[i]) == 0)
            g_ptr_array_remove_index(variables, i);
    }
    return variables;
}
