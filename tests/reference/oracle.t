#!/usr/bin/perl
# oracle.t - item by item, the programs agree with an independent program (oracle.py): events,
# violations and exact p, with groups and without, by step and by change, for support thresholds and
# for other grids.
#
# SPDX-License-Identifier: GPL-3.0-or-later
use strict;
use warnings;
use File::Temp qw(tempdir);
use FindBin;
use Test::More;

my $data = $ENV{ASSAY_SHARED_DATA} // '';
plan skip_all => 'the reference data is not here (ASSAY_SHARED_DATA)' unless -d "$data/bach-kern/midi";
my ($python) = grep { system("$_ -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null") == 0 }
    '/usr/bin/python3', 'python3';
plan skip_all => 'Python 3.10 or later is not here' unless $python;
$ENV{PATH} = ($ENV{ASSAY_BUILD} // 'build') . "/bin:$ENV{PATH}";
my $scratch = tempdir(CLEANUP => 1);
my $train = "$data/bach-kern/midi";
my $same = "$data/bach-kern/same-piece.tsv";

{
    open my $in, '<', $same or die;
    open my $out, '>', "$scratch/groups.tsv" or die;
    print $out "item\tgroup\n";
    while (<$in>) {
        my @members = map { /^k:(\S+)/ ? $1 : () } split /\t/;
        print $out "$_\tline $.\n" for @members;
    }
    close $out or die;
}

my %rule_of = (transition => 'chroma-transition', duration => 'duration');

# What the oracle says of each item of a set: "item rule column" => value.
sub oracle {
    my ($options, $set) = @_;
    my %values;
    open my $in, '-|', "$python $FindBin::RealBin/oracle.py check $train $set --per-item $options" or die;
    while (<$in>) {
        chomp;
        my ($key, $value) = split /\t/;
        $values{"$1 $rule_of{$2} $3"} = $value
            if $key =~ m{^([^/]+/[^/.]+)\.(transition|duration)\.(events|violations|p_exact)$};
    }
    close $in;
    is($?, 0, "oracle $options");
    # It lists the items of the corpus too, which have no p.
    my %judged = map { /^(.*) p_exact$/ ? ($1 => 1) : () } keys %values;
    delete @values{ grep { !$judged{s/ \w+$//r} } keys %values };
    return \%values;
}

sub ours {
    my ($step, $groups, $options, $set) = @_;
    my %values;
    my $stream = "assay-roll -q --step=$step";
    is(system("$stream $train | assay-chroma -q | assay-mine -q $groups -o $scratch/spec.json"), 0, "mine $step $groups");
    open my $in, '-|', "$stream $set | assay-chroma -q | assay-check -q -s $scratch/spec.json --per-item $options" or die;
    my @columns = split /\s+/, <$in>;
    while (<$in>) {
        chomp;
        my %row;
        @row{@columns} = split /\t/;
        $values{"$row{item} $row{rule} events"} = $row{events};
        $values{"$row{item} $row{rule} violations"} = $row{violations};
        $values{"$row{item} $row{rule} p_exact"} = $row{p};
    }
    close $in;
    is($?, 0, "check $options");
    return \%values;
}

# step, groups?, options of assay-check, options of the oracle, set.
my @trials = (
    ['1/16', 0, '',                '',                         'tonicnet/16th'],
    ['1/16', 1, '',                '',                         'js-fakes/midi'],
    ['1/16', 1, '--by-change',     '--changes',                'js-fakes/midi'],
    ['1/16', 0, '--min-groups=2',  '--min-groups 2',           'deepbach/m4-1206'],
    ['1/16', 1, '--min-groups=3',  '--min-groups 3',           'tonicnet/smoothed'],
    ['1/8',  1, '',                '--step 1/8',               'openmsx/midi'],
    ['1/24', 0, '',                '--step 1/24',              'tonicnet/16th'],
);
for (@trials) {
    my ($step, $grouped, $ours, $theirs, $set) = @$_;
    next unless -d "$data/$set";
    my $wanted = oracle($theirs . ($grouped ? " --groups $same" : ''), "$data/$set");
    my $got = ours($step, $grouped ? "--groups $scratch/groups.tsv" : '', $ours, "$data/$set");
    my @wrong = grep {
        my ($x, $y) = ($got->{$_} // 'missing', $wanted->{$_});
        $x ne $y && !($x =~ /^[\d.e-]+$/ && $y =~ /^[\d.e-]+$/ && abs($x - $y) <= 1e-12);
    } sort keys %$wanted;
    my $n = keys %$wanted;
    ok($n > 0 && !@wrong, "$set, step $step, groups $grouped, $ours: $n figures agree")
        or diag(map { "$_: ours @{[$got->{$_} // 'missing']}, the oracle's $wanted->{$_}\n" } @wrong[0 .. ($#wrong < 4 ? $#wrong : 4)]);
}
done_testing();
