#include "common/crypto/x509.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"

namespace keping::crypto {
namespace {

constexpr size_t kMaxNameSize = 63;
constexpr size_t kShortFingerprintSize = 20;

template <auto Free>
struct Freer {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Bio = std::unique_ptr<BIO, Freer<BIO_free_all>>;
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Request = std::unique_ptr<X509_REQ, Freer<X509_REQ_free>>;
using Name = std::unique_ptr<X509_NAME, Freer<X509_NAME_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freer<X509_EXTENSION_free>>;
using Number = std::unique_ptr<BIGNUM, Freer<BN_free>>;
using AlternativeNames = std::unique_ptr<GENERAL_NAMES, Freer<GENERAL_NAMES_free>>;
using Store = std::unique_ptr<X509_STORE, Freer<X509_STORE_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Freer<EVP_MD_CTX_free>>;
using StoreContext = std::unique_ptr<X509_STORE_CTX, Freer<X509_STORE_CTX_free>>;

// OpenSSL's own reason, taken off its queue.
std::string Reason() {
  char text[256] = "no reason given";
  if (const unsigned long code = ERR_get_error(); code != 0) {
    ERR_error_string_n(code, text, sizeof(text));
  }
  ERR_clear_error();
  return text;
}

absl::Status Failed(absl::string_view what) {
  return absl::InternalError(absl::StrCat("cannot ", what, ": OpenSSL said ", Reason()));
}

absl::Status NotPem(absl::string_view want) {
  ERR_clear_error();
  return absl::InvalidArgumentError(
      absl::StrCat("got text that does not parse, want ", want, " in PEM form"));
}

Bio Reader(absl::string_view text) {
  return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

std::string Written(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return std::string(data, static_cast<size_t>(size));
}

absl::StatusOr<Key> ParseKey(absl::string_view pem) {
  Key key(PEM_read_bio_PrivateKey(Reader(pem).get(), nullptr, nullptr, nullptr));
  if (key == nullptr) return NotPem("a private key");
  return key;
}

absl::StatusOr<Certificate> ParseCertificate(absl::string_view pem) {
  Certificate certificate(PEM_read_bio_X509(Reader(pem).get(), nullptr, nullptr, nullptr));
  if (certificate == nullptr) return NotPem("a certificate");
  return certificate;
}

absl::StatusOr<std::string> ToPem(EVP_PKEY* key) {
  Bio bio(BIO_new(BIO_s_mem()));
  if (PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1) {
    return Failed("write a private key");
  }
  return Written(bio.get());
}

absl::StatusOr<std::string> ToPem(X509* certificate) {
  Bio bio(BIO_new(BIO_s_mem()));
  if (PEM_write_bio_X509(bio.get(), certificate) != 1) return Failed("write a certificate");
  return Written(bio.get());
}

absl::StatusOr<Key> NewKey() {
  Key key(EVP_EC_gen("P-256"));
  if (key == nullptr) return Failed("make a private key");
  return key;
}

Name CommonName(absl::string_view name) {
  Name subject(X509_NAME_new());
  X509_NAME_add_entry_by_txt(subject.get(), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(name.data()),
                             static_cast<int>(name.size()), -1, 0);
  return subject;
}

bool SetRandomSerial(X509* certificate) {
  std::array<unsigned char, 16> bytes{};
  if (RAND_bytes(bytes.data(), bytes.size()) != 1) return false;
  bytes[0] = (bytes[0] & 0x7f) | 0x40;  // positive, and always 16 bytes
  Number number(BN_bin2bn(bytes.data(), bytes.size(), nullptr));
  return BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool SetValidity(X509* certificate, const Validity& validity) {
  return ASN1_TIME_set(X509_getm_notBefore(certificate), absl::ToTimeT(validity.from)) != nullptr &&
         ASN1_TIME_set(X509_getm_notAfter(certificate), absl::ToTimeT(validity.until)) != nullptr;
}

bool AddExtension(X509* certificate, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
  return extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1;
}

// A certificate with everything but extensions and signature. `issuer` null: it is its own.
absl::StatusOr<Certificate> Draft(absl::string_view name, EVP_PKEY* key, X509* issuer,
                                  const Validity& validity) {
  Certificate draft(X509_new());
  const Name subject = CommonName(name);
  const X509_NAME* issuer_name = issuer == nullptr ? subject.get() : X509_get_subject_name(issuer);
  if (X509_set_version(draft.get(), X509_VERSION_3) != 1 || !SetRandomSerial(draft.get()) ||
      !SetValidity(draft.get(), validity) ||
      X509_set_subject_name(draft.get(), subject.get()) != 1 ||
      X509_set_issuer_name(draft.get(), issuer_name) != 1 ||
      X509_set_pubkey(draft.get(), key) != 1) {
    return Failed("make a certificate");
  }
  return draft;
}

bool AddNodeExtensions(X509* certificate, X509* issuer, absl::string_view node_id,
                       CertificateUse use, absl::string_view incarnation) {
  const bool serves = use == CertificateUse::kServerAndClient;
  std::string names = absl::StrCat("DNS:", node_id, serves ? ",DNS:localhost" : "",
                                   ",URI:", kNodeUriPrefix, node_id);
  if (!incarnation.empty()) {
    absl::StrAppend(&names, ",URI:", kIncarnationUriPrefix, incarnation);
  }
  return AddExtension(certificate, issuer, NID_basic_constraints, "critical,CA:FALSE") &&
         AddExtension(certificate, issuer, NID_key_usage, "critical,digitalSignature") &&
         AddExtension(certificate, issuer, NID_ext_key_usage,
                      serves ? "serverAuth,clientAuth" : "clientAuth") &&
         AddExtension(certificate, issuer, NID_subject_alt_name, names) &&
         AddExtension(certificate, issuer, NID_subject_key_identifier, "hash") &&
         AddExtension(certificate, issuer, NID_authority_key_identifier, "keyid");
}

bool AddAuthorityExtensions(X509* certificate) {
  return AddExtension(certificate, certificate, NID_basic_constraints,
                      "critical,CA:TRUE,pathlen:0") &&
         AddExtension(certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign") &&
         AddExtension(certificate, certificate, NID_subject_key_identifier, "hash");
}

bool IsP256(const EVP_PKEY* key) {
  char group[32] = "";
  size_t size = 0;
  return EVP_PKEY_is_a(key, "EC") == 1 &&
         EVP_PKEY_get_group_name(key, group, sizeof(group), &size) == 1 &&
         absl::string_view(group, size) == SN_X9_62_prime256v1;
}

// The request's key, once the request has proven that its maker holds it.
absl::StatusOr<Key> KeyOfRequest(absl::string_view request_pem) {
  Request request(PEM_read_bio_X509_REQ(Reader(request_pem).get(), nullptr, nullptr, nullptr));
  if (request == nullptr) return NotPem("a certificate request");
  Key key(X509_REQ_get_pubkey(request.get()));
  if (key == nullptr || !IsP256(key.get())) {
    return absl::InvalidArgumentError(
        "got a certificate request for another kind of key, want EC "
        "P-256");
  }
  if (X509_REQ_verify(request.get(), key.get()) != 1) {
    ERR_clear_error();
    return absl::InvalidArgumentError(
        "got a certificate request with a bad signature, want one signed with its own key");
  }
  return key;
}

// What follows `prefix` in the first URI that begins with it, or empty.
std::string NamedBy(X509* certificate, absl::string_view prefix) {
  AlternativeNames names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  if (names == nullptr) return "";
  for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
    int type = 0;
    const auto* value = static_cast<const ASN1_IA5STRING*>(
        GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names.get(), i), &type));
    if (type != GEN_URI) continue;
    const absl::string_view uri(reinterpret_cast<const char*>(ASN1_STRING_get0_data(value)),
                                static_cast<size_t>(ASN1_STRING_length(value)));
    if (absl::StartsWith(uri, prefix)) return std::string(uri.substr(prefix.size()));
  }
  return "";
}

absl::Time ToTime(const ASN1_TIME* time) {
  tm parts{};
  ASN1_TIME_to_tm(time, &parts);
  return absl::FromTM(parts, absl::UTCTimeZone());
}

std::string Fingerprint(const X509* certificate) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  X509_digest(certificate, EVP_sha256(), digest.data(), &size);
  return absl::BytesToHexString({reinterpret_cast<const char*>(digest.data()), size});
}

}  // namespace

absl::Status ValidateCertificateName(absl::string_view node_id) {
  const bool good = !node_id.empty() && node_id.size() <= kMaxNameSize &&
                    std::all_of(node_id.begin(), node_id.end(), [](unsigned char c) {
                      return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-';
                    });
  if (good) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("node id: got \"", absl::CHexEscape(node_id),
                                                 "\", want 1 to ", kMaxNameSize,
                                                 " lower-case letters, digits and hyphens"));
}

Validity ValidFor(absl::Time now, absl::Duration period) {
  return {now - absl::Hours(24), now + period};
}

absl::StatusOr<std::string> MakePrivateKey() {
  KEPING_ASSIGN_OR_RETURN(Key key, NewKey());
  return ToPem(key.get());
}

absl::StatusOr<std::string> MakeCertificateRequest(absl::string_view key_pem,
                                                   absl::string_view node_id) {
  KEPING_RETURN_IF_ERROR(ValidateCertificateName(node_id));
  KEPING_ASSIGN_OR_RETURN(Key key, ParseKey(key_pem));
  Request request(X509_REQ_new());
  Bio bio(BIO_new(BIO_s_mem()));
  if (X509_REQ_set_subject_name(request.get(), CommonName(node_id).get()) != 1 ||
      X509_REQ_set_pubkey(request.get(), key.get()) != 1 ||
      X509_REQ_sign(request.get(), key.get(), EVP_sha256()) == 0 ||
      PEM_write_bio_X509_REQ(bio.get(), request.get()) != 1) {
    return Failed("make a certificate request");
  }
  return Written(bio.get());
}

absl::StatusOr<CertificateAuthority> CertificateAuthority::Create(absl::string_view district,
                                                                  const Validity& validity) {
  KEPING_RETURN_IF_ERROR(ValidateCertificateName(district));
  KEPING_ASSIGN_OR_RETURN(Key key, NewKey());
  KEPING_ASSIGN_OR_RETURN(Certificate certificate, Draft(absl::StrCat("Keping district ", district),
                                                         key.get(), nullptr, validity));
  if (!AddAuthorityExtensions(certificate.get()) ||
      X509_sign(certificate.get(), key.get(), EVP_sha256()) == 0) {
    return Failed("sign the district's certificate");
  }
  KEPING_ASSIGN_OR_RETURN(std::string certificate_pem, ToPem(certificate.get()));
  KEPING_ASSIGN_OR_RETURN(std::string key_pem, ToPem(key.get()));
  return CertificateAuthority(std::move(certificate_pem), std::move(key_pem));
}

absl::StatusOr<CertificateAuthority> CertificateAuthority::Load(absl::string_view certificate_pem,
                                                                absl::string_view key_pem) {
  KEPING_RETURN_IF_ERROR(CheckKeyPair(certificate_pem, key_pem));
  return CertificateAuthority(std::string(certificate_pem), std::string(key_pem));
}

absl::StatusOr<std::string> CertificateAuthority::Sign(absl::string_view request_pem,
                                                       absl::string_view node_id,
                                                       CertificateUse use, const Validity& validity,
                                                       absl::string_view incarnation) const {
  KEPING_RETURN_IF_ERROR(ValidateCertificateName(node_id));
  // Whatever else it held would be read as further names.
  if (!incarnation.empty()) KEPING_RETURN_IF_ERROR(ValidateCertificateName(incarnation));
  KEPING_ASSIGN_OR_RETURN(Key subject_key, KeyOfRequest(request_pem));
  KEPING_ASSIGN_OR_RETURN(Certificate issuer, ParseCertificate(certificate_pem_));
  KEPING_ASSIGN_OR_RETURN(Key issuer_key, ParseKey(key_pem_));
  KEPING_ASSIGN_OR_RETURN(Certificate certificate,
                          Draft(node_id, subject_key.get(), issuer.get(), validity));
  if (!AddNodeExtensions(certificate.get(), issuer.get(), node_id, use, incarnation) ||
      X509_sign(certificate.get(), issuer_key.get(), EVP_sha256()) == 0) {
    return Failed("sign a certificate");
  }
  return ToPem(certificate.get());
}

absl::StatusOr<CertificateFacts> ReadCertificate(absl::string_view pem) {
  KEPING_ASSIGN_OR_RETURN(Certificate certificate, ParseCertificate(pem));
  return CertificateFacts{
      NamedBy(certificate.get(), kNodeUriPrefix), ToTime(X509_get0_notBefore(certificate.get())),
      ToTime(X509_get0_notAfter(certificate.get())), Fingerprint(certificate.get()),
      NamedBy(certificate.get(), kIncarnationUriPrefix)};
}

bool DueForRenewal(const CertificateFacts& certificate, absl::Time now) {
  const absl::Duration life = certificate.not_after - certificate.not_before;
  return now < certificate.not_before || now >= certificate.not_after - life / 3;
}

absl::Status CheckKeyPair(absl::string_view certificate_pem, absl::string_view key_pem) {
  KEPING_ASSIGN_OR_RETURN(Certificate certificate, ParseCertificate(certificate_pem));
  KEPING_ASSIGN_OR_RETURN(Key key, ParseKey(key_pem));
  if (X509_check_private_key(certificate.get(), key.get()) == 1) return absl::OkStatus();
  ERR_clear_error();
  return absl::InvalidArgumentError(
      "got a key and a certificate that do not belong together, want a pair; restore both from "
      "the same backup");
}

absl::Status VerifyCertificate(absl::string_view pem, absl::string_view authority_pem,
                               absl::Time now) {
  KEPING_ASSIGN_OR_RETURN(Certificate certificate, ParseCertificate(pem));
  KEPING_ASSIGN_OR_RETURN(Certificate authority, ParseCertificate(authority_pem));
  Store store(X509_STORE_new());
  StoreContext context(X509_STORE_CTX_new());
  if (X509_STORE_add_cert(store.get(), authority.get()) != 1 ||
      X509_STORE_CTX_init(context.get(), store.get(), certificate.get(), nullptr) != 1) {
    return Failed("check a certificate");
  }
  X509_STORE_CTX_set_time(context.get(), 0, absl::ToTimeT(now));
  if (X509_verify_cert(context.get()) == 1) return absl::OkStatus();
  const int error = X509_STORE_CTX_get_error(context.get());
  ERR_clear_error();
  return absl::UnauthenticatedError(absl::StrCat("got a certificate that does not hold (",
                                                 X509_verify_cert_error_string(error),
                                                 "), want one of this district, valid now"));
}

absl::StatusOr<std::string> SignStatement(absl::string_view key_pem, absl::string_view statement) {
  KEPING_ASSIGN_OR_RETURN(Key key, ParseKey(key_pem));
  const Digest digest(EVP_MD_CTX_new());
  const auto* bytes = reinterpret_cast<const unsigned char*>(statement.data());
  size_t size = 0;
  if (EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, key.get()) != 1 ||
      EVP_DigestSign(digest.get(), nullptr, &size, bytes, statement.size()) != 1) {
    return Failed("sign a statement");
  }
  std::string signature(size, '\0');
  if (EVP_DigestSign(digest.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes,
                     statement.size()) != 1) {
    return Failed("sign a statement");
  }
  signature.resize(size);
  return signature;
}

absl::Status VerifyStatement(absl::string_view certificate_pem, absl::string_view statement,
                             absl::string_view signature) {
  KEPING_ASSIGN_OR_RETURN(Certificate certificate, ParseCertificate(certificate_pem));
  const Digest digest(EVP_MD_CTX_new());
  if (EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sha256(), nullptr,
                           X509_get0_pubkey(certificate.get())) == 1 &&
      EVP_DigestVerify(digest.get(), reinterpret_cast<const unsigned char*>(signature.data()),
                       signature.size(), reinterpret_cast<const unsigned char*>(statement.data()),
                       statement.size()) == 1) {
    return absl::OkStatus();
  }
  ERR_clear_error();
  return absl::UnauthenticatedError(
      "got a signature that is not by the certificate's key, want one that is");
}

std::string ShortFingerprint(absl::string_view fingerprint) {
  std::string text;
  for (size_t i = 0; i < kShortFingerprintSize && i < fingerprint.size(); ++i) {
    if (i > 0 && i % 4 == 0) text.push_back('-');
    text.push_back(absl::ascii_toupper(static_cast<unsigned char>(fingerprint[i])));
  }
  return text;
}

bool FingerprintMatches(absl::string_view fingerprint, absl::string_view typed) {
  std::string digits;
  for (const char c : typed) {
    const auto byte = static_cast<unsigned char>(c);
    if (c != '-' && !absl::ascii_isspace(byte)) digits.push_back(absl::ascii_tolower(byte));
  }
  return digits.size() >= kShortFingerprintSize && absl::StartsWith(fingerprint, digits);
}

absl::Status VerifyCentralByFingerprint(absl::string_view certificate_pem,
                                        absl::string_view chain_pem, absl::string_view typed,
                                        absl::Time now) {
  KEPING_ASSIGN_OR_RETURN(CertificateFacts server, ReadCertificate(certificate_pem));
  if (server.node_id != kCentralNodeId) {
    return absl::UnauthenticatedError("got the certificate of another node, want the centre's");
  }
  Bio reader = Reader(chain_pem);
  while (Certificate link{PEM_read_bio_X509(reader.get(), nullptr, nullptr, nullptr)}) {
    if (!FingerprintMatches(Fingerprint(link.get()), typed)) continue;
    KEPING_ASSIGN_OR_RETURN(std::string authority_pem, ToPem(link.get()));
    return VerifyCertificate(certificate_pem, authority_pem, now);
  }
  ERR_clear_error();
  return absl::UnauthenticatedError(
      "got a server of another district, want the one with the fingerprint that was typed; compare "
      "it with the centre's screen");
}

}  // namespace keping::crypto
