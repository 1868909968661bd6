#include "common/rpc/listen.h"

#include <netdb.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace keping::rpc {
namespace {

using AddressList = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

AddressList Resolve(absl::string_view address) {
  const size_t colon = address.rfind(':');
  if (colon == absl::string_view::npos) return AddressList(nullptr, &freeaddrinfo);
  std::string host(address.substr(0, colon));
  if (host.size() > 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  getaddrinfo(host.c_str(), std::string(address.substr(colon + 1)).c_str(), &hints, &found);
  return AddressList(found, &freeaddrinfo);
}

absl::Status Explain(int error, const std::string& address) {
  const std::string got = absl::StrCat("cannot listen on ", address, ": got \"", strerror(error));
  switch (error) {
    case EADDRINUSE:
      return absl::AlreadyExistsError(absl::StrCat(
          got, "\", want a free port; stop the program that has it or configure another port"));
    case EACCES:
      return absl::PermissionDeniedError(
          absl::StrCat(got, "\", want a port that this user may open; use one above 1023"));
    default:
      return absl::InvalidArgumentError(absl::StrCat(
          got, "\", want an address of this machine, or 0.0.0.0 for all; correct the config"));
  }
}

// 0, or why nobody can be reached at the socket.
int TryConnect(const std::string& path) {
  const int client = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (client < 0) return errno;
  absl::Cleanup close_client = [client] { close(client); };
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  memcpy(address.sun_path, path.c_str(), path.size() + 1);
  return connect(client, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0 ? 0 : errno;
}

absl::Status CheckFolderOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  if (access(folder.c_str(), W_OK | X_OK) == 0) return absl::OkStatus();
  const int error = errno;
  const std::string text = absl::StrCat("cannot listen on ", path, ": got \"", strerror(error),
                                        "\" for its folder, want one that this user may write");
  return error == ENOENT ? absl::NotFoundError(text) : absl::PermissionDeniedError(text);
}

}  // namespace

absl::Status CheckAddressIsFree(const std::string& address) {
  const AddressList found = Resolve(address);
  if (found == nullptr) return Explain(EADDRNOTAVAIL, address);
  const int listener = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (listener < 0) return Explain(errno, address);
  absl::Cleanup close_listener = [listener] { close(listener); };
  const int on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  if (bind(listener, found->ai_addr, found->ai_addrlen) == 0) return absl::OkStatus();
  return Explain(errno, address);
}

absl::Status PrepareUnixSocket(const std::string& path) {
  constexpr size_t kMaxSize = sizeof(sockaddr_un{}.sun_path) - 1;
  if (path.empty() || path.size() > kMaxSize) {
    return absl::InvalidArgumentError(absl::StrCat(
        "cannot listen on ", path, ": got a path of ", path.size(), " characters, want 1 to ",
        kMaxSize, ", the system's limit for a Unix socket; set api_socket to a shorter path"));
  }
  absl::Status folder = CheckFolderOf(path);
  struct stat facts {};
  if (!folder.ok() || lstat(path.c_str(), &facts) != 0) return folder;
  if (!S_ISSOCK(facts.st_mode)) {
    return absl::AlreadyExistsError(absl::StrCat("cannot listen on ", path,
                                                 ": got a file that is no socket, want a free "
                                                 "path; move the file away or correct api_socket"));
  }
  const int error = TryConnect(path);
  if (error == ECONNREFUSED) {
    unlink(path.c_str());
    return absl::OkStatus();
  }
  return absl::AlreadyExistsError(absl::StrCat(
      "cannot listen on ", path, ": got a socket that is in use (",
      error == 0 ? "somebody answers" : strerror(error),
      "), want a free one; this program is running already, or another one has its socket"));
}

}  // namespace keping::rpc
