#!/usr/bin/perl
# format.t - C sources are as clang-format leaves them; scripts parse.
#
# SPDX-License-Identifier: GPL-3.0-or-later
use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Lint;
use Test::More;

sub scripts {
    my ($interpreter) = @_;
    return grep { !m{^tests/cli/} && slurp($_) =~ /\A#!.*\b$interpreter\b/ }
        project_files(qr{^[^.]+(\.(t|sh))?$|^\.ci/});
}

SKIP: {
    my ($program) = grep { have($_) } qw(clang-format-14 clang-format);
    skip 'clang-format is not installed', 1 unless $program;
    # Later versions lay out some lines otherwise.
    skip "$program is not version 14", 1 unless qx($program --version) =~ /version 14\./;
    my @files = map { "'$_'" } project_files(qr{^(libaudit|tools|tests|bench)/.*\.[ch]$});
    my @lines = qx($program --dry-run --Werror @files 2>&1);
    my %differing;
    for (@lines) {
        $differing{$1} //= "$1:$2: ./run format would change this" if /^([^:]+):(\d+):\d+: error/;
    }
    no_offenders('C sources are formatted', map { $differing{$_} } sort keys %differing);
}

my @scripts = scripts('(?:ba)?sh');
no_offenders('shell scripts parse', map { split /\n/, qx(bash -n '$_' 2>&1) } @scripts);

SKIP: {
    skip 'shellcheck is not installed', 1 unless have('shellcheck');
    no_offenders('shell scripts pass shellcheck',
        map { split /\n/, qx(shellcheck -f gcc '$_') } @scripts);
}
done_testing();
