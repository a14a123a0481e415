#!/usr/bin/perl
# source.t - what holds for the text of every file.
#
# SPDX-License-Identifier: GPL-3.0-or-later
use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Lint;
use Test::More;

use constant LONGEST => 600;

# To be copied into other projects, it is one file; what it has in parts is marked in it.
my $in_one_piece = 'python/assay.py';

# Data and what programs printed are as they are.
my $data = qr{^(LICENSE|tests/(cli|data|fuzz/corpus)/.*(?<!/cmd)|specs/.*\.spec\.json)$};

# Unfinished work and paths of one machine; spelled so that this file does not contain them.
my $unwanted = join '|', map { s/_//r } 'TO_DO', 'FIX_ME', '/wo_rk/', '/ho_me/';

my (@spdx, @blanks, @tabs, @ends, @long, @unwanted, @titles, @once);

for my $file (grep { -T } project_files(qr{.})) {
    my $text   = slurp($file);
    my $number = 0;
    while ($text =~ /($unwanted)/g) {
        my $line = 1 + (substr($text, 0, $-[0]) =~ tr/\n//);
        push @unwanted, "$file:$line: $1";
    }
    next if $file =~ $data;

    my $is_source = $file !~ m{^tests/cli/}
        && ($file =~ m{\.(c|h|cmake|pl|pm|py|sh|t|mk)$|(^|/)(CMakeLists\.txt|Makefile)$}
            || $text =~ /\A#!/);
    push @spdx, "$file: has no SPDX-License-Identifier"
        if $is_source && $text !~ /SPDX-License-Identifier: /;

    my @lines = split /\n/, $text, -1;
    for my $line (@lines) {
        $number++;
        push @blanks, "$file:$number: blanks at the end" if $line =~ /[ \t\r]$/;
        push @tabs,   "$file:$number: a tab" if $is_source && $line =~ /^ *\t/;
    }
    push @ends, "$file: ends without a newline" if $text =~ /[^\n]\z/;
    push @ends, "$file: ends with an empty line" if $text =~ /\n\n\z/;
    push @long, "$file: $#lines lines"
        if $is_source && $#lines > LONGEST && $file ne $in_one_piece;

    if (my ($header) = $file =~ m{^libaudit/(.+\.h)$}) {
        push @titles, "$file: does not begin with \"/* $header - \""
            if index($text, "/* $header - ") != 0;
    }
    push @once, "$file: has no #pragma once" if $file =~ /\.h$/ && $text !~ /^#pragma once$/m;
}

no_offenders('every source names its licence', @spdx);
no_offenders('no blanks at the end of a line', @blanks);
no_offenders('no tabs for indentation', @tabs);
no_offenders('files end with one newline', @ends);
no_offenders('no source is longer than ' . LONGEST . ' lines', @long);
no_offenders('nothing unfinished, no path of one machine', @unwanted);
no_offenders('headers say who they are', @titles);
no_offenders('headers are read once', @once);
done_testing();
