#pragma once
// The files of a bundle on the disk, read whole. Links, pipes and devices in the folder are refused, and more than 1 GiB.

#include <string>

#include "engine/record/bundle.h"

namespace duenotice {

BundleFiles read_folder(const std::string& folder);

}  // namespace duenotice
