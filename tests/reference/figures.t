#!/usr/bin/perl
# figures.t - the programs give the published figures of real and generated corpora, to the last
# count: chorales of Bach, their imitations, other music, and piano-roll patches of a GAN.
#
# The figures were computed by other programs than ours. Needs the reference data; skipped without.
#
# SPDX-License-Identifier: GPL-3.0-or-later
use strict;
use warnings;
use File::Temp qw(tempdir);
use Test::More;

my $data = $ENV{ASSAY_SHARED_DATA} // '';
plan skip_all => 'the reference data is not here (ASSAY_SHARED_DATA)' unless -d "$data/bach-kern/midi";
my $bin = ($ENV{ASSAY_BUILD} // 'build') . '/bin';
$ENV{PATH} = "$bin:$ENV{PATH}";
my $scratch = tempdir(CLEANUP => 1);

sub run {
    my ($command) = @_;
    my $out = qx($command);
    is($?, 0, $command =~ s/\Q$data\E\///gr =~ s/\Q$scratch\E\///gr) or diag($out);
    return $out;
}

# A summary as set => rule => column => value.
sub summary {
    my @lines = split /\n/, run("assay-check -q --summary $_[0]");
    my @columns = split /\t/, shift @lines;
    my %rows;
    for (@lines) {
        my %row;
        @row{@columns} = split /\t/;
        $rows{ $row{set} }{ $row{rule} } = \%row;
    }
    return \%rows;
}

sub near {
    my ($got, $wanted, $tolerance, $what) = @_;
    ok(abs($got - $wanted) <= $tolerance, $what) or diag("got $got, wanted $wanted");
}

# Groups: pieces that are the same chorale under several numbers.
{
    open my $in, '<', "$data/bach-kern/same-piece.tsv" or die;
    open my $out, '>', "$scratch/groups.tsv" or die;
    print $out "item\tgroup\n";
    while (<$in>) {
        my @members = map { /^k:(\S+)/ ? $1 : () } split /\t/;
        print $out "$_\tline $.\n" for @members;
    }
    close $out or die;
}

my $bach = "$scratch/bach.json";
my $grouped = "$scratch/grouped.json";
run("assay-mine -q $data/bach-kern/midi -o $bach");
run("assay-mine -q --groups $scratch/groups.tsv $data/bach-kern/midi -o $grouped");

# The corpus.
my $text = run("assay-spec show $bach");
like($text, qr/58,534 transitions of 4,979 kinds between 429 chords/, 'transitions of the chorales');
like($text, qr/seen once: 2,259; in one group only: 2,331; unseen mass \(Good-Turing\): 3\.86 %/,
    'single transitions, those of one piece, Good and Turing');
like($text, qr/half of them: at most 3\.3 %; nine in ten: at most 8\.18 %/, 'quantiles, each piece its own group');
like($text, qr/63,049 notes of 22 kinds/, 'notes of the chorales');
like($text, qr/^    1 +32,878 /m, 'quarter notes');
like($text, qr/^    1\/2 +21,879 /m, 'eighths');
like($text, qr/^    2 +4,096 /m, 'half notes');
$text = run("assay-spec show $grouped");
like($text, qr/274 items in 249 groups/, 'groups of the chorales');
like($text, qr/half of them: at most 3\.66 %/, 'the median with groups');

# Other sets: pieces, transitions, violations, share flagged, violations of note lengths, notes.
my @sets = (
    ['js-fakes/midi',   375, 70763,  6371,  34.4, 0,     79413],
    ['deepbach/m4-1206', 262, 16506, 1645,  41.2, 0,     19773],
    ['tonicnet/16th',   7,   1025,   73,    28.6, 0,     4128],
    ['palestrina/midi', 120, 193352, 16153, 33.3, 232,   60270],
    ['nottingham/midi', 198, 101397, 9669,  35.4, 487,   64677],
    ['openmsx/midi',    23,  23758,  14289, 95.7, 25055, 40206],
);
my $rows = summary("-s $bach " . join ' ', map { "$_->[0]=$data/$_->[0]" } @sets);
for (@sets) {
    my ($set, $pieces, $events, $violations, $flagged, $wrong_lengths, $notes) = @$_;
    my ($chords, $lengths) = @{ $rows->{$set} }{qw(chroma-transition duration)};
    is("@$chords{qw(items events violations)}", "$pieces $events $violations", "$set: transitions");
    is("@$lengths{qw(events violations)}", "$notes $wrong_lengths", "$set: note lengths");
    near(100 * $chords->{flagged}, $flagged, .05, "$set: share with p <= .05");
    near($chords->{expected}, .041446, 5e-7, "$set: expected of real unseen pieces");
}
my $again = summary("-s $grouped f=$data/js-fakes/midi")->{f}{'chroma-transition'};
near($again->{expected}, .045632, 5e-7, 'expected with groups');
near(100 * $again->{flagged}, 34.4, .05, 'share flagged with groups');

# Changes of chord alone.
$again = summary("-s $grouped --by-change f=$data/js-fakes/midi")->{f}{'chroma-transition'};
is("@$again{qw(events violations)}", '25987 5844', 'changes of js-fakes');
near($again->{expected}, 2572 / 21159, 1e-12, 'expected of changes, 2,572 of 21,159');

# The corpus against itself.
$again = summary("-s $grouped b=$data/bach-kern/midi")->{b}{'chroma-transition'};
is($again->{violations}, 0, 'a corpus breaks nothing of its own spec');

# Patches of piano roll, items of an array.
my $axes = '--axes=item,pitch,time --pitch-low=30 --threshold=0.5';
my $patches = "$data/bach-gan";
run("assay-roll -q $axes $patches/train_patches.npy > $scratch/train.tar");
run("assay-chroma -q $scratch/train.tar | assay-mine -q -o $scratch/patches.json");
$rows = summary("-s $scratch/patches.json "
        . join ' ', map { "$_=$patches/$_.npy" } qw(train_patches test_patches iwgan));
for (['train_patches', 65898, 0], ['test_patches', 46368, 3068], ['iwgan', 37800, 17704]) {
    my $row = $rows->{ $_->[0] }{'chroma-transition'};
    is("@$row{qw(events violations)}", "$_->[1] $_->[2]", "patches: $_->[0]");
    near($row->{expected}, 625 / 65898, 1e-12, "patches: expected where each is its own group");
}
{
    open my $in, '<', "$patches/train_patches.tsv" or die;
    open my $out, '>', "$scratch/patch-groups.tsv" or die;
    print $out "item\tgroup\n";
    while (<$in>) {
        my ($index, undef, $chorale) = split /\t/;
        print $out "train_patches[$index]\t$chorale\n" if $index =~ /^\d+$/;
    }
    close $out or die;
}
run("assay-chroma -q $scratch/train.tar"
        . " | assay-mine -q --groups $scratch/patch-groups.tsv -o $scratch/by-chorale.json");
$rows = summary("-s $scratch/by-chorale.json test=$patches/test_patches.npy");
near($rows->{test}{'chroma-transition'}{expected}, 4158 / 65898, 1e-12, 'patches: expected by chorale');
run("assay-baseline -q bernoulli $scratch/train.tar | assay-chroma -q > $scratch/noise.tar");
$rows = summary("-s $scratch/patches.json noise=$scratch/noise.tar");
near($rows->{noise}{'chroma-transition'}{rate}, .995, .002, 'noise breaks nearly every transition');

# Walks in the spec of the chorales, of each order: they break nothing, and are as long as chorales.
for my $order (1 .. 3) {
    run("assay-mine -q --order=$order $data/bach-kern/midi -o $scratch/order.json");
    run("assay-baseline walk -q -s $scratch/order.json -n 5000 -o $scratch/walks.tar");
    my $row = summary("-s $scratch/order.json walks=$scratch/walks.tar")->{walks}{'chroma-transition'};
    is("@$row{qw(items violations)}", '5000 0', "walks of order $order break nothing");
    near($row->{events} / 5000, 58534 / 274 + 1 - $order, 15, "walks of order $order are as long as chorales");
}

# The shipped spec is what the recipe makes of this folder.
SKIP: {
    my $source = $ENV{ASSAY_SOURCE} // '.';
    skip 'not run from the source tree', 1 unless -x "$source/corpora/bach-chorales";
    my $made = "$scratch/bach-chorales.spec.json";
    run("$source/corpora/bach-chorales $data/bach-kern/midi $data/bach-kern/same-piece.tsv > $made");
    is(system('cmp', $made, "$source/specs/bach-chorales.spec.json"), 0, 'the shipped spec, made anew');
}
done_testing();
