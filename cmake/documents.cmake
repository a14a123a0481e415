# What is installed besides programs, library and headers.
#
# SPDX-License-Identifier: GPL-3.0-or-later
foreach(section 1 5 7)
  file(GLOB pages CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/man/*.${section})
  install(FILES ${pages} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section})
endforeach()

file(GLOB specs CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/specs/*.json)
install(FILES ${specs} DESTINATION ${CMAKE_INSTALL_DATADIR}/assay/specs)

install(FILES ${PROJECT_SOURCE_DIR}/python/assay.py
  DESTINATION ${CMAKE_INSTALL_DATADIR}/assay/python)
