/* bench/digest.c - files read and digested (SHA-256), and nothing else: what no program that knows
 * its inputs by their digests can take less than.
 *
 * usage: digest FILE...
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/input.h>
#include <stdio.h>

int
main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(AssayInput) input = assay_input_open(argv[i], &error);
        g_autofree char *digest = NULL;
        guint64 size;

        if (input == NULL) {
            fprintf(stderr, "digest: %s\n", error->message);
            return 3;
        }
        assay_input_digest(input);
        digest = assay_input_finish(input, &size, &error);
        if (digest == NULL) {
            fprintf(stderr, "digest: %s\n", error->message);
            return 3;
        }
        printf("%s\t%s\n", digest, argv[i]);
    }
    return 0;
}
