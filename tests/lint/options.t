#!/usr/bin/perl
# options.t - every option of every program, and of every verb that has a --help of its own, is used
# in a golden case, in each of its forms.
#
#   tests/lint/options.t [--list]
#
# Options are those of --help. One is used where a cmd calls that very program (or that verb of it)
# with it, also behind a pipe, in $(...), or through a function of the cmd. --list prints a case for
# each.
#
# SPDX-License-Identifier: GPL-3.0-or-later
use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Lint;
use Shell;
use Test::More;

# A script in which the reader of shell must find what is called.
my $sample = <<'END';
# assay-roll --in-a-comment
x=$(A=b assay-show -f roll "$DATA/x y" 2>&1 | wc -l); echo "$(assay-spec show --top=3)"
try() { assay-mine "$@" -o out || echo "status $?"; }
if ! try --name='a b' >x; then echo 'assay-roll --in-quotes'; fi
(cd x && timeout 5 assay-diff --max 2 <(assay-roll -j1 a) -) & `assay-check -s x`
cat <<never
assay-roll --in-a-document
never
case $x in
a) on_terminal 'assay-chroma --only; true' ;;
esac
END
$sample = "on_terminal() {\n    script -qec \"\$1\" typescript </dev/null | tr -d '\\r'\n}\n$sample";
is(join("\n", map { "@$_" } grep { $_->[0] =~ /^assay/ } commands($sample)), join("\n",
    'assay-show -f roll $DATA/x y', 'assay-spec show --top=3', 'assay-mine --name=a b -o out',
    'assay-roll -j1 a', 'assay-diff --max 2 /dev/fd -', 'assay-check -s x', 'assay-chroma --only'),
    'commands are found in a script');

# The help of each program, and of each verb that has another: NAME => text.
sub helps {
    my %helps;
    for my $tool (grep { -x "$build/bin/$_" } tools()) {
        my $help = $helps{$tool} = qx('$build/bin/$tool' --help </dev/null 2>&1);
        my ($usage) = $help =~ /\AUsage:(.*\n(?:[ \t]+\S.*\n)*)/;
        for my $verb (map { split /\|/ } ($usage // '') =~ /\Q$tool\E ([a-z][a-z|-]*)(?=\s)/g) {
            my $own = qx('$build/bin/$tool' '$verb' --help </dev/null 2>&1);
            $helps{"$tool $verb"} = $own if $? == 0 && $own =~ /\AUsage: \Q$tool $verb\E\s/ && $own ne $help;
        }
    }
    return %helps;
}

# The names of the options among the words of a call, as they were typed.
sub options_in {
    my ($options, @words) = @_;
    my @used;
    while (@words) {
        my $word = shift @words;
        last if $word eq '--';
        if ($word =~ /^(--[\w-]+)(=?)/) {
            push @used, $1;
            shift @words if !$2 && length($options->{$1} // '');
        } elsif ($word =~ /^-(?=[A-Za-z])/) {
            for my $letter (split //, substr $word, 1) {
                push @used, "-$letter";
                $word = substr $word, 1;
                next unless length($options->{"-$letter"} // '');
                shift @words if length $word == 1;
                last;
            }
        }
    }
    return @used;
}

my %helps   = helps();
my %options = map { ($_ => { help_options($helps{$_}) }) } keys %helps;
my %used;
for my $file (project_files(qr{^tests/cli/[^/]+/[^/]+/cmd$})) {
    my ($case) = $file =~ m{^tests/cli/(.*)/cmd$};
    for my $command (commands(slurp($file))) {
        my ($name, @words) = @$command;
        $name .= ' ' . shift @words if @words && $options{"$name $words[0]"};
        $used{$name}{$_} //= $case for $options{$name} ? options_in($options{$name}, @words) : ();
    }
}
if (grep { $_ eq '--list' } @ARGV) {
    for my $name (sort keys %options) {
        print "$name $_\t", $used{$name}{$_} // '-', "\n" for sort keys %{ $options{$name} };
    }
    exit 0;
}
for my $name (sort keys %options) {
    no_offenders("every option of $name is used in a golden case",
        map { "$name $_" } grep { !$used{$name}{$_} } sort keys %{ $options{$name} });
}
done_testing();
