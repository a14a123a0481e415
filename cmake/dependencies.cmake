# What the library stands on: one line a pkg-config module. ./run knows the Debian packages.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set(ASSAY_MODULES
  "glib-2.0>=2.74" # errors, options, containers, tests
  "gsl"            # statistics
  "jansson"        # reads JSON
  "libarchive"     # tar
  "libjpeg"        # JPEG
  "libpng"         # PNG
  "zlib"           # gzip'd IDX files
  "sndfile"        # sound files
  "soxr"           # sound at another rate
  "fftw3f"         # spectra
  "smf")           # writes MIDI; an independent reader for the tests

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

add_library(assay-dependencies INTERFACE)
foreach(module IN LISTS ASSAY_MODULES)
  string(REGEX REPLACE "[<>=].*" "" name "${module}")
  pkg_check_modules(${name} REQUIRED IMPORTED_TARGET "${module}")
  target_link_libraries(assay-dependencies INTERFACE PkgConfig::${name})
endforeach()
target_link_libraries(assay-dependencies INTERFACE Threads::Threads m)

# Of libassay-synth alone, which is a library of its own since this one brings 65 others with it.
set(ASSAY_SYNTH_MODULES "fluidsynth>=2.3") # sound of notes
pkg_check_modules(fluidsynth REQUIRED IMPORTED_TARGET "${ASSAY_SYNTH_MODULES}")
