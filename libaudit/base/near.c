/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "near.h"

#include <string.h>

enum {
    MAX_LENGTH = 256,
    KEPT = 3,
    /* Scores: what contains the wanted name comes before what is spelled alike. */
    ENDS_IN = 0,
    CONTAINS = 1,
    SPELLED = 2,
};

typedef struct {
    char *name;
    guint score;
} Candidate;

struct AssayNear {
    char *wanted;
    guint max_distance;
    Candidate kept[KEPT];
    guint n_kept;
};

static const char *
last_bytes(const char *text, size_t *length)
{
    size_t n = strlen(text);

    *length = MIN(n, MAX_LENGTH);
    return text + (n - *length);
}

guint
assay_near_distance(const char *a, const char *b)
{
    guint rows[3][MAX_LENGTH + 1];
    guint *before = rows[0], *above = rows[1], *row = rows[2], *spare;
    size_t n_a, n_b;

    a = last_bytes(a, &n_a);
    b = last_bytes(b, &n_b);
    for (size_t k = 0; k <= n_b; k++)
        above[k] = (guint)k;
    for (size_t i = 1; i <= n_a; i++) {
        row[0] = (guint)i;
        for (size_t k = 1; k <= n_b; k++) {
            char x = g_ascii_tolower(a[i - 1]), y = g_ascii_tolower(b[k - 1]);
            guint best = MIN(above[k], row[k - 1]) + 1;

            best = MIN(best, above[k - 1] + (x != y));
            if (i > 1 && k > 1 && x == g_ascii_tolower(b[k - 2]) && y == g_ascii_tolower(a[i - 2]))
                best = MIN(best, before[k - 2] + 1);
            row[k] = best;
        }
        spare = before;
        before = above;
        above = row;
        row = spare;
    }
    return above[n_b];
}

AssayNear *
assay_near_new(const char *wanted)
{
    AssayNear *self = g_new0(AssayNear, 1);

    self->wanted = g_strdup(wanted);
    self->max_distance = (guint)MIN(strlen(wanted) / 3 + 1, 8);
    return self;
}

void
assay_near_free(AssayNear *self)
{
    if (self == NULL)
        return;
    for (guint i = 0; i < self->n_kept; i++)
        g_free(self->kept[i].name);
    g_free(self->wanted);
    g_free(self);
}

/* FALSE where @name is not near at all. */
static gboolean
judge(const AssayNear *self, const char *name, guint *score)
{
    size_t n = strlen(self->wanted), length = strlen(name);
    guint distance;

    if (n == 0)
        return FALSE;
    if (length > n && strcmp(name + length - n, self->wanted) == 0 &&
        strchr("/-", name[length - n - 1]) != NULL) {
        *score = ENDS_IN;
        return TRUE;
    }
    if (n > 2 && strstr(name, self->wanted) != NULL) {
        *score = CONTAINS;
        return TRUE;
    }
    if (MAX(n, length) - MIN(n, length) > self->max_distance)
        return FALSE;
    distance = assay_near_distance(self->wanted, name);
    *score = SPELLED + distance;
    return distance <= self->max_distance;
}

void
assay_near_offer(AssayNear *self, const char *name)
{
    guint score, at;

    if (!judge(self, name, &score))
        return;
    at = self->n_kept;
    while (at > 0 && self->kept[at - 1].score > score)
        at--;
    if (at == KEPT)
        return;
    if (self->n_kept == KEPT)
        g_free(self->kept[--self->n_kept].name);
    memmove(&self->kept[at + 1], &self->kept[at], (self->n_kept - at) * sizeof self->kept[0]);
    self->kept[at] = (Candidate){ g_strdup(name), score };
    self->n_kept++;
}

char *
assay_near_text(const AssayNear *self)
{
    const Candidate *kept = self->kept;
    guint n = 0;

    while (n < self->n_kept && kept[n].score <= kept[0].score + 1)
        n++;
    switch (n) {
    case 0:
        return NULL;
    case 1:
        return g_strdup(kept[0].name);
    case 2:
        return g_strdup_printf("%s or %s", kept[0].name, kept[1].name);
    default:
        return g_strdup_printf("%s, %s or %s", kept[0].name, kept[1].name, kept[2].name);
    }
}
