#!/usr/bin/perl
# examples.t - the examples of the manual pages and of --help run.
#
# In a section EXAMPLES a line `$ COMMAND` is a command (in a display, or .Dl); one that ends with a
# backslash goes on in the next line. The commands of a page run one after the other in a scratch
# folder that holds everything in tests/data under its own name, and the scripts in Python that the
# page shows. Each program of a pipe must succeed; `# exits N` behind a command says otherwise (of its
# last program).
#
# SPDX-License-Identifier: GPL-3.0-or-later
use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Lint;
use Test::More;

plan skip_all => 'mandoc is not installed' unless have('mandoc');
my @pages = project_files(qr{^man/.*\.\d$});
plan skip_all => 'there are no manual pages' unless @pages;

my $script = <<'END';
ulimit -c 0
%s
statuses=("${PIPESTATUS[@]}")
for status in "${statuses[@]}"; do
    # 141: its reader, say head(1), had enough.
    case $status in
    0 | 141) ;;
    *) exit "$status" ;;
    esac
done
END

sub commands {
    my @commands;
    my $goes_on = 0;
    for my $line (@_) {
        if ($goes_on) {
            $commands[-1] .= "\n$line";
        } elsif ($line =~ /^\s*\$ (.*)$/) {
            push @commands, $1;
        } else {
            next;
        }
        $goes_on = $commands[-1] =~ /\\$/;
    }
    return @commands;
}

sub run_examples {
    my ($where, $page, @commands) = @_;
    my $scratch = scratch_folder($page);
    for my $command (@commands) {
        my $expected = $command =~ /# exits (\d+)\s*$/ ? $1 : 0;
        my $lacking = lacking($command);
        SKIP: { skip "$lacking is not installed", 1 if defined $lacking; }
        next if defined $lacking;
        open my $file, '>', "$scratch/.example" or die "$scratch: $!\n";
        print $file sprintf $script, $command;
        close $file or die "$scratch: $!\n";
        my $output = qx(cd '$scratch' && timeout 60 bash .example 2>&1 </dev/null);
        my $status = $? >> 8;
        (my $line = $command) =~ s/\\\n\s*//g;
        ok($status == $expected, "$where: $line")
            or diag("status $status, expected $expected\n$output");
        unlink "$scratch/.example";
    }
}

delete @ENV{qw(ASSAY_JOBS ASSAY_SPECS)};
for my $page (@pages) {
    my @commands = commands(section(render_page($page), 'EXAMPLES'));
    ok(@commands || $page !~ /\.1$/, "$page has examples");
    run_examples($page, $page, @commands);
}
for my $tool (grep { -x "$build/bin/$_" } tools()) {
    my ($example) = qx('$build/bin/$tool' --help </dev/null 2>&1) =~ /^Example:\n  (.+)\n/m;
    run_examples("$tool --help", undef, $example) if defined $example;
}
done_testing();
