// verify_vectors FOLDER: published test vectors against the record's own code; a small program that needs no law.
#include <iostream>

#include "tools/atomic_file.h"
#include "tools/options.h"
#include "tools/vector_files.h"

int main(int argc, char** argv) {
    if (argc != 2 || std::string(argv[1]).starts_with('-')) {
        std::cerr << "verify_vectors FOLDER\n"
                     "  Merkle probes (JSON: leafIdx, treeSize, root, leafHash, proof, wantErr; size1, size2, root1, root2, proof,\n"
                     "  wantErr), input/NAME.json with output/NAME.json for canonical JSON, signed checkpoints with a file of their\n"
                     "  key (name+id+base64, or PEM) beside them; a checkpoint whose name begins with `bad` must be refused.\n";
        return duenotice::exit_code::usage;
    }
    try {
        return duenotice::verify_vectors(argv[1], std::cout);
    } catch (const duenotice::FileError& error) {
        std::cerr << "verify_vectors: " << error.what() << "\n";
        return duenotice::exit_code::failed;
    }
}
