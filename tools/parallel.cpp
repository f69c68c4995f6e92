#include "tools/parallel.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <system_error>
#include <thread>
#include <vector>

namespace duenotice {

void in_parallel(std::size_t count, const std::function<void(std::size_t)>& work) {
    constexpr std::size_t most_threads = 8;
    std::atomic<std::size_t> next{0};
    const auto take = [&] {
        for (std::size_t i = next++; i < count; i = next++) work(i);
    };
    std::vector<std::future<void>> others;  // their destructors wait
    const std::size_t threads = std::min({count, most_threads, std::max<std::size_t>(1, std::thread::hardware_concurrency())});
    try {
        while (others.size() + 1 < threads) others.push_back(std::async(std::launch::async, take));
    } catch (const std::system_error&) {
        // those that there are do all of it
    }
    take();
    for (std::future<void>& other : others) other.get();
}

}  // namespace duenotice
