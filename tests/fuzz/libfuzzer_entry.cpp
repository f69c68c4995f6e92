// The door of libFuzzer to one target, whose name is compiled in.
#include <cstdint>

#include "tests/fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const duenotice::fuzz::Target* target = duenotice::fuzz::find_target(DUENOTICE_FUZZ_TARGET);
    target->run(std::string(reinterpret_cast<const char*>(data), size));
    return 0;
}
