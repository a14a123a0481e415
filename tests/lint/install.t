#!/usr/bin/perl
# install.t - what is installed is enough for others to build on: headers, library, pkg-config.
#
# SPDX-License-Identifier: GPL-3.0-or-later
use strict;
use warnings;
use File::Temp qw(tempdir);
use FindBin;
use lib $FindBin::RealBin;
use Lint;
use Test::More;

my $scratch = tempdir(CLEANUP => 1);
my $stage = "$scratch/stage";

sub succeeds {
    my ($name, @command) = @_;
    my $log = "$scratch/log";
    my $pid = fork() // die "fork: $!\n";
    if ($pid == 0) {
        open STDOUT, '>', $log or die "$log: $!\n";
        open STDERR, '>&', \*STDOUT or die "$log: $!\n";
        exec @command or die "$command[0]: $!\n";
    }
    waitpid $pid, 0;
    return ok($? == 0, $name) || diag(slurp($log));
}

succeeds('cmake --install', 'cmake', '--install', $build, '--prefix', $stage);
my ($pc) = glob "$stage/lib*/{*/,}pkgconfig/assay.pc";
ok(defined $pc, 'assay.pc is installed') or BAIL_OUT('there is no assay.pc');
# The prefix was fixed when the build was configured; here it lies elsewhere.
my $file;
for my $path ($pc, $pc =~ s/assay\.pc$/assay-synth.pc/r) {
    my $text = slurp($path) =~ s/^prefix=.*/prefix=$stage/mr;
    open $file, '>', $path or die "$path: $!\n";
    print $file $text;
    close $file or die "$path: $!\n";
}
$ENV{PKG_CONFIG_PATH} = $pc =~ s{/[^/]*$}{}r;

open $file, '>', "$scratch/user.c" or die "$scratch: $!\n";
print $file <<'END';
#include <assay/assay.h>

int
main(void)
{
    return assay_error_quark() == 0;
}
END
close $file or die "$scratch: $!\n";

my $lib = $pc =~ s{/pkgconfig/.*$}{}r;
my $flags = qx(pkg-config --cflags --libs assay);
# pkg-config --static would go on to what libarchive itself needs for a static link.
my $others = join ' ', split ' ', qx(pkg-config --print-requires-private assay);
my $static_flags = $flags =~ s/-lassay\b/-l:libassay.a/r . qx(pkg-config --libs $others);
$_ = join ' ', split ' ' for $flags, $static_flags;
my @strict = qw(-std=c11 -Wall -Wextra -Wpedantic -Werror);

succeeds('a program builds on the shared library',
    'sh', '-c', "cc @strict -o '$scratch/shared' '$scratch/user.c' $flags -Wl,-rpath,'$lib'");
succeeds('and runs', "$scratch/shared");
succeeds('a program builds on the static library',
    'sh', '-c', "cc @strict -o '$scratch/static' '$scratch/user.c' $static_flags");
succeeds('and runs', "$scratch/static");

open $file, '>', "$scratch/synth.c" or die "$scratch: $!\n";
print $file <<'END';
#include <assay/synth/synth.h>

int
main(void)
{
    AssayRenderConfig config = ASSAY_RENDER_CONFIG_DEFAULT;
    GError *error = NULL;

    return !assay_render_config_set(&config, "rate", "16000", &error);
}
END
close $file or die "$scratch: $!\n";
my $synth_flags = join ' ', split ' ', qx(pkg-config --cflags --libs assay-synth);
succeeds('a program builds on libassay-synth',
    'sh', '-c', "cc @strict -o '$scratch/synth' '$scratch/synth.c' $synth_flags -Wl,-rpath,'$lib'");
succeeds('and runs', "$scratch/synth");

# Each header stands on its own.
my @lacking;
for my $header (sort glob "$stage/include/assay/*/*.h") {
    my ($name) = $header =~ m{/include/(.*)$};
    my $cflags = qx(pkg-config --cflags assay);
    chomp $cflags;
    my $output = qx(echo '#include <$name>
typedef int one;' | cc @strict -fsyntax-only -x c $cflags - 2>&1);
    push @lacking, "$name: $output" if $? != 0;
}
no_offenders('each header can be included alone', @lacking);

SKIP: {
    my $python = "import sys, assay; assert assay.__file__.startswith(sys.argv[1]);"
        . ' assay.spec("bach-chorales")';
    skip 'python3-numpy is not installed', 1 if defined lacking('python3');
    local $ENV{PYTHONPATH} = "$stage/share/assay/python";
    succeeds('assay.py is installed, and finds the specs', 'python3', '-c', $python, $stage);
}

my %installed = map { m{/([^/]+)$} ? ($1 => 1) : () } glob "$stage/bin/*";
no_offenders('every tool is installed', grep { !$installed{$_} } tools());
done_testing();
