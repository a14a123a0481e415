#!/usr/bin/perl
# threaded.t - the golden cases that the thread sanitizer is shown meet whatever any case meets, and
# none of them is needless.
#
# SPDX-License-Identifier: GPL-3.0-or-later
use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin, "$FindBin::RealBin/..";
use Cases qw(find_cases);
use Lint;
use Test::More;
use Threaded;

# How many of these cases meet each thing.
sub count_met {
    my %times;
    for my $case (@_) {
        $times{$_}++ for met_by($case);
    }
    return \%times;
}

my @all    = find_cases();
my @chosen = with_threads(@all);
my ($by_all, $by_chosen) = map { count_met(@$_) } \@all, \@chosen;
cmp_ok(scalar keys %$by_all, '>', 500, 'programs that have threads meet much');
no_offenders('what any case meets, a chosen one does',
    map { $by_chosen->{$_} ? () : "no chosen case meets $_" } sort keys %$by_all);
no_offenders('each chosen case meets what no other does',
    map { my $case = $_; (grep { $by_chosen->{$_} < 2 } met_by($case)) ? () : $case } @chosen);
done_testing();
