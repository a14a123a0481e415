/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "log-spectrum.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../media/sound.h"
#include "stft.h"

/* Below the mean of a frame by so much there is but rounding. */
static const double FLOOR = 1e-9;

enum { MIXED = 1024 };

/**
 * AssayLogSpectrum:
 * @sums: of the frames so far, @n of them
 */
struct AssayLogSpectrum {
    AssayStft *stft;
    double sums[ASSAY_COMB_BINS];
    guint64 n;
};

static gboolean
add_frames(gpointer user, const float *spectra, size_t n, GError **error)
{
    AssayLogSpectrum *self = user;
    size_t stride = assay_stft_stride(self->stft);

    (void)error;
    for (size_t t = 0; t < n; t++, spectra += stride) {
        double sum = 0, least;

        for (size_t k = 0; k < ASSAY_COMB_BINS; k++)
            sum += (double)spectra[k];
        if (!(sum > 0) || !isfinite(sum))
            continue;
        least = FLOOR * sum / ASSAY_COMB_BINS;
        for (size_t k = 0; k < ASSAY_COMB_BINS; k++)
            self->sums[k] += log((double)spectra[k] + least);
        self->n++;
    }
    return TRUE;
}

AssayLogSpectrum *
assay_log_spectrum_new(void)
{
    const AssayStftConfig config = { .window = ASSAY_COMB_FRAME,
                                     .fft = ASSAY_COMB_FRAME,
                                     .hop = ASSAY_COMB_HOP,
                                     .shape = ASSAY_WINDOW_HANN,
                                     .full_scale = 1 };
    AssayLogSpectrum *self = g_new0(AssayLogSpectrum, 1);

    self->stft = assay_stft_new(&config, add_frames, self);
    return self;
}

void
assay_log_spectrum_free(AssayLogSpectrum *self)
{
    if (self == NULL)
        return;
    assay_stft_free(self->stft);
    g_free(self);
}

void
assay_log_spectrum_push(AssayLogSpectrum *self, const float *frames, size_t n_frames,
                        guint n_channels)
{
    float mixed[MIXED];

    for (size_t start = 0; start < n_frames; start += MIXED) {
        size_t n = MIN(n_frames - start, MIXED);

        for (size_t i = 0; i < n; i++) {
            const float *frame = frames + (start + i) * n_channels;
            float sum = frame[0];

            for (guint c = 1; c < n_channels; c++)
                sum += frame[c];
            mixed[i] = sum / (float)n_channels;
        }
        if (!assay_stft_push(self->stft, mixed, n, NULL))
            g_assert_not_reached(); /* the sink takes all */
    }
}

void
assay_log_spectrum_finish(AssayLogSpectrum *self, double *spectrum)
{
    if (!assay_stft_finish(self->stft, NULL))
        g_assert_not_reached();
    for (size_t k = 0; k < ASSAY_COMB_BINS; k++)
        spectrum[k] = self->n == 0 ? (double)NAN : self->sums[k] / (double)self->n;
    memset(self->sums, 0, sizeof self->sums);
    self->n = 0;
}

/* The field of @n_items spectra, still to be filled. */
static AssayArray *
new_field(size_t n_items, gboolean has_items, GError **error)
{
    static const char *const axes[] = { "item", "bin", NULL };
    const size_t shape[] = { n_items, ASSAY_COMB_BINS };
    size_t skip = has_items ? 0 : 1;

    return assay_array_new(ASSAY_F64, 2 - skip, shape + skip, axes + skip, G_MAXSIZE, error);
}

static void
take_field(AssaySample *sample, AssayArray *field, guint rate_hz)
{
    AssayJson *meta = assay_json_object();

    assay_json_set_integer(meta, "rate_hz", rate_hz);
    assay_json_set_integer(meta, "fft", ASSAY_COMB_FRAME);
    assay_json_set_integer(meta, "hop", ASSAY_COMB_HOP);
    assay_json_set_string(meta, "unit", "nats");
    assay_sample_take_field(sample, "log_spectrum", field, meta);
}

static gboolean
read_file(AssayLogSpectrum *self, AssayContent *content, double *spectrum, guint *rate_hz,
          GError **error)
{
    g_autoptr(AssaySound) sound = assay_sound_open(content, FALSE, error);
    const float *frames;
    size_t n = 0;

    if (sound == NULL)
        return FALSE;
    do {
        if (!assay_sound_read(sound, &frames, &n, error)) {
            assay_log_spectrum_finish(self, spectrum);
            return FALSE;
        }
        assay_log_spectrum_push(self, frames, n, assay_sound_facts(sound)->n_channels);
    } while (n > 0);
    assay_log_spectrum_finish(self, spectrum);
    *rate_hz = assay_sound_facts(sound)->rate_hz;
    return TRUE;
}

static gboolean
apply_file(AssayLogSpectrum *self, AssaySample *sample, GError **error)
{
    const char *path = assay_json_peek_string(assay_json_get(assay_sample_source(sample), "path"));
    g_autoptr(AssayArray) field = new_field(1, FALSE, error);
    guint rate_hz;

    if (field == NULL)
        return FALSE;
    if (!read_file(self, assay_sample_content(sample), field->data, &rate_hz, error)) {
        g_prefix_error(error, "%s: ", path != NULL ? path : assay_sample_name(sample));
        return FALSE;
    }
    take_field(sample, g_steal_pointer(&field), rate_hz);
    return TRUE;
}

static gboolean
check_audio(AssaySample *sample, const AssayArray *audio, GError **error)
{
    int frame = assay_array_axis(audio, "frame"), channel = assay_array_axis(audio, "channel");
    size_t before = assay_array_axis(audio, "item") == 0 ? 1 : 0;
    const float *values = audio->data;

    if (audio->type != ASSAY_F32 || frame != (int)before ||
        audio->n_axes != before + (channel < 0 ? 1 : 2) ||
        (channel >= 0 && (channel != frame + 1 || audio->shape[channel] < 1 ||
                          audio->shape[channel] > ASSAY_SOUND_MAX_CHANNELS))) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: field \"audio\" is not float32 along frame, with item before it or "
                    "channel, at most %d, behind it",
                    assay_sample_name(sample), ASSAY_SOUND_MAX_CHANNELS);
        return FALSE;
    }
    for (size_t i = 0; i < assay_array_count(audio); i++) {
        if (!isfinite(values[i])) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                        "%s: field \"audio\": value %" G_GSIZE_FORMAT
                        " is %g; only finite ones are sound",
                        assay_sample_name(sample), i, (double)values[i]);
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean
find_rate(AssaySample *sample, guint *rate_hz, GError **error)
{
    const AssayJson *value = assay_json_get(assay_sample_field_meta(sample, "audio"), "rate_hz");
    double rate = value == NULL ? 0 : assay_json_peek_real(value);

    if (rate >= 1 && rate <= G_MAXINT32 && rate == floor(rate)) {
        *rate_hz = (guint)rate;
        return TRUE;
    }
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_META,
                "%s: field \"audio\": its metadata have no rate_hz of whole Hz, from 1 on",
                assay_sample_name(sample));
    return FALSE;
}

static gboolean
apply_audio(AssayLogSpectrum *self, AssaySample *sample, GError **error)
{
    const AssayArray *audio = assay_sample_field(sample, "audio", error);
    g_autoptr(AssayArray) field = NULL;
    gboolean has_items;
    size_t n_items, n_frames;
    guint rate_hz, n_channels;

    if (audio == NULL || !check_audio(sample, audio, error) || !find_rate(sample, &rate_hz, error))
        return FALSE;
    has_items = assay_array_axis(audio, "item") == 0;
    n_items = has_items ? audio->shape[0] : 1;
    n_frames = audio->shape[has_items ? 1 : 0];
    n_channels = assay_array_axis(audio, "channel") < 0
                     ? 1
                     : (guint)audio->shape[assay_array_axis(audio, "channel")];
    if ((field = new_field(n_items, has_items, error)) == NULL)
        return FALSE;
    for (size_t i = 0; i < n_items; i++) {
        assay_log_spectrum_push(self, (const float *)audio->data + i * n_frames * n_channels,
                                n_frames, n_channels);
        assay_log_spectrum_finish(self, (double *)field->data + i * ASSAY_COMB_BINS);
    }
    if (has_items && !assay_sample_has_items(sample)) /* a foreign stream */
        assay_sample_set_items(sample, 0, n_items);
    take_field(sample, g_steal_pointer(&field), rate_hz);
    return TRUE;
}

static gboolean
apply(const AssayStage *stage, gpointer state, AssaySample *sample, GError **error)
{
    (void)stage;
    return assay_sample_content(sample) != NULL ? apply_file(state, sample, error)
                                                : apply_audio(state, sample, error);
}

static gpointer
new_state(const AssayStage *stage)
{
    (void)stage;
    return assay_log_spectrum_new();
}

static void
free_state(gpointer state)
{
    assay_log_spectrum_free(state);
}

AssayStage *
assay_log_spectrum_stage(void)
{
    AssayStage *stage = g_new0(AssayStage, 1);

    stage->tool = "assay-spectrum";
    stage->options = assay_json_object();
    stage->field = "log_spectrum";
    stage->apply = apply;
    stage->state_new = new_state;
    stage->state_free = free_state;
    return stage;
}

const double *
assay_log_spectra_of(AssaySample *sample, size_t *n_items, gboolean *has_items, guint *rate_hz,
                     GError **error)
{
    static const char *const bin[] = { "bin", NULL };
    const AssayArray *field =
        assay_sample_expect(sample, "log_spectrum", ASSAY_F64, bin, has_items, error);
    const AssayJson *rate;

    if (field == NULL)
        return NULL;
    if (field->shape[field->n_axes - 1] != ASSAY_COMB_BINS) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: field \"log_spectrum\" has %" G_GSIZE_FORMAT " bins, not %d",
                    assay_sample_name(sample), field->shape[field->n_axes - 1], ASSAY_COMB_BINS);
        return NULL;
    }
    rate = assay_json_get(assay_sample_field_meta(sample, "log_spectrum"), "rate_hz");
    *rate_hz = assay_json_is_number(rate) && assay_json_peek_real(rate) >= 1 &&
                       assay_json_peek_real(rate) <= G_MAXINT32
                   ? (guint)assay_json_peek_real(rate)
                   : 0;
    *n_items = *has_items ? field->shape[0] : 1;
    if (*has_items && !assay_sample_has_items(sample)) /* a foreign stream */
        assay_sample_set_items(sample, 0, *n_items);
    return field->data;
}
