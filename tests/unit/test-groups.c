/* tests/unit/test-groups.c - tables of what stands or falls together.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/rule/groups.h>
#include <string.h>

#include "corpus.h"

static void
check(AssayGroups *groups, const char *identity, const char *name, const char *path,
      const char *expected)
{
    g_assert_cmpstr(assay_groups_find(groups, identity, name, path), ==, expected);
}

/* An item by its address, its name, the last component of either, its source's path; the most
 * particular line holds. */
static void
test_find(void)
{
    g_autoptr(AssayGroups) groups = corpus_groups("bach/a[3]=address a[4]=short bach/a=name b=last "
                                                  "sub/c.mid=path unknown=unused bach/a=name");

    check(groups, "bach/a[3]", "bach/a", NULL, "address");
    check(groups, "bach/a[4]", "bach/a", NULL, "short");
    check(groups, "bach/a[5]", "bach/a", NULL, "name");
    check(groups, "bach/a", "bach/a", "x", "name");
    check(groups, "bach/b", "bach/b", NULL, "last");
    check(groups, "bach/b[1]", "bach/b", NULL, "last");
    check(groups, "b", "b", NULL, "last");
    check(groups, "q/c", "q/c", "sub/c.mid", "path");
    check(groups, "q/c", "q/c", "c.mid", NULL);
    check(groups, "b/q", "b/q", NULL, NULL); /* a folder is no item */
    check(groups, "", "", NULL, NULL);
    g_assert_cmpuint(assay_groups_n_unused(groups), ==, 1);
}

static AssayGroups *
parse(const char *text, GError **error)
{
    return assay_groups_parse(text, strlen(text), "g.tsv", error);
}

static void
test_table(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayGroups) source = parse("group\tmore\tsource\r\nx\t1\ta/b.mid\r\n", &error);
    g_autoptr(AssayGroups) empty = parse("item\tgroup\n", &error);
    g_autoptr(AssayGroups) odd = parse("item\tgroup\na\\tb\t\n", &error);

    g_assert_no_error(error);
    check(source, "b", "b", "a/b.mid", "x");
    check(empty, "b", "b", NULL, NULL);
    check(odd, "a\tb", "a\tb", NULL, "");
}

static void
refused(const char *text, int code, const char *says)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayGroups) groups = parse(text, &error);

    g_assert_null(groups);
    corpus_refused(&error, code, says);
}

static void
test_refused(void)
{
    refused("", ASSAY_ERROR_FORMAT, "g.tsv: ");
    refused("a\tx\nb\ty\n", ASSAY_ERROR_FORMAT,
            "g.tsv: line 1: no column \"item\"; a table of groups has the columns item and group");
    refused("item\tgrp\na\tx\n", ASSAY_ERROR_FIELD, "\"group\"");
    refused("item\tgroup\na\tx\nb\n", ASSAY_ERROR_FORMAT, "g.tsv: line 3");
    refused("item\tgroup\na\tx\nb\ty\na\tz\n", ASSAY_ERROR_FORMAT,
            "g.tsv: line 4: a is in group x already, not in z");
    refused("item\tgroup\n\xff\tx\n", ASSAY_ERROR_FORMAT, "g.tsv: line 2");
    refused("item\titem\tgroup\n", ASSAY_ERROR_FORMAT, "g.tsv: ");
}

/* A sample that says what it was cut from. */
static AssaySample *
window(const char *name, const char *from, const char *sha256)
{
    AssaySample *sample = corpus_chroma(name, "C D C");
    AssayJson *cut = assay_json_object(), *source = assay_json_object();

    assay_json_set_string(cut, "from", from);
    assay_json_set_take(assay_sample_meta(sample), "cut", cut);
    assay_json_set_string(source, "path", "x/y.mid");
    if (sha256 != NULL)
        assay_json_set_string(source, "sha256", sha256);
    assay_json_set_take(assay_sample_meta(sample), "source", source);
    return sample;
}

static void
check_item(AssaySample *sample, AssayGroups *table, const char *rule, const char *expected)
{
    g_autoptr(AssaySample) own = sample;
    g_autoptr(AssayLabel) label = rule == NULL ? NULL : assay_label_new_group(rule, NULL);
    AssayObserveConfig config = ASSAY_OBSERVE_CONFIG_DEFAULT;
    g_autoptr(AssayObservation) observation = NULL;

    config.group_by = label;
    observation = assay_observe(own, &config, NULL);
    g_assert_cmpstr(assay_groups_of_item(table, observation, 0), ==, expected);
}

#define ONE "1111111111112222222222223333333333334444444444445555555555556666"

/* The table first, then the rule, then the piece that it was cut from: by name and content. */
static void
test_item(void)
{
    g_autoptr(AssayGroups) table = corpus_groups("w=table");

    check_item(window("w", "p", ONE), table, "^.", "table");
    check_item(window("v", "p", ONE), table, "^.", "v");
    check_item(window("v", "p", ONE), table, "no", "p@111111111111");
    check_item(window("v", "p", ONE), NULL, NULL, "p@111111111111");
    check_item(window("v", "p", "1234"), NULL, NULL, "p@x/y.mid");
    check_item(window("v", "p", NULL), NULL, NULL, "p@x/y.mid");
    check_item(window("v", "", ONE), NULL, NULL, NULL);
    check_item(corpus_chroma("v", "C D"), NULL, NULL, NULL);
    check_item(corpus_chroma("v", "C D|D E"), NULL, "v\\[0\\]", "v[0]");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);

    g_test_add_func("/groups/find", test_find);
    g_test_add_func("/groups/table", test_table);
    g_test_add_func("/groups/refused", test_refused);
    g_test_add_func("/groups/item", test_item);
    return g_test_run();
}
