# Lint.pm - what the lint tests share: the files of the project, and a test that names offenders.
#
# SPDX-License-Identifier: GPL-3.0-or-later
package Lint;
use strict;
use warnings;
use Cwd qw(realpath);
use Exporter qw(import);
use File::Basename qw(dirname);
use File::Find qw(find);
use File::Temp qw(tempdir);
use Test::More;

our @EXPORT = qw($root $build project_files slurp no_offenders have tools help_options render_page
    section scratch_folder lacking);

our $root  = realpath(dirname(realpath(__FILE__)) . '/../..');
our $build = realpath($ENV{ASSAY_BUILD} || "$root/build");
chdir $root or die "$root: $!\n";
die "no build folder: ./run build makes one\n" unless defined $build;
$ENV{PATH}   = "$build/bin:$ENV{PATH}";
$ENV{LC_ALL} = 'C.UTF-8';

# All files of the project that match a pattern, sorted, relative to the root: what git knows or
# would add; without git, what lies here and is no build's.
sub project_files {
    my ($pattern) = @_;
    my @files = split /\0/, `git ls-files -z --cached --others --exclude-standard 2>/dev/null`;
    if (!@files) {
        find(
            {
                no_chdir => 1,
                wanted   => sub {
                    $File::Find::prune = 1 if m{^\./(\.git|build(-[^/]*)?)$};
                    push @files, s{^\./}{}r if -f;
                },
            },
            '.'
        );
    }
    return sort grep { -f && !-l && $_ =~ $pattern } @files;
}

sub slurp {
    my ($path) = @_;
    open my $file, '<:raw', $path or die "$path: $!\n";
    local $/;
    return <$file> // '';
}

# A test that passes if there are no offenders, and else names each once.
sub no_offenders {
    my ($name, @offenders) = @_;
    my %seen;
    my $ok = ok(!@offenders, $name);
    diag($_) for grep { !$seen{$_}++ } @offenders;
    return $ok;
}

# Whether a program is on the PATH.
sub have {
    my ($program) = @_;
    return scalar grep { -x "$_/$program" } split /:/, $ENV{PATH};
}

# Names of the programs: tools/assay*.c.
sub tools {
    return map { m{^tools/(assay[\w-]*)\.c$} ? $1 : () } project_files(qr{^tools/});
}

# The options that a help text describes: --name => its argument or '', -n => the same.
sub help_options {
    my ($help) = @_;
    my %options;
    while ($help =~ /^\s+(?:-(\w), )?--([\w-]+)(?:=(\S+))?(?:\s|$)/mg) {
        $options{"--$2"} = $3 // '';
        $options{"-$1"} = $3 // '' if defined $1;
    }
    while ($help =~ /^\s+-(\w)(?:[ =](\S+))?(?:\s\s|$)/mg) {
        $options{"-$1"} = $2 // '';
    }
    return %options;
}

# A manual page as plain text, lines as long as they come.
sub render_page {
    my ($page) = @_;
    open my $pipe, '-|', 'mandoc', '-T', 'ascii', '-O', 'width=1000', $page or die "mandoc: $!\n";
    local $/;
    my $text = <$pipe> // '';
    $text =~ s/.\x08//g;
    return $text;
}

# The lines of one section of a rendered page.
sub section {
    my ($text, $title) = @_;
    return $text =~ /^\Q$title\E\n(.*?)(?=^\S|\z)/ms ? split /\n/, $1 : ();
}

# A folder to try a document in: it holds everything in tests/data, and the scripts that a page shows,
# in literal displays that begin with `# NAME.py - `.
sub scratch_folder {
    my ($page) = @_;
    my $scratch = tempdir(CLEANUP => 1);
    my @data = glob "\Q$root\E/tests/data/*";
    system('cp', '-r', @data, $scratch) == 0 or die "no copy of tests/data\n" if @data;
    return $scratch unless defined $page;
    my $text = slurp($page);
    while ($text =~ /^\.Bd -literal.*\n(# (\w+\.py) - (?s:.*?))^\.Ed$/mg) {
        my ($script, $name) = ($1, $2);
        $script =~ s/\\e/\\/g;
        open my $file, '>', "$scratch/$name" or die "$scratch: $!\n";
        print $file $script =~ s/\\&//gr;
        close $file or die "$scratch: $!\n";
    }
    return $scratch;
}

# Whether Python has NumPy; python3 is then one that has it, and finds assay.py.
my $has_numpy;

sub have_numpy {
    return $has_numpy if defined $has_numpy;
    # Debian's Python has Debian's packages; another one may come first in the PATH.
    my ($python) = grep { system("$_ -c 'import numpy' >/dev/null 2>&1") == 0 }
        qw(python3 /usr/bin/python3);
    $has_numpy = defined $python;
    if ($has_numpy && $python ne 'python3') {
        my $folder = tempdir(CLEANUP => 1);
        symlink $python, "$folder/python3" or die "$folder: $!\n";
        $ENV{PATH} = "$folder:$ENV{PATH}";
    }
    @ENV{qw(PYTHONPATH PYTHONDONTWRITEBYTECODE)} = ("$root/python", 1);
    return $has_numpy;
}

# The first program of other packages that a command names and that is not installed, or undef.
sub lacking {
    my ($command) = @_;
    return 'python3-numpy' if $command =~ /\bpython3\b/ && !have_numpy();
    for my $program (qw(datamash dot make parallel sox)) {
        return $program if $command =~ /(?:^|[|;&(]\s*|\\\s+)\Q$program\E\s/ && !have($program);
    }
    return undef;
}

1;
