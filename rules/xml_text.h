#pragma once
// The letters of a name, a value or a text of an XML file. Nearly all stand in the source as they are read, and then this
// points there; letters that references, line ends or a template have changed are kept here. Whoever holds it also holds
// the source (XmlElement and XmlAttribute do, in their Span).

#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

namespace duenotice {

class XmlText {
public:
    XmlText() = default;
    /// Letters of the source, not copied.
    static XmlText in_source(std::string_view letters) {
        XmlText result;
        result.letters_ = letters;
        return result;
    }
    /// Letters of its own.
    explicit XmlText(std::string_view letters) : letters_(letters), own_(true) {
        char* copy = new char[letters.size() + 1];
        if (!letters.empty()) std::memcpy(copy, letters.data(), letters.size());
        letters_ = {copy, letters.size()};
    }
    XmlText(const XmlText& other) : XmlText(other.own_ ? XmlText(other.letters_) : in_source(other.letters_)) {}
    XmlText(XmlText&& other) noexcept : letters_(other.letters_), own_(std::exchange(other.own_, false)) {}
    XmlText& operator=(XmlText other) noexcept {
        std::swap(letters_, other.letters_);
        std::swap(own_, other.own_);
        return *this;
    }
    ~XmlText() {
        if (own_) delete[] letters_.data();
    }

    std::string_view view() const { return letters_; }
    operator std::string_view() const { return letters_; }
    operator std::string() const { return std::string(letters_); }

    /// Equality for loops over many names: most differ in length or in the first letter.
    bool is(std::string_view name) const {
        return letters_.size() == name.size() && (name.empty() || letters_.front() == name.front()) && letters_ == name;
    }
    bool empty() const { return letters_.empty(); }
    std::size_t size() const { return letters_.size(); }
    const char* data() const { return letters_.data(); }
    char operator[](std::size_t i) const { return letters_[i]; }
    std::size_t find(std::string_view words, std::size_t from = 0) const { return letters_.find(words, from); }
    std::size_t find(char c, std::size_t from = 0) const { return letters_.find(c, from); }

    friend bool operator==(const XmlText& a, const XmlText& b) { return a.letters_ == b.letters_; }
    friend bool operator==(const XmlText& a, std::string_view b) { return a.letters_ == b; }
    friend std::string operator+(std::string_view a, const XmlText& b) { return std::string(a).append(b.letters_); }

private:
    std::string_view letters_;
    bool own_ = false;
};

}  // namespace duenotice
