#!/usr/bin/perl
# shown.t - what README.md and the manual pages show is what the programs print.
#
#   tests/lint/shown.t [--redo]
#
# In a block ```console of README.md, and in a literal display under EXAMPLES of a page, a line
# `$ COMMAND` is a command (one that ends with a backslash goes on in the next line), and what
# follows it is what a terminal shows: the lines up to the next command or the end, blank lines at
# the end aside. In a page a command without such lines is not looked at here; examples.t runs it.
# A line `...` stands for any lines; a command of a program that is not installed is passed over.
# The commands of a document run one after the other, as in
# examples.t; `$ name=value` holds for those after it. A block whose first line is `# needs FOLDER`
# is passed over where that folder is not there.
#
# --redo writes what is shown in README.md anew; read `git diff` afterwards.
#
# SPDX-License-Identifier: GPL-3.0-or-later
use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Lint;
use Test::More;

my $redo = grep { $_ eq '--redo' } @ARGV;
plan skip_all => 'script(1) is not installed, or has no terminal to offer'
    unless have('script') && system('script -qec true /dev/null </dev/null >/dev/null 2>&1') == 0;
delete @ENV{qw(ASSAY_JOBS ASSAY_SPECS COLUMNS LINES NO_COLOR)};
$ENV{TERM} = 'dumb';

# [{command, shown => [lines]}] of the lines of a block, and its first line if that is a remark.
sub sessions {
    my @sessions;
    my $goes_on = 0;
    for my $line (@_) {
        if ($goes_on) {
            $sessions[-1]{command} .= "\n$line";
        } elsif ($line =~ /^\$ (.*)$/s) {
            push @sessions, { command => $1, shown => [] };
        } else {
            push @{ $sessions[-1]{shown} }, $line if @sessions;
            next;
        }
        $goes_on = $sessions[-1]{command} =~ /\\$/;
    }
    for my $session (@sessions) {
        pop @{ $session->{shown} } while @{ $session->{shown} } && $session->{shown}[-1] eq '';
    }
    return @sessions;
}

# What a terminal shows of a command.
sub printed {
    my ($scratch, $prelude, $command) = @_;
    open my $file, '>', "$scratch/.shown" or die "$scratch: $!\n";
    print $file "ulimit -c 0\n$prelude$command\n";
    close $file or die "$scratch: $!\n";
    my $text = qx(cd '$scratch' && timeout 60 script -qec 'bash .shown' /dev/null </dev/null 2>&1);
    $text =~ s/\r\n/\n/g;
    $text =~ s/^[^\n]*\x1b\[K//mg;    # progress
    $text =~ s/\n+\z//;
    return split /\n/, $text, -1;
}

# Runs the sessions of a document; returns complaints. In a page blanks are alike: where a tab was,
# mandoc puts blanks.
sub differences {
    my ($scratch, $prelude, $is_page, @sessions) = @_;
    my $plain = sub { $is_page ? $_[0] =~ s/[ \t]+/ /gr : $_[0] };
    my @complaints;
    for my $session (@sessions) {
        if ($session->{command} =~ /^\w+=\S*(\s+#.*)?$/) {
            $$prelude .= "$session->{command}\n";
            next;
        }
        next if defined lacking($session->{command});
        my @lines = printed($scratch, $$prelude, $session->{command});
        my $pattern = join '', map { $_ eq '...' ? '(?:.*\n)*?' : quotemeta($plain->($_)) . '\n' }
            @{ $session->{shown} };
        $session->{printed} = \@lines;
        next if join('', map { $plain->($_) . "\n" } @lines) =~ /\A$pattern\z/;
        push @complaints, "\$ $session->{command}", (map { "shown:   $_" } @{ $session->{shown} }),
            map { "printed: $_" } @lines;
    }
    return @complaints;
}

sub try_readme {
    my ($readme) = @_;
    my ($scratch, $prelude) = (scratch_folder(), '');
    my (@complaints, @passed_over);
    my $anew = $readme =~ s{^(```console\n)(.*?)^```$}{
        my ($opening, $block) = ($1, $2);
        my ($needs) = $block =~ /\A# needs (\S+)/;
        my @sessions = sessions(split /\n/, $block);
        if (defined $needs && !-d $needs) {
            push @passed_over, $needs;
        } else {
            push @complaints, differences($scratch, \$prelude, 0, @sessions);
            for my $session (grep { $redo && $_->{printed} } @sessions) {
                next if grep { $_ eq '...' } @{ $session->{shown} };
                $session->{shown} = $session->{printed};
            }
            $block = join '', defined $needs ? "# needs $needs\n" : '',
                map { join "\n", "\$ $_->{command}", @{ $_->{shown} }, '' } @sessions if $redo;
        }
        $opening . $block . '```';
    }gemsr;
    return ($anew, \@complaints, \@passed_over);
}

if (-f 'README.md') {
    my ($anew, $complaints, $passed_over) = try_readme(slurp('README.md'));
    if ($redo) {
        open my $file, '>:raw', 'README.md' or die "README.md: $!\n";
        print $file $anew or die "README.md: $!\n";
        close $file or die "README.md: $!\n";
        (undef, $complaints, $passed_over) = try_readme($anew);
    }
    no_offenders('README.md shows what is printed', @$complaints);
    diag("passed over what needs $_") for @$passed_over;
}

my @pages = have('mandoc') ? project_files(qr{^man/.*\.\d$}) : ();
for my $page (@pages) {
    my ($scratch, $prelude) = (scratch_folder($page), '');
    my @lines = map { s/^     //r } section(render_page($page), 'EXAMPLES');
    my @complaints;
    # A session ends with an empty line: text goes on after it.
    for my $block (split /\n\n+/, join "\n", @lines) {
        for my $session (sessions(split /\n/, $block)) {
            if (@{ $session->{shown} }) {
                push @complaints, differences($scratch, \$prelude, 1, $session);
            } else {
                printed($scratch, $prelude, $session->{command});
            }
        }
    }
    no_offenders("$page shows what is printed", @complaints);
}
done_testing();
