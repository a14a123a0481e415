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

# Libraries that are loaded when they are first needed (base/late.h): module, name in the sources. As
# nothing of them is linked, --as-needed leaves them out.
set(ASSAY_LATE_FILES "")
foreach(pair "sndfile;SNDFILE" "soxr;SOXR" "fftw3;FFTW" "fftw3f;FFTWF")
  list(GET pair 0 module)
  list(GET pair 1 name)
  list(GET ${module}_LINK_LIBRARIES 0 library)
  set(dynamic "")
  if(ASSAY_LATE AND CMAKE_READELF)
    execute_process(COMMAND ${CMAKE_READELF} -d ${library} OUTPUT_VARIABLE dynamic ERROR_QUIET)
  endif()
  if(dynamic MATCHES "\\(SONAME\\)[^[]*\\[([^]]+)\\]")
    list(APPEND ASSAY_LATE_FILES "ASSAY_LATE_${name}=\"${CMAKE_MATCH_1}\"")
  elseif(ASSAY_LATE)
    message(STATUS "${library} has no soname: linked like others")
    set(ASSAY_LATE OFF)
  endif()
endforeach()
add_compile_definitions(ASSAY_LATE=$<BOOL:${ASSAY_LATE}>)
if(ASSAY_LATE)
  add_compile_definitions(${ASSAY_LATE_FILES})
endif()
target_link_libraries(assay-dependencies INTERFACE ${CMAKE_DL_LIBS})

# What libarchive links, XML and Unicode among it, takes longer to load than our programs to start.
# From the static one a program takes what it uses, so a release prefers that, and a build for a
# sanitizer, which looks at all that is loaded: where it is, with what it stands on for the formats
# that we read, static as well as far as that is there.
set(ASSAY_STATIC_ARCHIVE "")
if(ASSAY_STATIC_LIBARCHIVE AND NOT ASSAY_FUZZ
   AND (CMAKE_BUILD_TYPE STREQUAL "Release" OR ASSAY_SANITIZE))
  include(CheckCSourceCompiles)
  find_library(ASSAY_LIBARCHIVE_A libarchive.a)
  find_library(ASSAY_NETTLE NAMES libnettle.a nettle)
  find_library(ASSAY_LZMA NAMES liblzma.a lzma)
  find_library(ASSAY_ZSTD NAMES zstd libzstd.so.1) # by name, for want of libzstd-dev
  find_library(ASSAY_BZ2 NAMES libbz2.a bz2)
  set(libraries ${ASSAY_LIBARCHIVE_A} ${ASSAY_NETTLE} ${ASSAY_LZMA} ${ASSAY_ZSTD} ${ASSAY_BZ2})
  set(CMAKE_REQUIRED_LIBRARIES ${libraries} z)
  set(CMAKE_REQUIRED_LINK_OPTIONS -Wl,--gc-sections)
  check_c_source_compiles("
    #include <archive.h>
    int main(void) {
      struct archive *in = archive_read_new(), *out = archive_write_new();
      return archive_read_support_format_tar(in) + archive_read_support_filter_gzip(in) +
             archive_read_support_format_zip_streamable(in) +
             archive_write_set_format_pax_restricted(out);
    }" ASSAY_HAS_STATIC_ARCHIVE)
  unset(CMAKE_REQUIRED_LIBRARIES)
  unset(CMAKE_REQUIRED_LINK_OPTIONS)
  if(ASSAY_HAS_STATIC_ARCHIVE)
    set(ASSAY_STATIC_ARCHIVE ${libraries})
  endif()
endif()

# Of libassay-synth alone, which is a library of its own since this one brings 65 others with it.
set(ASSAY_SYNTH_MODULES "fluidsynth>=2.3") # sound of notes
pkg_check_modules(fluidsynth REQUIRED IMPORTED_TARGET "${ASSAY_SYNTH_MODULES}")
