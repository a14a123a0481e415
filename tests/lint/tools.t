#!/usr/bin/perl
# tools.t - every tool has a page, a golden case and a row in the README, and no page or case is
# without its tool. Cases of several tools in a pipe are under tests/cli/pipelines/.
#
# SPDX-License-Identifier: GPL-3.0-or-later
use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Lint;
use Test::More;

my %tool   = map { ($_ => 1) } tools();
my $readme = -f 'README.md' ? slurp('README.md') : '';
plan skip_all => 'there are no tools' unless %tool;

no_offenders('every tool is built',
    map { "$_: not in $build/bin" } grep { !-x "$build/bin/$_" } sort keys %tool);
no_offenders('every tool has a manual page',
    map { "$_: no man/$_.1" } grep { !-f "man/$_.1" } sort keys %tool);
no_offenders('every manual page of section 1 has its tool',
    grep { m{/(.+)\.1$} && !$tool{$1} } project_files(qr{^man/.*\.1$}));
no_offenders('every tool has a golden case',
    map { "$_: no tests/cli/$_/CASE/cmd" }
        grep { !(() = glob "tests/cli/$_/*/cmd") } sort keys %tool);
no_offenders('every golden case belongs to a tool',
    grep { m{^tests/cli/([^/]+)/} && !$tool{$1} }
        project_files(qr{^tests/cli/(?!pipelines/).*/cmd$}));
no_offenders('every tool has a row in the README',
    map { "$_: no row of a table in README.md begins with it" }
        grep { $readme !~ /^\|[^|\n]*(?<![\w-])\Q$_\E(?![\w-])/m } sort keys %tool);
done_testing();
