# Warnings and hardening shared by every target of the project; never exported to consumers.
add_library(duenotice_build_options INTERFACE)
target_compile_features(duenotice_build_options INTERFACE cxx_std_20)
target_compile_options(duenotice_build_options INTERFACE
  -Wall -Wextra -Wconversion -Wshadow -Wnon-virtual-dtor
  # WHY: false alarms of g++ 12 over std::string and std::optional once they are inlined (GCC bugs 105651, 105562).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized;-Wno-array-bounds;-Wno-restrict;-Wno-stringop-overflow>
  # WHY: under the sanitizers it says the same of empty arguments of fmt::format.
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<CONFIG:Asan>>:-Wno-uninitialized>
  $<$<BOOL:${DUENOTICE_DEVELOPER}>:-Werror>
  -fstack-protector-strong -fstack-clash-protection -fcf-protection=full
  $<$<CXX_COMPILER_ID:GNU>:-ftrivial-auto-var-init=zero>
  $<$<NOT:$<CONFIG:Debug,Asan>>:-D_FORTIFY_SOURCE=3>)
target_compile_definitions(duenotice_build_options INTERFACE _GLIBCXX_ASSERTIONS)
target_link_options(duenotice_build_options INTERFACE -pie -Wl,-z,relro,-z,now,-z,noexecstack)
