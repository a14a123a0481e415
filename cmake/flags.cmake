# How everything is compiled and linked.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# CMake's own release flags define NDEBUG; a failed assertion shall be heard in a release too.
set(CMAKE_C_FLAGS_RELEASE "-O2 -g1 -fstack-protector-strong -D_FORTIFY_SOURCE=2")
set(CMAKE_C_FLAGS_DEBUG "-Og -g")

add_compile_definitions(
  _POSIX_C_SOURCE=200809L _FILE_OFFSET_BITS=64
  GLIB_VERSION_MIN_REQUIRED=GLIB_VERSION_2_74 GLIB_VERSION_MAX_ALLOWED=GLIB_VERSION_2_74
  ASSAY_VERSION="${PROJECT_VERSION}")

add_compile_options(
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wdouble-promotion -Wmissing-prototypes -Wvla
  -Wformat=2
  # A product and a sum rounded once on one processor and twice on another would not be equal.
  -ffp-contract=off
  # Nobody reads errno for a root, and without it processors take many at once.
  -fno-math-errno
  -ffunction-sections -fdata-sections)
if(ASSAY_WERROR STREQUAL KNOWN)
  if(CMAKE_C_COMPILER_ID STREQUAL GNU AND CMAKE_C_COMPILER_VERSION MATCHES "^12\\.")
    add_compile_options(-Werror)
  endif()
elseif(ASSAY_WERROR)
  add_compile_options(-Werror)
endif()

# A tool pays at start for every library it links and every symbol it binds: leave out what it
# does not use.
add_link_options(-Wl,--as-needed -Wl,-O1 -Wl,--gc-sections -Wl,-z,relro -Wl,-z,now)

# For a stack in a report, functions and lines are all there is to know.
if(ASSAY_SANITIZE)
  add_compile_options(-fsanitize=${ASSAY_SANITIZE} -fno-sanitize-recover=all
    -fno-omit-frame-pointer -g1)
  add_link_options(-fsanitize=${ASSAY_SANITIZE})
  if(CMAKE_C_COMPILER_ID STREQUAL GNU)
    # Tests start thousands of programs: what need not be moved at start nor looked through for leaks
    # at exit saves a tenth of each. That of undefined behaviour finds its log so, too.
    set(programs $<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>)
    add_link_options($<${programs}:-no-pie>)
    if(ASSAY_SANITIZE MATCHES "undefined")
      add_link_options($<${programs}:-static-libubsan>)
    endif()
  endif()
endif()

# So many unit tests are linked that the linker's time counts: theirs is the quicker one, if it is
# installed. (It wants what nobody calls of a static libarchive, which only programs link.)
set(ASSAY_TEST_LINKER "")
if(CMAKE_C_COMPILER_ID STREQUAL GNU)
  find_program(ASSAY_GOLD ld.gold)
  if(ASSAY_GOLD)
    set(ASSAY_TEST_LINKER -fuse-ld=gold)
  endif()
endif()

# assay_precompile(TARGET [FROM OTHER]): under a sanitizer a target reads the headers that nearly all
# files include once, or as OTHER has read them, which is compiled alike; a quarter of the compiler's
# time. Other builds read each file alone, and so see what it forgets to include; and a compiler
# cache knows what it has seen better than this. What a file asks of the system's headers it says
# before it includes one: such a file shares none.
option(ASSAY_PRECOMPILE "sanitizer builds read common headers once (gcc)" ON)
function(assay_precompile target)
  if(NOT ASSAY_PRECOMPILE OR NOT ASSAY_SANITIZE OR ASSAY_FUZZ OR CMAKE_C_COMPILER_LAUNCHER
     OR NOT CMAKE_C_COMPILER_ID STREQUAL GNU)
    return()
  endif()
  if(ARGC GREATER 1)
    target_precompile_headers(${target} REUSE_FROM ${ARGV2})
  else()
    target_precompile_headers(${target} PRIVATE <glib.h> <math.h> <stdlib.h> <string.h>)
  endif()
  get_target_property(sources ${target} SOURCES)
  foreach(source IN LISTS sources)
    file(STRINGS ${source} asks REGEX "^#define _" LIMIT_COUNT 1)
    if(asks)
      set_source_files_properties(${source} PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
    endif()
  endforeach()
endfunction()
