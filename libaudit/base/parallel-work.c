/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "parallel-private.h"

/* Sums of these stay far below 2^64. */
static guint64
bounded(size_t bytes)
{
    return MIN((guint64)bytes, G_GUINT64_CONSTANT(1) << 44);
}

AssaySlot *
assay_work_produce(AssayWork *self)
{
    AssaySlot *slot = g_new0(AssaySlot, 1);
    size_t bytes = 0;

    if (!self->config->produce(self->user, &slot->job, &bytes, &slot->error)) {
        slot->job = NULL;
        slot->is_done = TRUE;
    }
    if (slot->job == NULL && slot->error == NULL) {
        g_free(slot);
        return NULL;
    }
    slot->bytes = bounded(bytes) + ASSAY_SLOT_BYTES;
    return slot;
}

void
assay_work_on(AssayWork *self, AssayWorkState *state, AssaySlot *slot)
{
    const AssayParallel *config = self->config;
    size_t job_bytes = (size_t)(slot->bytes - ASSAY_SLOT_BYTES);
    size_t bytes = job_bytes;

    if (!state->has_state && config->worker_new != NULL) {
        pthread_mutex_lock(&self->making);
        state->state = config->worker_new(self->user, &slot->error);
        pthread_mutex_unlock(&self->making);
        state->has_state = slot->error == NULL;
    }
    if (slot->error == NULL)
        slot->result = config->work(state->state, self->user, slot->job, &bytes, &slot->error);
    if (slot->result == slot->job) {
        slot->growth = bytes > job_bytes ? bounded(bytes - job_bytes) : 0;
    } else {
        slot->growth = bounded(bytes);
        if (config->free_job != NULL)
            config->free_job(slot->job);
    }
    slot->job = NULL;
    slot->bytes = bounded(bytes) + ASSAY_SLOT_BYTES;
}

gboolean
assay_work_consume(AssayWork *self, AssaySlot *slot, GError **error)
{
    if (slot->error != NULL) {
        g_propagate_error(error, g_steal_pointer(&slot->error));
        return FALSE;
    }
    return self->config->consume(self->user, slot->result, error);
}

void
assay_work_clear_slot(AssayWork *self, AssaySlot *slot)
{
    if (slot->job != NULL && self->config->free_job != NULL)
        self->config->free_job(slot->job);
    if (slot->result != NULL && self->config->free_result != NULL)
        self->config->free_result(slot->result);
    g_clear_error(&slot->error);
}

void
assay_work_free_state(AssayWork *self, AssayWorkState *state)
{
    if (state->has_state && self->config->worker_free != NULL)
        self->config->worker_free(state->state);
}
