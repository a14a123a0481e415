/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numbers.h"

#include "shortest-eight-private.h"
#include "text-private.h"
#include "text.h"

struct AssayNumbers {
    gboolean by_vectors;
    const double *values;
    size_t n_allocated; /* eights */
    AssayEightTexts *texts;
    guint *made; /* of each eight */
};

AssayNumbers *
assay_numbers_new(void)
{
    AssayNumbers *self = g_new0(AssayNumbers, 1);

    self->by_vectors = assay_eight_texts_can();
    return self;
}

void
assay_numbers_free(AssayNumbers *self)
{
    if (self == NULL)
        return;
    g_free(self->texts);
    g_free(self->made);
    g_free(self);
}

void
assay_numbers_set(AssayNumbers *self, const double *values, size_t n)
{
    size_t n_eights = (n + ASSAY_EIGHT - 1) / ASSAY_EIGHT;

    self->values = values;
    if (!self->by_vectors)
        return;
    if (n_eights > self->n_allocated) {
        self->texts = g_renew(AssayEightTexts, self->texts, n_eights);
        self->made = g_renew(guint, self->made, n_eights);
        self->n_allocated = n_eights;
    }
    for (size_t i = 0; i < n_eights; i++) {
        size_t first = i * ASSAY_EIGHT;

        self->made[i] =
            assay_eight_texts(values + first, MIN((size_t)ASSAY_EIGHT, n - first), &self->texts[i]);
    }
}

const double *
assay_numbers_values(const AssayNumbers *self)
{
    return self->values;
}

char *
assay_numbers_put(const AssayNumbers *self, size_t first, size_t n, char *buffer, char separator)
{
    if (!self->by_vectors)
        return assay_text_put_doubles(buffer, self->values + first, n, separator);
    for (size_t i = first; i < first + n; i++) {
        size_t eight = i / ASSAY_EIGHT, k = i % ASSAY_EIGHT;

        if ((self->made[eight] >> k & 1) != 0)
            buffer = assay_eight_texts_put(&self->texts[eight], k, buffer);
        else
            buffer = assay_text_put_one(buffer, self->values[i]);
        *buffer++ = separator;
    }
    *--buffer = '\0';
    return buffer;
}
