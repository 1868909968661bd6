# One documented function per kind of target. Every target of Keping is made here, so that flags,
# names and output folders are decided once.
#
#   keping_cc_library(NAME base SRCS check.cc HDRS check.h PUBLIC_DEPS … PRIVATE_DEPS …)
#   keping_message_source(source messages.h keping::paper)
#   keping_cc_binary(NAME keping SRCS main.cc DEPS …)
#   keping_cc_test(NAME nik_test SRCS nik_test.cc DEPS … LABEL unit [TIMEOUT seconds])
#   keping_proto_library(NAME proto_log PROTOS keping/log/v1/event.proto DEPS … [GRPC])
#   keping_script_test(NAME tidy COMMAND … LABEL tidy [TIMEOUT seconds])

include_guard(GLOBAL)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

option(KEPING_COVERAGE "Instrument for coverage" OFF)
set(KEPING_SANITIZE "" CACHE STRING "Comma-separated list for -fsanitize=, empty for none")

find_program(KEPING_CCACHE ccache)
if(KEPING_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Base dir and no-hash-dir let several build folders share one cache.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}
      CCACHE_NOHASHDIR=1 ${KEPING_CCACHE})
endif()

find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(absl CONFIG REQUIRED)
find_package(Protobuf REQUIRED)
find_package(gRPC CONFIG REQUIRED)
find_package(RocksDB CONFIG REQUIRED)
find_package(spdlog CONFIG REQUIRED)
find_package(CLI11 CONFIG REQUIRED)
find_package(Cups REQUIRED)
find_package(zstd CONFIG REQUIRED)
pkg_check_modules(archive REQUIRED IMPORTED_TARGET libarchive)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(pangocairo REQUIRED IMPORTED_TARGET pangocairo)
pkg_check_modules(png REQUIRED IMPORTED_TARGET libpng)
pkg_check_modules(pcsclite REQUIRED IMPORTED_TARGET libpcsclite)
pkg_check_modules(qrencode REQUIRED IMPORTED_TARGET libqrencode)
pkg_check_modules(xlsxwriter REQUIRED IMPORTED_TARGET xlsxwriter)
pkg_check_modules(httplib REQUIRED IMPORTED_TARGET cpp-httplib)
pkg_check_modules(prometheus REQUIRED IMPORTED_TARGET prometheus-cpp-core)
if(BUILD_TESTING)
  find_package(GTest CONFIG REQUIRED)
  include(GoogleTest)
endif()

# Warnings, as errors, for our code only: generated code links keping_flags, never this.
add_library(keping_flags INTERFACE)
target_include_directories(keping_flags INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_definitions(keping_flags INTERFACE KEPING_VERSION="${PROJECT_VERSION}")
target_compile_options(keping_flags INTERFACE -fno-omit-frame-pointer -fstack-protector-strong)
find_program(KEPING_MOLD mold)
if(KEPING_MOLD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_link_options(keping_flags INTERFACE -fuse-ld=mold)
endif()
if(KEPING_SANITIZE)
  target_compile_options(keping_flags INTERFACE -fsanitize=${KEPING_SANITIZE} -fno-sanitize-recover=all)
  target_link_options(keping_flags INTERFACE -fsanitize=${KEPING_SANITIZE})
endif()
if(KEPING_COVERAGE)
  target_compile_options(keping_flags INTERFACE --coverage)
  target_link_options(keping_flags INTERFACE --coverage)
endif()

add_library(keping_warnings INTERFACE)
target_compile_options(keping_warnings INTERFACE -Wall -Wextra -Wshadow -Wnon-virtual-dtor
  -Wimplicit-fallthrough -Wunused -Wvla -Wformat=2 -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  target_compile_options(keping_warnings INTERFACE -Wthread-safety)
endif()

# A library: one per folder, linked as keping::NAME. Headers are included from the project's root.
function(keping_cc_library)
  cmake_parse_arguments(ARG "" "NAME" "SRCS;HDRS;PUBLIC_DEPS;PRIVATE_DEPS" ${ARGN})
  set(target keping_${ARG_NAME})
  if(ARG_SRCS)
    add_library(${target} STATIC ${ARG_SRCS} ${ARG_HDRS})
    target_link_libraries(${target} PUBLIC keping_flags ${ARG_PUBLIC_DEPS}
                          PRIVATE keping_warnings ${ARG_PRIVATE_DEPS})
  else()
    add_library(${target} INTERFACE)
    target_link_libraries(${target} INTERFACE keping_flags ${ARG_PUBLIC_DEPS})
  endif()
  add_library(keping::${ARG_NAME} ALIAS ${target})
endfunction()

# The texts of messages/id.json and messages/en.json of this folder, embedded in one C++ source, which defines
# NAMESPACE::Messages() as HEADER of this folder declares it. OUT gets the source's path. The catalogues are
# data: a change of a file alone builds it in.
function(keping_message_source OUT HEADER NAMESPACE)
  foreach(language ID EN)
    string(TOLOWER "${language}" name)
    set(file "${CMAKE_CURRENT_SOURCE_DIR}/messages/${name}.json")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
    file(READ "${file}" json)
    string(JSON count LENGTH "${json}")
    math(EXPR last "${count} - 1")
    set(KEPING_${language} "")
    foreach(index RANGE ${last})
      string(JSON key MEMBER "${json}" ${index})
      string(JSON text GET "${json}" "${key}")
      string(APPEND KEPING_${language} "    {\"${key}\", R\"text(${text})text\"},\n")
    endforeach()
  endforeach()
  file(RELATIVE_PATH KEPING_HEADER "${CMAKE_SOURCE_DIR}" "${CMAKE_CURRENT_SOURCE_DIR}/${HEADER}")
  set(KEPING_NAMESPACE "${NAMESPACE}")
  configure_file("${CMAKE_SOURCE_DIR}/common/cmake/messages.cc.in" messages.cc @ONLY)
  set(${OUT} "${CMAKE_CURRENT_BINARY_DIR}/messages.cc" PARENT_SCOPE)
endfunction()

# A program in build/<preset>/bin/NAME.
function(keping_cc_binary)
  cmake_parse_arguments(ARG "" "NAME" "SRCS;DEPS" ${ARGN})
  add_executable(${ARG_NAME} ${ARG_SRCS})
  target_link_libraries(${ARG_NAME} PRIVATE keping_flags keping_warnings ${ARG_DEPS})
endfunction()

# What a leak report leaves out: memory that libraries of others keep.
set(keping_lsan
    "LSAN_OPTIONS=print_suppressions=0:suppressions=${CMAKE_SOURCE_DIR}/tests/support/lsan_suppressions.txt")

# The page of a face, built from the sources of this folder and of common/web by npm's tools into one C++
# source of bytes, which defines FUNCTION as HEADER declares it.
function(keping_web_face)
  cmake_parse_arguments(ARG "" "NAME;HEADER;FUNCTION" "PROTOS" ${ARGN})
  set(shared "${CMAKE_SOURCE_DIR}/common/web")
  set(proto_files ${ARG_PROTOS})
  list(TRANSFORM proto_files PREPEND "${CMAKE_SOURCE_DIR}/proto/")
  list(TRANSFORM proto_files APPEND "/*.proto")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/messages/*"
       "${CMAKE_CURRENT_SOURCE_DIR}/src/*" "${shared}/*" ${proto_files})
  set(assets "${CMAKE_CURRENT_BINARY_DIR}/assets.cc")
  file(RELATIVE_PATH header "${CMAKE_SOURCE_DIR}" "${CMAKE_CURRENT_SOURCE_DIR}/${ARG_HEADER}")
  string(REPLACE ";" " " protos "${ARG_PROTOS}")
  add_custom_command(
    OUTPUT "${assets}"
    COMMAND "${shared}/build" --protoc "${Protobuf_PROTOC_EXECUTABLE}"
            --face "${CMAKE_CURRENT_SOURCE_DIR}" --protos "${protos}"
            --work "${CMAKE_CURRENT_BINARY_DIR}/page" --out "${assets}" --header "${header}"
            --function "${ARG_FUNCTION}"
    DEPENDS ${sources} style.css
    COMMENT "Building the page ${ARG_NAME}"
    VERBATIM)
  keping_cc_library(NAME ${ARG_NAME} SRCS "${assets}" HDRS ${ARG_HEADER}
                    PUBLIC_DEPS keping::http absl::span)
endfunction()

# A GoogleTest program, one ctest entry per program, labelled with the folder of tests/ it lies in.
function(keping_cc_test)
  cmake_parse_arguments(ARG "" "NAME;LABEL;TIMEOUT" "SRCS;DEPS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_executable(${ARG_NAME} ${ARG_SRCS})
  set_target_properties(${ARG_NAME} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
  target_link_libraries(${ARG_NAME} PRIVATE keping_flags keping_warnings ${ARG_DEPS}
                        GTest::gmock GTest::gtest_main)
  add_test(NAME ${ARG_LABEL}.${ARG_NAME} COMMAND ${ARG_NAME})
  set_tests_properties(${ARG_LABEL}.${ARG_NAME} PROPERTIES LABELS ${ARG_LABEL} TIMEOUT ${ARG_TIMEOUT}
    ENVIRONMENT "${keping_lsan}")
endfunction()

# A test that is a command; it runs in the project's root.
function(keping_script_test)
  cmake_parse_arguments(ARG "" "NAME;LABEL;TIMEOUT" "COMMAND" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  add_test(NAME ${ARG_LABEL}.${ARG_NAME} COMMAND ${ARG_COMMAND} WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}")
  set_tests_properties(${ARG_LABEL}.${ARG_NAME} PROPERTIES LABELS ${ARG_LABEL} TIMEOUT ${ARG_TIMEOUT}
    ENVIRONMENT "LC_ALL=C.UTF-8;KEPING_BIN=${CMAKE_BINARY_DIR}/bin;KEPING_BUILD=${CMAKE_BINARY_DIR};${keping_lsan}")
endfunction()

# Messages, and with GRPC also service stubs, generated from proto/. Included as "keping/…/x.pb.h".
function(keping_proto_library)
  cmake_parse_arguments(ARG "GRPC" "NAME" "PROTOS;DEPS" ${ARGN})
  set(root "${CMAKE_SOURCE_DIR}/proto")
  set(out "${CMAKE_BINARY_DIR}/proto")
  file(MAKE_DIRECTORY "${out}")
  set(sources "")
  foreach(proto ${ARG_PROTOS})
    string(REGEX REPLACE "\\.proto$" "" stem ${proto})
    set(generated "${out}/${stem}.pb.cc" "${out}/${stem}.pb.h")
    set(command ${Protobuf_PROTOC_EXECUTABLE} -I${root} --cpp_out=${out})
    if(ARG_GRPC)
      list(APPEND generated "${out}/${stem}.grpc.pb.cc" "${out}/${stem}.grpc.pb.h")
      list(APPEND command --grpc_out=${out} --plugin=protoc-gen-grpc=$<TARGET_FILE:gRPC::grpc_cpp_plugin>)
    endif()
    add_custom_command(OUTPUT ${generated} COMMAND ${command} ${proto}
                       DEPENDS "${root}/${proto}" WORKING_DIRECTORY ${root} VERBATIM)
    list(APPEND sources ${generated})
  endforeach()
  add_library(keping_${ARG_NAME} STATIC ${sources})
  target_include_directories(keping_${ARG_NAME} SYSTEM PUBLIC "${out}")
  target_link_libraries(keping_${ARG_NAME} PUBLIC protobuf::libprotobuf ${ARG_DEPS} PRIVATE keping_flags)
  if(ARG_GRPC)
    target_link_libraries(keping_${ARG_NAME} PUBLIC gRPC::grpc++)
  endif()
  add_library(keping::${ARG_NAME} ALIAS keping_${ARG_NAME})
endfunction()
