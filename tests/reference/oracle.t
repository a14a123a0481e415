#!/usr/bin/perl
# oracle.t - item by item, the programs agree with an independent program (oracle.py): events,
# violations and exact p, with groups and without, by step and by change, for support thresholds, for
# transitions of each order and for other grids, in seconds as well, and for items of an array; and on
# what items start and end with.
#
# SPDX-License-Identifier: GPL-3.0-or-later
use strict;
use warnings;
use File::Temp qw(tempdir);
use FindBin;
use IPC::Open2 qw(open2);
use JSON::PP qw(decode_json);
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

# One oracle is asked for everything, and so reads each file once. What it says: lines.
my $oracle = open2(my $answers, my $questions, $python, "$FindBin::RealBin/oracle.py", 'lines');

sub ask {
    my @lines;
    local $SIG{PIPE} = 'IGNORE';    # an oracle that has died says nothing
    print $questions join("\t", @_), "\n";
    $questions->flush;
    while (defined(my $line = <$answers>)) {
        chomp $line;
        return @lines if $line eq '';
        push @lines, $line;
    }
    fail("the oracle answers: @_");
    return;
}

# What the oracle says of each item of a set: "item rule column" => value.
sub oracle {
    my ($corpus, $set, @options) = @_;
    my %values;
    for (ask('check', $corpus, $set, '--per-item', @options)) {
        my ($key, $value) = split /\t/;
        $values{"$1 $rule_of{$2} $3"} = $value
            if $key =~ m{^([^/]+/[^/.]+|\w+\[\d+\])\.(transition|duration)\.(events|violations|p_exact)$};
    }
    # It lists the items of the corpus too, which have no p.
    my %judged = map { /^(.*) p_exact$/ ? ($1 => 1) : () } keys %values;
    delete @values{ grep { !$judged{s/ \w+$//r} } keys %values };
    return \%values;
}

sub ours {
    my ($corpus, $roll, $groups, $options, $set, $order) = @_;
    my %values;
    my $stream = "assay-roll -q $roll";
    is(system("$stream $corpus | assay-chroma -q | assay-mine -q --order=$order $groups -o $scratch/spec.json"), 0, "mine $roll $groups, order $order");
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

# A chord in letters, as the number that the oracle says.
sub state_of {
    my ($chord) = @_;
    my %class = (C => 0, D => 2, E => 4, F => 5, G => 7, A => 9, B => 11);
    my $state = 0;
    for (split /-/, $chord eq 'rest' ? '' : $chord) {
        my ($letter, $signs) = /^([A-G])(#*|b*)$/ or die "$chord is no chord";
        $state |= 1 << ($class{$letter} + ($signs =~ tr/#//) - ($signs =~ tr/b//)) % 12;
    }
    return $state;
}

# Holds the two against each other.
sub compare {
    my ($what, $wanted, $got) = @_;
    my @wrong = grep {
        my ($x, $y) = ($got->{$_} // 'missing', $wanted->{$_});
        $x ne $y && !($x =~ /^[\d.e-]+$/ && $y =~ /^[\d.e-]+$/ && abs($x - $y) <= 1e-12);
    } sort keys %$wanted;
    my $n = keys %$wanted;
    ok($n > 0 && !@wrong, "$what: $n figures agree")
        or diag(map { "$_: ours @{[$got->{$_} // 'missing']}, the oracle's $wanted->{$_}\n" } @wrong[0 .. ($#wrong < 4 ? $#wrong : 4)]);
}

# options of assay-roll, groups?, options of assay-check, options of the oracle, set, order.
my @trials = (
    ['--step=1/16', 0, '',               '',               'tonicnet/16th'],
    ['--step=1/16', 1, '',               '',               'js-fakes/midi'],
    ['--step=1/16', 1, '--by-change',    '--changes',      'js-fakes/midi'],
    ['--step=1/16', 0, '--min-groups=2', '--min-groups 2', 'deepbach/m4-1206'],
    ['--step=1/16', 1, '--min-groups=3', '--min-groups 3', 'tonicnet/smoothed'],
    ['--step=1/16', 1, '--by-change --min-groups=2', '--changes --min-groups 2', 'nottingham/midi'],
    ['--step=1/8',  1, '',               '--step 1/8',     'openmsx/midi'],
    ['--step=1/24', 0, '',               '--step 1/24',    'tonicnet/16th'],
    ['--fps=10',    1, '',               '--fps 10',       'openmsx/midi'],
    ['--fps=25/2',  0, '--min-groups=2', '--fps 25/2 --min-groups 2', 'js-fakes/midi'],
    ['--step=1/16', 1, '',               '',               'tonicnet/16th', 2],
    ['--step=1/16', 0, '--by-change',    '--changes',      'js-fakes/midi', 2],
    ['--step=1/8',  1, '--min-groups=2', '--step 1/8 --min-groups 2', 'js-fakes/midi', 3],
    ['--step=1/16', 1, '--by-change --min-groups=3', '--changes --min-groups 3', 'tonicnet/16th', 3],
    ['--fps=10',    1, '--by-change',    '--changes --fps 10', 'openmsx/midi', 4],
);
for (@trials) {
    my ($roll, $grouped, $ours, $theirs, $set, $order) = @$_;
    next unless -d "$data/$set";
    $order //= 1;
    compare(
        "$set, $roll, order $order, groups $grouped, $ours",
        oracle($train, "$data/$set", split(' ', $theirs), '--order', $order, $grouped ? ('--groups', $same) : ()),
        ours($train, $roll, $grouped ? "--groups $scratch/groups.tsv" : '', $ours, "$data/$set", $order),
    );
}

# What items start and end with: the rows of the spec, and what the oracle says.
for my $order (1 .. 4) {
    my @wanted = ask('ends', $train, '--order', $order);
    is(system("assay-mine -q --order=$order $train -o $scratch/ends.json"), 0, "mine, order $order");
    open my $spec, '<:raw', "$scratch/ends.json" or die;
    my $rule = decode_json(join '', <$spec>)->{rules}{'chroma-transition'};
    close $spec;
    my @got;
    for my $side (qw(start end)) {
        for my $row (@{ $rule->{"${side}s"} }) {
            my ($count, @chords) = reverse @$row;
            push @got, "$side\t" . join(' ', map { state_of($_) } reverse @chords) . "\t$count";
        }
    }
    is_deeply([sort @got], [sort @wanted], "order $order: " . @wanted . ' starts and ends agree');
}

# Patches of an array, by the chorale that they were cut from.
{
    my ($corpus, $chorales) = map { "$data/bach-gan/train_patches.$_" } 'npy', 'tsv';
    open my $in, '<', $chorales or die;
    open my $out, '>', "$scratch/patches.tsv" or die;
    print $out "item\tgroup\n";
    while (<$in>) {
        my ($index, undef, $chorale) = split /\t/;
        print $out "train_patches[$index]\t$chorale\n" if $index =~ /^\d+$/;
    }
    close $out or die;
    for my $set (qw(test_patches iwgan)) {
        my $wanted = oracle($corpus, "$data/bach-gan/$set.npy", '--groups', $chorales);
        my $got = ours($corpus, '--axes=item,pitch,time --pitch-low=30 --threshold=0.5',
            "--groups $scratch/patches.tsv", '', "$data/bach-gan/$set.npy", 1);
        compare("$set, by chorale", $wanted, $got);
    }
}
close $questions;
waitpid $oracle, 0;
is($?, 0, 'the oracle is content');
done_testing();
