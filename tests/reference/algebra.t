#!/usr/bin/perl
# algebra.t - what specs of real corpora have in common and what they do not, against sets counted
# again from the JSON by an independent program (algebra.py), for orders 1 and 2 and thresholds; and the
# rate of the one corpus by the spec of the other, which assay-check has to find too.
#
# SPDX-License-Identifier: GPL-3.0-or-later
use strict;
use warnings;
use File::Temp qw(tempdir);
use FindBin;
use Test::More;

my $data = $ENV{ASSAY_SHARED_DATA} // '';
my %corpora = map { $_ => "$data/$_/midi" } qw(jsb palestrina);
plan skip_all => 'the reference data is not here (ASSAY_SHARED_DATA)' if grep { !-d } values %corpora;
my ($python) = grep { system("$_ -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null") == 0 }
    '/usr/bin/python3', 'python3';
plan skip_all => 'Python 3.10 or later is not here' unless $python;
$ENV{PATH} = ($ENV{ASSAY_BUILD} // 'build') . "/bin:$ENV{PATH}";
my $scratch = tempdir(CLEANUP => 1);

sub run {
    my ($command) = @_;
    my $output = qx(cd '$scratch' && $command);
    is($?, 0, $command);
    return $output;
}

for my $order (1, 2) {
    run("assay-mine -q --order=$order '$corpora{$_}' -o $_$order.json") for sort keys %corpora;
    my ($a, $b) = ("jsb$order.json", "palestrina$order.json");
    run("assay-spec intersect $a $b -o common.json");
    for my $groups (1, 3, 8) {
        my $told = run("assay-spec diff --both --min-groups=$groups $a $b 2>&1 > diff.tsv");
        my $counted = run("$python '$FindBin::RealBin/algebra.py' $a $b $groups common.json diff.tsv");
        $told =~ tr/,//d;
        for my $line (split /\n/, $counted) {
            my ($rule, $n_a, $n_b, $both, $share, $jaccard, $weighted, $strange) = split / /, $line;
            my $ok = defined $strange
                && $told =~ /$rule: \S+ allows $n_a kinds of \w+ \S+ $n_b: both $both /
                && $told =~ /$rule: \Q$share\E % of .*Jaccard \Q$jaccard\E weighted by occurrences \Q$weighted\E$/m;
            ok($ok, "order $order, $groups groups: $line") or diag($told);
            next unless $groups < 8;
            my ($row) = grep { /\t$rule\t/ }
                split /\n/, run("assay-check -q -s $b --summary --min-groups=$groups set='$corpora{jsb}'");
            is((split /\t/, $row)[5], $strange, "assay-check finds as many violations of $rule");
        }
    }
}
done_testing();
