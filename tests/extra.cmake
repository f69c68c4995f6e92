# Tests that are not Catch2 programs: code that must not compile, a consumer of the installed package, how the
# program is hardened, fuzz targets.

# Dual form: each file compiles as it is, and fails with DUENOTICE_BAD_LINE at the line that is marked BAD LINE.
file(GLOB bad_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/compile_fail/*.cpp)
foreach(source ${bad_sources})
  get_filename_component(stem ${source} NAME_WE)
  add_test(NAME compile_fail.${stem}
           COMMAND ${CMAKE_COMMAND} -DCOMPILER=${CMAKE_CXX_COMPILER} -DROOT=${PROJECT_SOURCE_DIR} -DSOURCE=${source}
                   -P ${CMAKE_CURRENT_SOURCE_DIR}/compile_fail/check.cmake)
  set_tests_properties(compile_fail.${stem} PROPERTIES LABELS compile_fail)
endforeach()

# The package is installed into the build folder; a program outside the project finds it, builds and runs.
set(installed ${CMAKE_CURRENT_BINARY_DIR}/installed)
add_test(NAME install.package COMMAND ${CMAKE_COMMAND} --install ${PROJECT_BINARY_DIR} --prefix ${installed})
add_test(NAME install.consumer
         COMMAND ${CMAKE_CTEST_COMMAND} --build-and-test ${CMAKE_CURRENT_SOURCE_DIR}/install
                 ${CMAKE_CURRENT_BINARY_DIR}/consumer --build-generator ${CMAKE_GENERATOR}
                 --build-options -DCMAKE_PREFIX_PATH=${installed} -DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER}
                 -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS=${CMAKE_CXX_FLAGS_${CMAKE_BUILD_TYPE}}
                 --test-command consumer)
add_test(NAME install.program COMMAND ${installed}/${CMAKE_INSTALL_BINDIR}/duenotice --version)
set_tests_properties(install.package PROPERTIES LABELS install FIXTURES_SETUP installed)
set_tests_properties(install.consumer install.program PROPERTIES LABELS install FIXTURES_REQUIRED installed)

# The built program has what the hardening flags promise.
add_test(NAME hardening.program
         COMMAND ${CMAKE_COMMAND} -DPROGRAM=$<TARGET_FILE:duenotice> -DFORTIFIED=$<NOT:$<CONFIG:Debug,Asan>>
                 -DX86_64=$<STREQUAL:${CMAKE_SYSTEM_PROCESSOR},x86_64> -P ${CMAKE_CURRENT_SOURCE_DIR}/hardening/check.cmake)
set_tests_properties(hardening.program PROPERTIES LABELS hardening)

add_subdirectory(${CMAKE_CURRENT_SOURCE_DIR}/fuzz)
