#!/usr/bin/perl
# specs.t - the specs that ship are valid.
#
# SPDX-License-Identifier: GPL-3.0-or-later
use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Lint;
use Test::More;

my @specs = project_files(qr{^specs/.*\.spec\.json$});
plan skip_all => 'no spec ships' unless @specs;
for my $spec (@specs) {
    my @complaints = qx('$build/bin/assay-spec' validate '$spec' 2>&1);
    chomp @complaints;
    @complaints = () if $? == 0;
    push @complaints, 'assay-spec validate: status ' . ($? >> 8) if $? != 0;
    no_offenders("$spec is valid", @complaints);
}
done_testing();
