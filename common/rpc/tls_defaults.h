// What holds for every TLS connection of the process, and gRPC has no setting for.
//
//   SetTlsDefaults();   // once, before the first server
#ifndef KEPING_COMMON_RPC_TLS_DEFAULTS_H_
#define KEPING_COMMON_RPC_TLS_DEFAULTS_H_

#include <string>

namespace keping::rpc {

// Servers give out no session tickets. OpenSSL sends two after each handshake, each with the
// client's certificate in it: more than a kilobyte, and no client of ours resumes a session.
// Everything else stays as the machine's openssl.cnf has it; where that says nothing of TLS, 1.2 is
// the least.
void SetTlsDefaults();

// The machine's openssl.cnf with that added to the section that every TLS context takes. The
// section is found by three names, one after the other (openssl_conf, ssl_conf, system_default);
// where the machine has no such name, it is added.
std::string TlsConfigOf(const std::string& machine);

}  // namespace keping::rpc

#endif  // KEPING_COMMON_RPC_TLS_DEFAULTS_H_
