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
  "fftw3f"         # spectra of sounds
  "fftw3"          # spectra of pictures
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

# Those that pkg-config knows nothing of: header, library, Debian package.
set(ASSAY_PLAIN_LIBRARIES "")
function(assay_find_library header library package)
  find_path(ASSAY_${library}_INCLUDE_DIR "${header}")
  find_library(ASSAY_${library}_LIBRARY "${library}")
  if(NOT ASSAY_${library}_INCLUDE_DIR OR NOT ASSAY_${library}_LIBRARY)
    message(FATAL_ERROR "lib${library} is missing: <${header}> and -l${library}, of ${package}")
  endif()
  target_include_directories(assay-dependencies SYSTEM INTERFACE ${ASSAY_${library}_INCLUDE_DIR})
  target_link_libraries(assay-dependencies INTERFACE ${ASSAY_${library}_LIBRARY})
  set(ASSAY_PLAIN_LIBRARIES "${ASSAY_PLAIN_LIBRARIES} -l${library}" PARENT_SCOPE)
endfunction()
assay_find_library(libsvm/svm.h svm libsvm-dev)   # support vector machines
assay_find_library(linear.h linear liblinear-dev) # linear classifiers

# Of libassay-synth alone, which is a library of its own since this one brings 65 others with it.
set(ASSAY_SYNTH_MODULES "fluidsynth>=2.3") # sound of notes
pkg_check_modules(fluidsynth REQUIRED IMPORTED_TARGET "${ASSAY_SYNTH_MODULES}")
