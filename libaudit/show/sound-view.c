/* show/sound-view.c - a sound file: its length, how it is stored, its levels, silence and clipping.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "../base/text.h"
#include "../media/sound.h"
#include "facts-private.h"
#include "views-private.h"

enum { LABEL_WIDTH = 8 };

/* Reads to the end, since levels are those of all frames. */
static gboolean
survey(AssaySound *sound, GError **error)
{
    const float *frames;
    size_t n;

    do {
        if (!assay_sound_read(sound, &frames, &n, error))
            return FALSE;
    } while (n > 0);
    return TRUE;
}

/* "PCM, 16 bits, 2 channels" */
static char *
stored_text(const AssaySoundFacts *facts)
{
    GString *text = g_string_new(facts->encoding);

    if (facts->bits > 0)
        g_string_append_printf(text, ", %u bits", facts->bits);
    g_string_append_printf(text, ", %u channel%s", facts->n_channels,
                           facts->n_channels == 1 ? "" : "s");
    return g_string_free(text, FALSE);
}

/* "0.606, -4.35 dB; mean -0.00049" */
static char *
level_text(const AssaySoundFacts *facts)
{
    char peak[ASSAY_TEXT_NUMBER_SIZE], decibels[ASSAY_TEXT_NUMBER_SIZE];
    char mean[ASSAY_TEXT_NUMBER_SIZE];

    assay_text_double_digits(mean, facts->offset, 3);
    if (!(facts->peak > 0))
        return g_strdup("silence");
    return g_strdup_printf("peak %s (%s dB), mean %s",
                           assay_text_double_digits(peak, facts->peak, 4),
                           assay_text_double_digits(decibels, 20 * log10(facts->peak), 3), mean);
}

static char *
silence_text(const AssaySoundFacts *facts)
{
    char lead[ASSAY_TEXT_NUMBER_SIZE], tail[ASSAY_TEXT_NUMBER_SIZE];
    char longest[ASSAY_TEXT_NUMBER_SIZE];

    return g_strdup_printf("in frames: %s ahead, %s behind, %s in a row at most",
                           assay_text_count(lead, facts->silent_lead),
                           assay_text_count(tail, facts->silent_tail),
                           assay_text_count(longest, facts->silent_longest));
}

static void
print_facts(const AssayPage *page, const AssaySoundFacts *facts, const char *name)
{
    char seconds[ASSAY_TEXT_NUMBER_SIZE], frames[ASSAY_TEXT_NUMBER_SIZE];
    g_autofree char *stored = stored_text(facts), *level = level_text(facts);
    g_autofree char *length = g_strdup_printf(
        "%s s, %s frames at %u Hz%s",
        assay_text_double_digits(seconds, (double)facts->n_frames / facts->rate_hz, 4),
        assay_text_count(frames, facts->n_frames), facts->rate_hz,
        facts->is_unstated ? ", as far as it goes: the header does not say" : "");

    assay_page_text(page, name);
    assay_page_printf(page, ": a sound file (%s)\n", facts->format);
    assay_page_entry(page, 2, "length", LABEL_WIDTH, length);
    assay_page_entry(page, 2, "stored", LABEL_WIDTH, stored);
    assay_page_entry(page, 2, "level", LABEL_WIDTH, level);
    if (facts->silent_longest > 0 && facts->peak > 0) {
        g_autofree char *silence = silence_text(facts);

        assay_page_entry(page, 2, "silence", LABEL_WIDTH, silence);
    }
    if (facts->clipped > 0) {
        g_autofree char *clipped =
            g_strdup_printf("%s samples at full scale, in runs of %d and more",
                            assay_text_count(frames, facts->clipped), ASSAY_SOUND_CLIP_RUN);

        assay_page_entry(page, 2, "clipped", LABEL_WIDTH, clipped);
    }
}

gboolean
assay_show_sound(AssayShow *self, AssayInput *input, const char *name, GError **error)
{
    g_autoptr(AssayInput) own = input;
    g_autoptr(GBytes) bytes = assay_input_read_all(own, self->config.max_bytes, error);
    g_autoptr(AssayContent) content = NULL;
    g_autoptr(AssaySound) sound = NULL;

    if (bytes == NULL)
        return FALSE;
    content = assay_content_from_bytes(name, bytes);
    sound = assay_sound_open(content, FALSE, error);
    if (sound == NULL || !survey(sound, error)) {
        g_prefix_error(error, "%s: ", name);
        return FALSE;
    }
    print_facts(&self->page, assay_sound_facts(sound), name);
    return TRUE;
}
