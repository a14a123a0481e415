/* bench/fluid-player.c - FluidSynth's own rate: its player, its synthesizer, nothing else.
 *
 *   fluid-player SOUNDFONT FILE...
 *
 * Plays each MIDI file to its end and on until no voice is left, 44100 frames a second in two
 * channels without effects, and prints how many frames that were in all.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <fluidsynth.h>
#include <stdio.h>

enum { CHUNK = 4096 };

static long
play(fluid_synth_t *synth, const char *path)
{
    static float frames[2 * CHUNK];
    fluid_player_t *player = new_fluid_player(synth);
    long n = 0;

    fluid_player_add(player, path);
    fluid_player_play(player);
    while (fluid_player_get_status(player) == FLUID_PLAYER_PLAYING ||
           fluid_synth_get_active_voice_count(synth) > 0) {
        fluid_synth_write_float(synth, CHUNK, frames, 0, 2, frames, 1, 2);
        n += CHUNK;
    }
    delete_fluid_player(player);
    fluid_synth_system_reset(synth);
    return n;
}

int
main(int argc, char **argv)
{
    fluid_settings_t *settings = new_fluid_settings();
    fluid_synth_t *synth;
    long n = 0;

    fluid_settings_setstr(settings, "player.timing-source", "sample");
    fluid_settings_setint(settings, "synth.reverb.active", 0);
    fluid_settings_setint(settings, "synth.chorus.active", 0);
    fluid_settings_setint(settings, "synth.lock-memory", 0);
    fluid_settings_setint(settings, "synth.threadsafe-api", 0);
    synth = new_fluid_synth(settings);
    if (argc < 3 || fluid_synth_sfload(synth, argv[1], 1) == FLUID_FAILED) {
        fprintf(stderr, "usage: fluid-player SOUNDFONT FILE...\n");
        return 2;
    }
    for (int i = 2; i < argc; i++)
        n += play(synth, argv[i]);
    printf("%ld\n", n);
    delete_fluid_synth(synth);
    delete_fluid_settings(settings);
    return 0;
}
