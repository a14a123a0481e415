#!/usr/bin/perl
# includes.t - includes only go down the floors, in no circle, and a foreign header has one door.
#
# floors.txt lists the rooms.
#
# SPDX-License-Identifier: GPL-3.0-or-later
use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Lint;
use Test::More;

# What may be included anywhere: C11, POSIX.1-2008, GLib, GSL.
my %standard = map { ("$_.h" => 1) } qw(
    assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal stdalign
    stdarg stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string tgmath threads time uchar
    wchar wctype
    aio cpio dirent dlfcn fcntl fmtmsg fnmatch ftw glob grp iconv langinfo libgen monetary mqueue
    ndbm netdb nl_types poll pthread pwd regex sched search semaphore spawn strings stropts syslog
    tar termios trace ulimit unistd utime utmpx wordexp
    sys/ioctl sys/ipc sys/mman sys/msg sys/resource sys/select sys/sem sys/shm sys/socket sys/stat
    sys/statvfs sys/time sys/times sys/types sys/uio sys/un sys/utsname sys/wait);

my $floor = 0;
my %floor = map { ($_ => $floor++) } grep { !/^(#|$)/ } split /\n/, slurp('tests/lint/floors.txt');

my (@unknown_room, @up, @style, @missing, @private, %doors, %below);

# "base/error.h" as seen from a folder, with each x/.. folded away.
sub resolve {
    my ($folder, $include) = @_;
    my $path = "$folder/$include";
    1 while $path =~ s{[^/]+/\.\./}{};
    return $path;
}

sub library_include {
    my ($file, $room, $form, $include) = @_;
    if ($form eq '<') {
        push @style, "$file: <$include>: the library includes its own headers as \"../ROOM/NAME.h\""
            if $include =~ m{^assay/};
        return;
    }
    my $path = resolve("libaudit/$room", $include);
    return push @missing, "$file: \"$include\" is not in libaudit"
        unless $path =~ m{^libaudit/} && -f $path;
    my ($other) = $path =~ m{^libaudit/([^/]+)/};
    push @up, "$file: $room may not include $other/ (see tests/lint/floors.txt)"
        if ($floor{$other} // 99) > ($floor{$room} // 99);
    push @private, "$file: \"$include\" is private to $other/"
        if $other ne $room && $path =~ /-private\.h$/;
    $below{$file}{$path} = 1;
}

sub outside_include {
    my ($file, $folder, $form, $include) = @_;
    if ($form eq '"') {
        my $own = $folder =~ m{^tests/} ? qr{^(\.\./)?[\w-]+(/[\w-]+)?\.[ch]$} : qr{^[\w-]+\.h$};
        push @style, "$file: \"$include\": write <assay/ROOM/NAME.h>, or a header of this folder"
            unless $include =~ $own && -f resolve($folder, $include)
            || $folder =~ m{^tests/} && -f "tools/$include";
    } elsif (my ($header) = $include =~ m{^assay/(.+)$}) {
        push @missing, "$file: <$include> is not in libaudit" unless -f "libaudit/$header";
        push @private, "$file: <$include> is private"
            if $header =~ /-private\.h$/ && $folder !~ /^tests/;
    }
}

for my $file (project_files(qr{^(libaudit|tools|tests|bench)/.*\.[ch]$})) {
    my $text = slurp($file) =~ s{/\*.*?\*/}{}gsr;
    my ($folder) = $file =~ m{^(.*)/};
    my ($room) = $file =~ m{^libaudit/([^/]+)/};
    push @unknown_room, "$file: room $room is not in tests/lint/floors.txt"
        if defined $room && !exists $floor{$room};
    while ($text =~ /^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]/mg) {
        my ($form, $include) = ($1, $2);
        if (defined $room) {
            library_include($file, $room, $form, $include);
        } else {
            outside_include($file, $folder, $form, $include);
        }
        next if $form eq '"' || $include =~ m{^(assay|glib|gio|gsl)[/.-]} || $standard{$include};
        # A test may call a foreign library as a witness, a bench to be measured beside.
        $doors{$include}{$file} = 1 unless $file =~ m{^(tests|bench)/};
    }
}

# Circles: depth first, each found once, named by the way round.
my (%state, @circles);
sub visit {
    my ($file, @way) = @_;
    return if ($state{$file} // '') eq 'done';
    if (($state{$file} // '') eq 'open') {
        shift @way while $way[0] ne $file;
        push @circles, join ' -> ', @way, $file;
        return;
    }
    $state{$file} = 'open';
    visit($_, @way, $file) for sort keys %{ $below{$file} };
    $state{$file} = 'done';
}
visit($_) for sort keys %below;

my @doors = map {
    my @files = sort keys %{ $doors{$_} };
    @files > 1 ? "<$_> is included by @files: let one of them have it" : ();
} sort keys %doors;

no_offenders('every room has a floor', @unknown_room);
no_offenders('every header that is included exists', @missing);
no_offenders('includes only go down the floors', @up);
no_offenders('no circle of includes', @circles);
no_offenders('the library includes by path, others by <assay/...>', @style);
no_offenders('private headers stay in their room', @private);
no_offenders('a third-party header is included by one file', @doors);
done_testing();
