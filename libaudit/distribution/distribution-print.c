/* distribution/distribution-print.c - the canonical text of distributions.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/text.h"
#include "distribution-json.h"

static void
print_name(GString *out, const char *name)
{
    g_autoptr(AssayJson) text = assay_json_string(name);

    assay_json_print(out, text);
}

static void
print_number(GString *out, double value)
{
    char text[ASSAY_TEXT_NUMBER_SIZE];

    g_string_append(out, assay_text_double(text, value));
}

static void
print_count(GString *out, guint64 value)
{
    char digits[20];
    guint n = 0;

    do {
        digits[n++] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    while (n > 0)
        g_string_append_c(out, digits[--n]);
}

static void
print_sum(GString *out, AssayInt128 sum)
{
    const guint64 part = G_GUINT64_CONSTANT(1000000000000000000);
    guint64 parts[3];
    guint n = 0;

    if (sum < 0) {
        g_string_append_c(out, '-');
        sum = -sum;
    }
    do {
        parts[n++] = (guint64)(sum % part);
        sum /= part;
    } while (sum > 0);
    print_count(out, parts[--n]);
    while (n > 0)
        g_string_append_printf(out, "%018" G_GUINT64_FORMAT, parts[--n]);
}

static void
print_moments(GString *out, const AssayMomentSum *moments)
{
    g_string_append_c(out, '"');
    for (guint k = 0; k < ASSAY_N_MOMENTS; k++) {
        if (k > 0)
            g_string_append_c(out, ' ');
        print_sum(out, moments[k].sum);
        g_string_append_c(out, '/');
        print_count(out, moments[k].n);
    }
    g_string_append_c(out, '"');
}

/* Of whole numbers the cells say it. */
static void
print_bins(GString *out, const AssayDistribution *self)
{
    g_string_append(out, "\"bins\":");
    if (self->scale.is_integer || !assay_scale_has_range(&self->scale)) {
        g_string_append(out, "null,");
        return;
    }
    g_string_append_printf(
        out, "{\"above\":%" G_GUINT64_FORMAT ",\"below\":%" G_GUINT64_FORMAT ",\"counts\":[",
        self->above, self->below);
    for (size_t i = 0; i < ASSAY_DISTRIBUTION_BINS; i++) {
        if (i > 0)
            g_string_append_c(out, ',');
        print_count(out, self->bins[i]);
    }
    g_string_append(out, "]},");
}

static void
print_cells(GString *out, const AssayDistribution *self)
{
    const char *separator = "\n[";

    g_string_append_printf(out, "\"cells\":{\"columns\":[\"cell\",\"count\"%s],\"rows\":[",
                           self->exact != NULL ? ",\"exact\"" : "");
    for (size_t i = 0; i < ASSAY_N_CELLS; i++) {
        if (self->counts[i] == 0)
            continue;
        g_string_append(out, separator);
        print_count(out, i);
        g_string_append_c(out, ',');
        print_count(out, self->counts[i]);
        if (self->exact != NULL) {
            g_string_append_c(out, ',');
            print_count(out, self->exact[i]);
        }
        g_string_append_c(out, ']');
        separator = ",\n[";
    }
    g_string_append(out, "\n]},");
}

/* "0:640 12:3", with ":exact" where there are such. */
static void
print_group(GString *out, const AssayGroupCells *self)
{
    AssayCellList list;

    assay_group_cells_list(self, &list);
    g_string_append_printf(out, "[\"%016" G_GINT64_MODIFIER "x\",", self->hash);
    print_count(out, self->n_items);
    g_string_append_c(out, ',');
    print_moments(out, self->moments);
    g_string_append(out, ",\"");
    for (size_t i = 0; i < list.n; i++) {
        if (i > 0)
            g_string_append_c(out, ' ');
        print_count(out, list.cells[i]);
        g_string_append_c(out, ':');
        print_count(out, list.counts[i]);
        if (list.exact != NULL && list.exact[i] > 0) {
            g_string_append_c(out, ':');
            print_count(out, list.exact[i]);
        }
    }
    g_string_append(out, "\"]");
}

static void
print_groups(GString *out, const AssayDistribution *self)
{
    if (self->dropped_from == ASSAY_DROPPED_NONE)
        g_string_append(out, "\"dropped_from\":null,");
    else
        g_string_append_printf(out, "\"dropped_from\":\"%016" G_GINT64_MODIFIER "x\",",
                               self->dropped_from);
    g_string_append(out, "\"groups\":{\"columns\":[\"hash\",\"items\",\"moments\",\"cells\"],"
                         "\"rows\":[");
    for (guint i = 0; i < self->groups->len; i++) {
        g_string_append(out, i > 0 ? ",\n" : "\n");
        print_group(out, g_ptr_array_index(self->groups, i));
    }
    g_string_append(out, "\n]},");
}

static void
print_scale(GString *out, const AssayScale *self)
{
    g_string_append(out, "\"scale\":{\"divisor\":");
    print_number(out, self->divisor);
    g_string_append_printf(out, ",\"integer\":%s,\"offset\":%d,\"range\":",
                           self->is_integer ? "true" : "false", self->offset);
    if (assay_scale_has_range(self)) {
        g_string_append_c(out, '[');
        print_number(out, self->low);
        g_string_append_c(out, ',');
        print_number(out, self->high);
        g_string_append(out, "]}");
    } else {
        g_string_append(out, "null}");
    }
}

static void
print_variable(GString *out, const AssayDistribution *self)
{
    print_name(out, self->name);
    g_string_append(out, ":{");
    print_bins(out, self);
    print_cells(out, self);
    print_groups(out, self);
    g_string_append(out, "\"moments\":");
    print_moments(out, self->moments);
    g_string_append(out, ",\"non_finite\":");
    print_count(out, self->n_non_finite);
    g_string_append_c(out, ',');
    print_scale(out, &self->scale);
    g_string_append_c(out, '}');
}

void
assay_distributions_print(GString *out, const AssayDistributions *self)
{
    g_string_append_c(out, '{');
    for (guint i = 0; i < self->variables->len; i++) {
        g_string_append(out, i > 0 ? ",\n" : "\n");
        print_variable(out, g_ptr_array_index(self->variables, i));
    }
    g_string_append(out, "\n}");
}
