#pragma once
// Members that nearly every object leaves empty and that should not cost each of them their full size: eight bytes while
// empty, a place of their own otherwise. Copies are deep.

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace duenotice {

/// Reads as an optional.
template <class T>
class Rare {
public:
    Rare() = default;
    Rare(const Rare& other) : value_(other.value_ ? std::make_unique<T>(*other.value_) : nullptr) {}
    Rare(Rare&&) noexcept = default;
    Rare& operator=(Rare other) noexcept {
        value_ = std::move(other.value_);
        return *this;
    }
    Rare& operator=(T value) {
        value_ = std::make_unique<T>(std::move(value));
        return *this;
    }
    ~Rare() = default;

    T& emplace() {
        value_ = std::make_unique<T>();
        return *value_;
    }
    void reset() { value_.reset(); }
    bool has_value() const { return value_ != nullptr; }
    explicit operator bool() const { return has_value(); }
    T& operator*() { return *value_; }
    const T& operator*() const { return *value_; }
    T* operator->() { return value_.get(); }
    const T* operator->() const { return value_.get(); }
    friend bool operator==(const Rare& a, const Rare& b) {
        return a.value_ && b.value_ ? *a.value_ == *b.value_ : a.has_value() == b.has_value();
    }

private:
    std::unique_ptr<T> value_;
};

/// Reads as a string.
class RareText {
public:
    RareText() = default;
    RareText& operator=(std::string_view text) {
        if (text.empty()) text_.reset();
        else text_ = std::string(text);
        return *this;
    }

    const std::string& str() const {
        static const std::string none;
        return text_ ? *text_ : none;
    }
    operator const std::string&() const { return str(); }
    operator std::string_view() const { return str(); }
    bool empty() const { return !text_; }

    friend bool operator==(const RareText& a, const RareText& b) { return a.str() == b.str(); }
    friend bool operator==(const RareText& a, std::string_view b) { return a.str() == b; }
    friend std::string operator+(std::string_view a, const RareText& b) { return std::string(a) + b.str(); }

private:
    Rare<std::string> text_;
};

}  // namespace duenotice
