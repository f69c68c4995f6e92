# Installed package: libraries, headers, program, law data, the scripts that verify a bundle; `find_package(Duenotice)` (in small letters too) gives duenotice::rules and so on.
include(CMakePackageConfigHelpers)
install(TARGETS duenotice_rules duenotice_engine duenotice_record duenotice_reports duenotice
        EXPORT duenotice-targets
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
        RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR}
        FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/duenotice)
install(EXPORT duenotice-targets NAMESPACE duenotice:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/duenotice)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/duenotice-config.cmake.in
  ${CMAKE_CURRENT_BINARY_DIR}/duenotice-config.cmake INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/duenotice)
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/duenotice-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/duenotice-config.cmake ${CMAKE_CURRENT_BINARY_DIR}/duenotice-config-version.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/duenotice)
install(DIRECTORY jurisdictions DESTINATION ${CMAKE_INSTALL_DATADIR}/duenotice)
install(PROGRAMS tools/verify_bundle.py tools/verify_signatures.py tools/verify_workbook.py DESTINATION ${CMAKE_INSTALL_DATADIR}/duenotice)
