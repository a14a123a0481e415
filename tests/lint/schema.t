#!/usr/bin/perl
# schema.t - specs that ship and specs freshly mined fit specs/assay-spec.schema.json; broken ones
# do not. The validator is Python's jsonschema (Debian: python3-jsonschema).
#
# SPDX-License-Identifier: GPL-3.0-or-later
use strict;
use warnings;
use File::Temp qw(tempdir);
use FindBin;
use IO::Handle;
use IPC::Open2 qw(open2);
use lib $FindBin::RealBin;
use Lint;
use Test::More;

my $schema = 'specs/assay-spec.schema.json';
# Debian's Python has Debian's packages; another one may come first in the PATH.
my ($python) = grep {
    system("$_ -c 'from jsonschema import Draft202012Validator' >/dev/null 2>&1") == 0
} qw(python3 /usr/bin/python3);
plan skip_all => 'python3-jsonschema is not installed' unless defined $python;

# Reads lines of a document's path and perhaps, behind a tab, a statement which first breaks the
# document, that it calls s. Answers with a line for each fault, its JSON pointer and what is wrong,
# and an empty line; of a document that it has broken, for the first fault. It is started once, since
# that takes longer than most documents.
my $validator = <<'END';
import json, sys
from jsonschema import Draft202012Validator
LONG = 2000
schema = json.load(open(sys.argv[1], encoding="utf-8"))

def thinned(document):
    """Of a long table every eighth row: its rows were made alike, and each takes a millisecond."""
    if isinstance(document, dict):
        return {key: value[::8] if key == "rows" and len(value) > LONG else thinned(value)
                for key, value in document.items()}
    return document

Draft202012Validator.check_schema(schema)
for line in sys.stdin:
    path, _, statement = line.rstrip("\n").partition("\t")
    s = thinned(json.load(open(path, encoding="utf-8")))
    if statement:
        before = json.dumps(s)
        exec(statement)
        assert json.dumps(s) != before, "nothing was broken"
    for fault in Draft202012Validator(schema).iter_errors(s):
        pointer = "/" + "/".join(map(str, fault.absolute_path))
        print(" ".join(f"{pointer} {fault.message[:200]}".split()))
        if statement:
            break
    print(flush=True)
END
my $process = open2(my $answers, my $questions, $python, '-c', $validator, $schema);

# Whether there was an answer, and the faults of a document.
sub faults {
    print $questions join("\t", @_), "\n";
    $questions->flush;
    my @faults;
    while (defined(my $line = <$answers>)) {
        chomp $line;
        return (1, @faults) if $line eq '';
        push @faults, $line;
    }
    return (0, @faults, "$python has ended");
}

sub fits {
    my ($name, $file) = @_;
    my (undef, @faults) = faults($file);
    no_offenders("$name fits the schema", @faults);
}

fits($_, $_) for project_files(qr{^specs/.*\.spec\.json$});

# Specs of each shape: both rules, with transitions of each order; windows, whose lengths are runs
# of a roll; transitions alone; distributions alone, of fractions and of bytes.
my $scratch = tempdir(CLEANUP => 1);
my %mined   = (
    whole   => 'assay-mine -q --name=phrases --edition=1.0 --noun=phrases tests/data/bach',
    windows => 'assay-roll -q --window=16 tests/data/bach | assay-chroma | assay-mine -q',
    chords  => 'assay-roll -q --fps=10 tests/data/bach | assay-chroma --only | assay-mine -q',
    bare    => 'assay-mine -q --rules-only tests/data/bach',
    table   => q(printf 'a\tb\n1\t0.3\n' | assay-array -q --meta=full_scale=1 | assay-mine -q),
    bytes   => 'printf ab | assay-array -q --type=u8 --shape=1,2 --axes=row,column --field=pixels'
        . ' | assay-mine -q',
    order2  => 'assay-mine -q --order=2 tests/data/bach',
    order3  => 'assay-mine -q --order=3 tests/data/bach',
    order4  => 'assay-mine -q --order=4 tests/data/bach',
    derived => 'assay-mine -q tests/data/bach | assay-spec intersect - bach-chorales',
    (map { ("derived$_" => "assay-mine -q --order=$_ tests/data/bach | assay-spec intersect") } 2 .. 4),
);
for my $name (sort keys %mined) {
    is(system("$mined{$name} > '$scratch/$name.json'"), 0, "$name: mined");
    fits("a spec of $name", "$scratch/$name.json");
}

my %broken = (
    'a member too many'         => 's["colour"] = "red"',
    'a member too few'          => 'del s["provenance"]',
    'another format'            => 's["format"] = "assay-stream"',
    'another version'           => 's["version"] = 2',
    'a rule that is not known'  => 's["rules"]["range"] = s["rules"]["duration"]',
    'a rule without items'      => 'del s["rules"]["duration"]',
    'another kind of rule'      => 's["rules"]["duration"]["kind"] = "range"',
    'a convention too many'     => 's["rules"]["duration"]["convention"]["colour"] = 1',
    'a row that is too short'   => 's["rules"]["duration"]["rows"][0].pop()',
    'a row that is too long'    => 's["rules"]["duration"]["rows"][0].append(1)',
    'a negative length'         => 's["rules"]["duration"]["rows"][0][0] = -1',
    'a length in words'         => 's["rules"]["duration"]["rows"][0][0] = "half"',
    'a chord that is none'      => 's["rules"]["chroma-transition"]["rows"][0][0] = "H-D-F"',
    'nine groups with owners'   => 's["rules"]["chroma-transition"]["rows"][0][4] = 9',
    'many groups with owners'   => 's["rules"]["chroma-transition"]["rows"][0][4] = "many"',
    'an owner without a count'  => 's["rules"]["chroma-transition"]["rows"][0][5][0].pop()',
    'no starts'                 => 'del s["rules"]["chroma-transition"]["starts"]',
    'no ends'                   => 'del s["rules"]["chroma-transition"]["ends"]',
    'a start too short'         => 's["rules"]["chroma-transition"]["starts"][0].pop()',
    'an end of no item'         => 's["rules"]["chroma-transition"]["ends"][0][1] = 0',
    'an end of two chords'      => 's["rules"]["chroma-transition"]["ends"][0].insert(0, "C")',
    'another order'             => 's["rules"]["chroma-transition"]["convention"]["order"] = 2',
    'an order of one'           => 's["rules"]["chroma-transition"]["convention"]["order"] = 1',
    'an item that is too short' => 's["items"]["rows"][0].pop()',
    'a group without a name'    => 's["items"]["rows"][0][2] = 7',
    'a digest that is none'     => 's["sources"]["rows"][0][1] = "0a"',
    'an origin that is none'    => 's["sources"]["rows"][0][2] = "net"',
    'a stage without options'   => 'del s["recipe"][0]["options"]',
    'a step that is none'       => 's["recipe"][0]["options"]["step"] = "0/16"',
);
my $first = "s['distributions']['notes.pitch']";
my %broken_values = (
    'a variable without cells'     => "$first.pop('cells')",
    'a variable with a member'     => "$first.update(colour=1)",
    'a cell too high'              => "${first}['cells']['rows'][0][0] = 65536",
    'a cell without values'        => "${first}['cells']['rows'][0][1] = 0",
    'columns of cells'             => "${first}['cells']['columns'].reverse()",
    'three bins'                   => "${first}['bins'] = dict(above=0, below=0, counts=[1, 2, 3])",
    'a group without a number'     => "${first}['groups']['rows'][0][0] = 'one'",
    'a group without items'        => "${first}['groups']['rows'][0][1] = 0",
    'moments that are three'       => "${first}['moments'] = '1/1 1/1 1/1'",
    'cells that are no cells'      => "${first}['groups']['rows'][0][3] = '1:2,3:4'",
    'no number where it is dropped' => "${first}['dropped_from'] = 7",
    'a divisor of 0'               => "${first}['scale']['divisor'] = 0",
    'an offset that is none'       => "${first}['scale']['offset'] = 1",
    'a range of one'               => "${first}['scale']['range'] = [1]",
    'neither rules nor values'     => 's["rules"] = {}; del s["distributions"]',
);
my %broken_derived = (
    'a derived spec with values'     => 's["distributions"] = {"x": 1}',
    'a derived spec with items'      => 's["items"] = {"columns": [], "rows": []}',
    'a derived spec with sources'    => 's["sources"] = {"columns": [], "rows": []}',
    'a mined spec without items'     => 'del s["derived"]',
    'an operation that is not known' => 's["derived"]["by"] = "union"',
    'a spec derived of none'         => 's["derived"]["of"] = []',
    'an operand without a digest'    => 'del s["derived"]["of"][0]["sha256"]',
    'a derived entry with owners'    => 's["rules"]["duration"]["rows"][0].append("many")',
    'derived columns with owners'    => 's["rules"]["duration"]["columns"].append("owners")',
    'a derived entry of nine groups' => 's["rules"]["duration"]["rows"][0][3] = 9',
    'derived of no rule'             => 's["rules"] = {}',
    'another order of a derived one' => 's["rules"]["chroma-transition"]["convention"]["order"] = 2',
);
for (['whole', \%broken], ['whole', \%broken_values], ['derived', \%broken_derived]) {
    my ($document, $breaks) = @$_;
    for my $name (sort keys %$breaks) {
        my ($ran, @faults) = faults("$scratch/$document.json", $breaks->{$name});
        ok($ran && @faults, "refused: $name") or diag(@faults);
    }
}
close $questions;
waitpid $process, 0;
is($?, 0, 'the validator came to its end');
done_testing();
