#include "engine/record/timestamp.h"

#include <memory>
#include <stdexcept>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509.h>

#include "engine/record/openssl.h"
#include "engine/record/signature.h"
#include "rules/fingerprint.h"

namespace duenotice {

namespace {

using openssl::check;
using openssl::Owned;
using Reply = Owned<TS_RESP, TS_RESP_free>;

std::string last_error() {
    const unsigned long code = ERR_peek_last_error();
    ERR_clear_error();
    const char* words = code == 0 ? nullptr : ERR_reason_error_string(code);
    return words == nullptr ? "it does not verify" : words;
}

Reply parse(std::string_view bytes) {
    const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
    Reply reply(d2i_TS_RESP(nullptr, &at, static_cast<long>(bytes.size())));
    const bool whole = reply != nullptr && at == reinterpret_cast<const unsigned char*>(bytes.data()) + bytes.size();
    ERR_clear_error();
    return whole ? std::move(reply) : nullptr;
}

std::string text_of(const ASN1_STRING* value) { return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(value)), static_cast<std::size_t>(ASN1_STRING_length(value))}; }

}  // namespace

std::optional<Timestamp> read_timestamp(const Leaf& leaf) {
    const auto size = leaf.refs.find("size"), token = leaf.refs.find("token_artefact");
    if (leaf.kind != "timestamp" || size == leaf.refs.end() || token == leaf.refs.end()) return {};
    const auto* number = std::get_if<std::int64_t>(&size->second);
    const auto* text = std::get_if<std::string>(&token->second);
    const auto name = text == nullptr ? std::nullopt : parse_artefact_reference(*text);
    if (number == nullptr || *number <= 0 || !name || name->media_type != timestamp_type) return {};
    return Timestamp{leaf.seq, static_cast<std::uint64_t>(*number), *name};
}

std::string timestamp_query(std::string_view text) {
    const Digest digest = sha256(text);
    const Owned<TS_REQ, TS_REQ_free> request(TS_REQ_new());
    const Owned<TS_MSG_IMPRINT, TS_MSG_IMPRINT_free> imprint(TS_MSG_IMPRINT_new());
    const Owned<X509_ALGOR, X509_ALGOR_free> algorithm(X509_ALGOR_new());
    const Owned<ASN1_INTEGER, ASN1_INTEGER_free> nonce(ASN1_INTEGER_new());
    check(request && imprint && algorithm && nonce, "make a request");
    std::uint64_t chance = 0;
    for (const char c : random_bytes(8)) chance = chance << 8U | static_cast<unsigned char>(c);
    check(X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) == 1 && TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) == 1 &&
              TS_MSG_IMPRINT_set_msg(imprint.get(), const_cast<unsigned char*>(digest.data()), static_cast<int>(digest.size())) == 1 && TS_REQ_set_version(request.get(), 1) == 1 &&
              TS_REQ_set_msg_imprint(request.get(), imprint.get()) == 1 && ASN1_INTEGER_set_uint64(nonce.get(), chance >> 1U) == 1 && TS_REQ_set_nonce(request.get(), nonce.get()) == 1 &&
              TS_REQ_set_cert_req(request.get(), 1) == 1,
          "fill a request");
    unsigned char* bytes = nullptr;
    const int size = i2d_TS_REQ(request.get(), &bytes);
    check(size > 0, "write a request");
    std::string made(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    return made;
}

std::string read_reply(std::string_view bytes, Stamped& stamped) {
    const Reply reply = parse(bytes);
    if (!reply) return "it is no reply of a stamping authority (RFC 3161)";
    const long status = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(reply.get())));
    TS_TST_INFO* info = TS_RESP_get_tst_info(reply.get());
    if ((status != TS_STATUS_GRANTED && status != TS_STATUS_GRANTED_WITH_MODS) || info == nullptr) return "the authority did not grant it";
    TS_MSG_IMPRINT* imprint = TS_TST_INFO_get_msg_imprint(info);
    const ASN1_OBJECT* algorithm = nullptr;
    X509_ALGOR_get0(&algorithm, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(imprint));
    if (OBJ_obj2nid(algorithm) != NID_sha256) return "it stamps another hash than SHA-256";
    stamped.imprint = text_of(TS_MSG_IMPRINT_get_msg(imprint));
    stamped.time = text_of(TS_TST_INFO_get_time(info));
    return "";
}

std::string check_reply(std::string_view bytes, std::string_view text, const std::string& authorities_pem) {
    const Reply reply = parse(bytes);
    if (!reply) return "it is no reply of a stamping authority (RFC 3161)";
    const Owned<BIO, BIO_free_all> pem(BIO_new_mem_buf(authorities_pem.data(), static_cast<int>(authorities_pem.size())));
    Owned<X509_STORE, X509_STORE_free> store(X509_STORE_new());
    check(pem && store, "read certificates");
    int count = 0;
    while (const Owned<X509, X509_free> certificate{PEM_read_bio_X509(pem.get(), nullptr, nullptr, nullptr)}) count += X509_STORE_add_cert(store.get(), certificate.get());
    ERR_clear_error();
    if (count == 0) return "the file of the authority holds no certificate in PEM";
    const Owned<TS_VERIFY_CTX, TS_VERIFY_CTX_free> context(TS_VERIFY_CTX_new());
    check(context != nullptr, "verify a time stamp");
    BIO* data = BIO_new_mem_buf(text.data(), static_cast<int>(text.size()));
    TS_VERIFY_CTX_set_flags(context.get(), TS_VFY_VERSION | TS_VFY_SIGNER | TS_VFY_SIGNATURE | TS_VFY_DATA);
    TS_VERIFY_CTX_set_data(context.get(), data);
    TS_VERIFY_CTX_set_store(context.get(), store.release());
    return TS_RESP_verify_response(context.get(), reply.get()) == 1 ? "" : last_error();
}

}  // namespace duenotice
