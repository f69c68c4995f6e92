#pragma once
// Test vectors of others, file by file: Merkle inclusion and consistency probes (JSON), pairs for canonical JSON
// (input/NAME.json, output/NAME.json), signed checkpoints with their keys. What a file is is told by what stands in it.

#include <iosfwd>
#include <string>

namespace duenotice {

/// Walks the folder, prints `pass`, `fail` with the reason or `skip` for each file and the counts at the end. Returns 0
/// when at least one file was checked and none failed, else 1. FileError when the folder cannot be read.
int verify_vectors(const std::string& folder, std::ostream& out);

}  // namespace duenotice
