#pragma once
// What the record's users of OpenSSL share: objects that free themselves, and a call that must succeed.

#include <memory>
#include <stdexcept>
#include <string>

namespace duenotice::openssl {

template <class T, void (*Free)(T*)>
struct Freer {
    void operator()(T* object) const { Free(object); }
};
template <class T, void (*Free)(T*)>
using Owned = std::unique_ptr<T, Freer<T, Free>>;

/// std::runtime_error when OpenSSL could not do it.
inline void check(bool done, const char* what) {
    if (!done) throw std::runtime_error(std::string("OpenSSL cannot ") + what);
}

}  // namespace duenotice::openssl
