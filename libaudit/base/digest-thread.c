/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "digest-thread.h"

#include <string.h>

#include "digest.h"
#include "thread.h"

/* A caller that has to wait does so until half of the parts are free, not just one: to be woken
 * takes longer than to fill a part. */
enum { PART_SIZE = 1 << 18, N_PARTS = 4, N_LEFT = N_PARTS / 2 };

/**
 * AssayDigestThread:
 * @digest: the thread's, while there is one
 * @parts: one after the other is filled, round and round; made when they are first wanted
 * @current: which is being filled
 * @n: bytes in it
 * @first: the first that waits to be digested
 * @n_full: how many wait, that which is being digested among them
 * @is_over: nothing more will come
 */
struct AssayDigestThread {
    AssayDigest *digest;
    guint8 *parts[N_PARTS];
    guint current;
    size_t n;
    pthread_t thread;
    gboolean has_thread;
    pthread_mutex_t lock; /* held around what follows */
    pthread_cond_t changed;
    guint first, n_full;
    gboolean is_over;
};

AssayDigestThread *
assay_digest_thread_new(void)
{
    AssayDigestThread *self = g_new0(AssayDigestThread, 1);

    self->digest = assay_digest_new();
    pthread_mutex_init(&self->lock, NULL);
    pthread_cond_init(&self->changed, NULL);
    return self;
}

static void
digest_parts(gpointer data)
{
    AssayDigestThread *self = data;

    pthread_mutex_lock(&self->lock);
    for (;;) {
        const guint8 *part;

        while (self->n_full == 0 && !self->is_over)
            pthread_cond_wait(&self->changed, &self->lock);
        if (self->n_full == 0)
            break;
        part = self->parts[self->first];
        pthread_mutex_unlock(&self->lock);
        assay_digest_update(self->digest, part, PART_SIZE);
        pthread_mutex_lock(&self->lock);
        self->first = (self->first + 1) % N_PARTS;
        if (--self->n_full == N_LEFT)
            pthread_cond_signal(&self->changed);
    }
    pthread_mutex_unlock(&self->lock);
}

/* Has the part that is full digested, and waits until another is free. */
static void
hand_on(AssayDigestThread *self)
{
    gboolean is_waiting = FALSE;

    self->n = 0;
    if (!self->has_thread)
        self->has_thread = assay_thread_begin(&self->thread, digest_parts, self);
    if (!self->has_thread) {
        assay_digest_update(self->digest, self->parts[self->current], PART_SIZE);
        return;
    }
    pthread_mutex_lock(&self->lock);
    if (self->n_full++ == 0)
        pthread_cond_signal(&self->changed);
    while (self->n_full == N_PARTS || (is_waiting && self->n_full > N_LEFT)) {
        is_waiting = TRUE;
        pthread_cond_wait(&self->changed, &self->lock);
    }
    pthread_mutex_unlock(&self->lock);
    self->current = (self->current + 1) % N_PARTS;
}

gpointer
assay_digest_thread_room(AssayDigestThread *self, size_t *size)
{
    guint8 **part = &self->parts[self->current];

    if (*part == NULL)
        *part = g_malloc(PART_SIZE);
    *size = PART_SIZE - self->n;
    return *part + self->n;
}

void
assay_digest_thread_filled(AssayDigestThread *self, size_t size)
{
    self->n += size;
    if (self->n == PART_SIZE)
        hand_on(self);
}

void
assay_digest_thread_update(AssayDigestThread *self, const void *data, size_t size)
{
    const guint8 *bytes = data;

    while (size > 0) {
        size_t n;
        gpointer room = assay_digest_thread_room(self, &n);

        n = MIN(size, n);
        memcpy(room, bytes, n);
        bytes += n;
        size -= n;
        assay_digest_thread_filled(self, n);
    }
}

static void
end_thread(AssayDigestThread *self)
{
    if (!self->has_thread)
        return;
    pthread_mutex_lock(&self->lock);
    self->is_over = TRUE;
    pthread_cond_signal(&self->changed);
    pthread_mutex_unlock(&self->lock);
    pthread_join(self->thread, NULL);
    self->has_thread = FALSE;
}

char *
assay_digest_thread_finish(AssayDigestThread *self)
{
    end_thread(self);
    if (self->n > 0)
        assay_digest_update(self->digest, self->parts[self->current], self->n);
    return assay_digest_finish(self->digest);
}

void
assay_digest_thread_free(AssayDigestThread *self)
{
    if (self == NULL)
        return;
    end_thread(self);
    for (size_t i = 0; i < N_PARTS; i++)
        g_free(self->parts[i]);
    pthread_cond_destroy(&self->changed);
    pthread_mutex_destroy(&self->lock);
    assay_digest_free(self->digest);
    g_free(self);
}
