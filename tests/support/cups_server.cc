#include "tests/support/cups_server.h"

#include <arpa/inet.h>
#include <cups/cups.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <utility>

#include "common/base/check.h"
#include "tests/support/virtual_printer.h"

namespace keping::tests {
namespace {

namespace fs = std::filesystem;

constexpr int kStartTries = 500;
constexpr int kTryMilliseconds = 20;

// @F@ stands for the folder, @P@ for the port.
constexpr const char* kFilesConf = R"(ServerRoot @F@/etc
DataDir @F@/data
ServerBin @F@/bin
RequestRoot @F@/spool
CacheDir @F@/cache
StateDir @F@/state
TempDir @F@/spool/tmp
AccessLog @F@/log/access
ErrorLog @F@/log/error
PageLog @F@/log/page
User lp
Group lp
SystemGroup root
)";
constexpr const char* kServerConf = R"(Listen localhost:@P@
LogLevel warn
WebInterface No
Browsing Off
DirtyCleanInterval 0
<Location />
  Order allow,deny
  Allow localhost
</Location>
<Policy default>
  <Limit Cancel-Job>
    AuthType Default
    Require user @OWNER @SYSTEM
    Order allow,deny
    Allow localhost
  </Limit>
  <Limit All>
    Order allow,deny
    Allow localhost
  </Limit>
</Policy>
)";
constexpr const char* kQueue = R"(<Printer card>
DeviceURI @D@card:@F@/control
State Idle
Accepting Yes
Shared No
ErrorPolicy @E@
OpPolicy default
</Printer>
)";
constexpr const char* kPpd = R"PPD(*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "CARD.PPD"
*Manufacturer: "Keping"
*Product: "(Virtual card printer)"
*ModelName: "Keping virtual card printer"
*ShortNickName: "Keping virtual card printer"
*NickName: "Keping virtual card printer"
*PSVersion: "(3010.000) 0"
*cupsFilter: "application/pdf 0 -"
*OpenUI *PageSize: PickOne
*DefaultPageSize: @M@
*PageSize @M@/@M@: "<</PageSize[@W@ @L@]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*DefaultPageRegion: @M@
*PageRegion @M@/@M@: "<</PageSize[@W@ @L@]>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: @M@
*ImageableArea @M@/@M@: "0 0 @W@ @L@"
*DefaultPaperDimension: @M@
*PaperDimension @M@/@M@: "@W@ @L@"
)PPD";

std::string Replaced(std::string text, const std::string& mark, const std::string& value) {
  for (size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
    text.replace(at, mark.size(), value);
    at += value.size();
  }
  return text;
}

void Write(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

// CUPS runs only what nobody else may change; with this mode it runs as root.
void Install(const std::string& from, const std::string& to) {
  fs::copy_file(from, to, fs::copy_options::overwrite_existing);
  fs::permissions(to, fs::perms::owner_all);
}

bool Answers(int port) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool open = connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
  close(fd);
  return open;
}

}  // namespace

CupsServer::CupsServer(std::string folder, const CupsQueue& queue) : folder_(std::move(folder)) {
  KEPING_CHECK(geteuid() == 0, "a CUPS server of a test's own runs as root");
  for (const char* name : {"etc/ppd", "data/mime", "data/banners", "bin/backend", "bin/filter",
                           "bin/notifier", "spool/tmp", "cache", "state", "log", "control"}) {
    fs::create_directories(folder_ + "/" + name);
  }
  fs::create_directory_symlink("/usr/lib/cups/daemon", folder_ + "/bin/daemon");
  const std::string deploy = KEPING_DEPLOY;
  Install(deploy + "/cups/once", folder_ + "/bin/backend/once");
  Install(deploy + "/virtual_printer/cups_backend", folder_ + "/bin/backend/card");
  Install(deploy + "/virtual_printer/card_command", folder_ + "/control/card_command");
  Write(folder_ + "/data/mime/mime.types", "application/pdf pdf string(0,%PDF)\n");
  Write(folder_ + "/data/mime/mime.convs", "");
  SetMode("ok");
  // Where libcups finds the certificate by which this server knows root: for Cancel-Job.
  setenv("CUPS_STATEDIR", (folder_ + "/state").c_str(), 1);
  for (int attempt = 0; attempt < 3; ++attempt) {
    port_ = FreePort();
    WriteConfig(queue);
    if (Launch()) return;
  }
  KEPING_CHECK(false, "cupsd starts: is cups-daemon installed?");
}

CupsServer::~CupsServer() { SwitchOff(); }

std::string CupsServer::uri() const {
  return "ipp://localhost:" + std::to_string(port_) + "/printers/card";
}

void CupsServer::SetMode(const std::string& mode) {
  const std::string file = folder_ + "/control/mode";
  Write(file + ".new", mode + "\n");
  fs::rename(file + ".new", file);
}

void CupsServer::CutPower() { Stop(SIGKILL); }

void CupsServer::SwitchOff() { Stop(SIGTERM); }

void CupsServer::SwitchOn() {
  KEPING_CHECK(child_ < 0 && Launch(), "a server that is off can be switched on again");
}

void CupsServer::ResumeQueue() {
  http_t* http = httpConnect2("localhost", port_, nullptr, AF_UNSPEC, HTTP_ENCRYPTION_IF_REQUESTED,
                              1, 10'000, nullptr);
  ipp_t* request = ippNewRequest(IPP_OP_RESUME_PRINTER);
  ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", nullptr, uri().c_str());
  ippDelete(cupsDoRequest(http, request, "/admin/"));
  KEPING_CHECK(cupsLastError() <= IPP_STATUS_OK_CONFLICTING, "the queue can be resumed");
  httpClose(http);
}

bool CupsServer::HasCard(const std::string& job_name) const {
  return fs::exists(folder_ + "/control/cards/" + job_name + ".pdf");
}

int CupsServer::TimesBegun(const std::string& job_name) const {
  std::ifstream journal(folder_ + "/control/journal");
  int times = 0;
  std::string job, name;
  while (journal >> job >> name) times += name == job_name ? 1 : 0;
  return times;
}

bool CupsServer::AwaitBegun(const std::string& job_name, int times) const {
  for (int attempt = 0; attempt < 1500; ++attempt) {
    if (TimesBegun(job_name) >= times) return true;
    poll(nullptr, 0, kTryMilliseconds);
  }
  return false;
}

void CupsServer::WriteConfig(const CupsQueue& queue) {
  auto filled = [&](const char* text) {
    return Replaced(Replaced(text, "@F@", folder_), "@P@", std::to_string(port_));
  };
  Write(folder_ + "/cups-files.conf", filled(kFilesConf));
  Write(folder_ + "/cupsd.conf", filled(kServerConf));
  Write(folder_ + "/etc/printers.conf",
        Replaced(Replaced(filled(kQueue), "@D@", queue.device_prefix), "@E@", queue.error_policy));
  if (queue.media.empty()) return;
  Write(folder_ + "/etc/ppd/card.ppd", Replaced(Replaced(Replaced(kPpd, "@M@", queue.media), "@W@",
                                                         std::to_string(queue.media_width)),
                                                "@L@", std::to_string(queue.media_length)));
}

bool CupsServer::Launch() {
  const std::string conf = folder_ + "/cupsd.conf", files = folder_ + "/cups-files.conf";
  const std::string output = folder_ + "/log/output";
  const char* const arguments[] = {"/usr/sbin/cupsd", "-f",   "-c", conf.c_str(), "-s",
                                   files.c_str(),     nullptr};
  child_ = fork();
  if (child_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);  // a test that crashes leaves no server behind
    const int log = open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    dup2(log, STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
    execv(arguments[0], const_cast<char* const*>(arguments));
    _exit(127);
  }
  for (int attempt = 0; attempt < kStartTries; ++attempt) {
    if (waitpid(child_, nullptr, WNOHANG) == child_) break;
    if (Answers(port_)) return true;
    poll(nullptr, 0, kTryMilliseconds);
  }
  SwitchOff();
  return false;
}

void CupsServer::Stop(int signal) {
  if (child_ < 0) return;
  kill(child_, signal);
  waitpid(child_, nullptr, 0);
  child_ = -1;
}

}  // namespace keping::tests
