# Warnings and hardening shared by every target of the project; never exported to consumers.
add_library(duenotice_build_options INTERFACE)
target_compile_features(duenotice_build_options INTERFACE cxx_std_20)
target_compile_options(duenotice_build_options INTERFACE
  -Wall -Wextra -Wconversion -Wshadow -Wnon-virtual-dtor
  $<$<NOT:$<CONFIG:Debug>>:-Wno-maybe-uninitialized>
  $<$<BOOL:${DUENOTICE_DEVELOPER}>:-Werror>
  -fstack-protector-strong -fstack-clash-protection -fcf-protection=full
  $<$<CXX_COMPILER_ID:GNU>:-ftrivial-auto-var-init=zero>
  $<$<NOT:$<CONFIG:Debug,Asan>>:-D_FORTIFY_SOURCE=3>)
target_compile_definitions(duenotice_build_options INTERFACE _GLIBCXX_ASSERTIONS)
target_link_options(duenotice_build_options INTERFACE -pie -Wl,-z,relro,-z,now,-z,noexecstack)
