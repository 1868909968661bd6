// The grammar of the command line, in CLI11's words, which are known here, in option_parts.h and in
// *_grammar.cc only.

#include <CLI/CLI.hpp>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/cli/backup_grammar.h"
#include "common/cli/bundle_grammar.h"
#include "common/cli/command_line.h"
#include "common/cli/delivery_grammar.h"
#include "common/cli/desk_grammar.h"
#include "common/cli/district_stock_grammar.h"
#include "common/cli/end_grammar.h"
#include "common/cli/option_parts.h"
#include "common/cli/paper_grammar.h"
#include "common/cli/people_grammar.h"
#include "common/cli/plan_grammar.h"
#include "common/cli/press_grammar.h"
#include "common/cli/scan_grammar.h"
#include "common/cli/sign_in_grammar.h"
#include "common/cli/stock_grammar.h"
#include "common/cli/usage_error.h"
#include "common/domain/limits.h"

namespace keping::cli {
namespace {

constexpr const char* kAbout =
    "Keping: prints identity cards at offices with bad links, and accounts for every blank.\n\n"
    "  keping central …   asks the district's central node\n"
    "  keping edge …      asks the edge node of one office\n"
    "  keping verify …    checks the stores of stopped nodes, and copies of logs\n"
    "  keping bundle …    carries logs and answers on a stick, between an office and the centre\n"
    "  keping escrow …    makes the key that a backup's keys are sealed to\n"
    "  keping reader …    teaches how a card reader at a counter types\n"
    "  keping national …  looks at files of the national centre\n"
    "  keping support-bundle …  packs what a helper needs";

constexpr const char* kFooter =
    "Each command has its own --help with examples.\n\n"
    "Exit codes: 0 done; 1 the node does not run or something failed; 2 wrong usage; 3 refused by\n"
    "a rule, with its K-code; 4 verify found a difference, or a list has something to be done.";

constexpr int kPrintWaitSeconds = 3700;  // more than the longest job_timeout_seconds

// Builds the parser, and afterwards the command out of what was chosen.
class Grammar {
 public:
  Grammar() : app_(kAbout, "keping") {
    app_.require_subcommand(1);
    app_.footer(kFooter);
    AddCentral();
    AddEdge();
    AddEdgeCards();
    AddEdgeStock();
    people_.AddEdge(edge_, [this](auto... arguments) { return AddCall(arguments...); });
    press_.AddEdge(edge_, [this](auto... arguments) { return AddCall(arguments...); });
    stock_.AddEdge(edge_, [this](auto... arguments) { return AddCall(arguments...); });
    papers_.AddEdge(
        edge_, [this](auto... arguments) { return AddCall(arguments...); }, command_.out);
    scan_.AddEdge(edge_, [this](auto... arguments) { return AddCall(arguments...); });
    AddEdgeUpkeep();
    AddVerify();
    AddReader();
    AddVerifyReport();
    AddNational();
    AddSupportBundle();
    bundles_.Add(app_, command_, timeout_seconds_);
    backups_.AddEscrow(app_, command_);
  }

  CLI::App& app() { return app_; }

  CommandLine Command() {
    if (command_.where.config.empty() && command_.where.socket.empty() && needs_node_) {
      throw CLI::ValidationError("got neither --config nor --socket, want one of them");
    }
    if (timeout_seconds_ > 0) {
      command_.timeout = absl::Seconds(timeout_seconds_);
    } else if (print_.wait()) {
      command_.timeout = absl::Seconds(kPrintWaitSeconds);
    }
    return command_;
  }

 private:
  // A command that asks a running node; `fill` makes the request once everything is parsed.
  template <typename Fill>
  CLI::App* AddCall(CLI::App* area, const char* name, const char* what, const char* example,
                    Fill fill) {
    CLI::App* call = area->add_subcommand(name, what);
    call->add_option("--config", command_.where.config, "The node's configuration file")
        ->type_name("FILE");
    call->add_option("--socket", command_.where.socket, "Its API socket, instead of --config")
        ->type_name("PATH");
    AddAnswerOptions(call, command_.json, timeout_seconds_);
    call->footer(absl::StrCat("Example:\n  ", example));
    call->callback([this, fill] {
      needs_node_ = true;
      command_.request = fill();
    });
    return call;
  }

  void AddOperator(CLI::App* call) { AddOperatorOption(call, operator_); }
  CLI::Option* AddCause(CLI::App* call) {
    return AddEnum(call, "--cause", SpoilCauses(), kSpoilCauseWords,
                   [this](log::v1::SpoilCause cause) { cause_ = cause; })
        ->type_name("CAUSE");
  }

  void AddCentral() {
    CLI::App* area = app_.add_subcommand("central", "Asks the district's central node");
    area->require_subcommand(1);
    AddCall(area, "status", "The district at a glance",
            "keping central status --config /etc/keping/central.textproto",
            [] { return CentralRequest(central_api::GetStatusRequest()); });
    AddCall(area, "stock", "Where the blanks are, and whether the ledger closes",
            "keping central stock --socket /var/lib/keping/central/central.sock --json",
            [] { return CentralRequest(central_api::GetStockRequest()); });
    CLI::App* nodes = AddCall(area, "nodes", "The edge nodes, and how far their logs are proven",
                              "keping central nodes --silent --config central.textproto",
                              [this] { return CentralRequest(nodes_); });
    nodes->add_flag_callback(
        "--silent", [this] { nodes_.set_connected(false); }, "Only those without a session now");
    AddPage(nodes, nodes_);
    CLI::App* compare = AddCall(
        area, "compare-head", "Whether an office's log is the one that is held here, by phone",
        "keping central compare-head susut 412 5f2c19ab --config central.textproto\n"
        "  keping central compare-head $(text of the QR code) --config central.textproto",
        [this] { return CentralRequest(compare_); });
    compare->add_option("log", *compare_.mutable_log(), "Id of the node, or NODE/INCARNATION")
        ->required();
    compare
        ->add_option_function<uint64_t>(
            "entry", [this](uint64_t seq) { compare_.set_seq(seq); },
            "How many entries are proven, as the office's screen says")
        ->required();
    compare->add_option("code", *compare_.mutable_code(), "The proof code beside it")->required();
    desk_.AddCentral(
        area, [this](auto... arguments) { return AddCall(arguments...); }, command_.out);
    plan_.AddCentral(area, [this](auto... arguments) { return AddCall(arguments...); });
    deliveries_.AddCentral(area, [this](auto... arguments) { return AddCall(arguments...); });
    district_stock_.AddCentral(area, [this](auto... arguments) { return AddCall(arguments...); });
    papers_.AddCentral(
        area, [this](auto... arguments) { return AddCall(arguments...); }, command_.out);
    CLI::App* enrol = AddCall(area, "enrol-code", "Makes a one-time code with which a node enrols",
                              "keping central enrol-code susut --config central.textproto",
                              [this] { return CentralRequest(enrol_); });
    enrol->add_option("node", *enrol_.mutable_node(), "Id of the node")->required();
    AddBy(enrol, enrol_);
    people_.AddCentral(area, [this](auto... arguments) { return AddCall(arguments...); });
    ends_.AddCentral(area, [this](auto... arguments) { return AddCall(arguments...); });
    sign_in_.AddCentral(area, [this](auto... arguments) { return AddCall(arguments...); });
    backups_.AddCentral(area, command_);
    AddCall(area, "rotate-key", "Seals records under a new data key, and destroys the old one",
            "keping central rotate-key --config central.textproto",
            [] { return CentralRequest(maintenance_api::RotateDataKeyRequest()); });
    AddDispatch(area);
    CLI::App* move = AddCall(area, "move-lease", "Moves the right to print a record",
                             "keping central move-lease PRR-0001 kintamani --config "
                             "central.textproto",
                             [this] { return CentralRequest(move_); });
    move->add_option("prr", *move_.mutable_prr(), "Id of the record")->required();
    move->add_option("to-node", *move_.mutable_to_node(), "Who is to print it")->required();
    move->add_flag_callback(
        "--force", [this] { move_.set_force(true); }, "Without the holder's release: opens a case");
    move->add_flag_callback(
        "--although-maybe-printed", [this] { move_.set_although_maybe_printed(true); },
        "With --force: a lost node held it, and its day sheets and the village register were "
        "looked into");
    AddBy(move, move_);
  }

  void AddDispatch(CLI::App* area) {
    CLI::App* dispatch = AddCall(area, "dispatch", "Sends blanks from the district to a node",
                                 "keping central dispatch susut --quantity 1600 --config "
                                 "central.textproto",
                                 [this] { return CentralRequest(dispatch_); });
    dispatch->add_option("node", *dispatch_.mutable_node(), "Id of the node")->required();
    dispatch->add_option(
        "--transfer", *dispatch_.mutable_transfer(),
        "The number on the paper that went with them, or an id of your own: the same "
        "command again sends nothing more; without it one is made");
    CLI::Option_group* what = dispatch->add_option_group("what", "At least one of");
    what->add_option_function<uint64_t>(
            "--quantity", [this](uint64_t quantity) { dispatch_.set_quantity(quantity); },
            "So many, in order of serials")
        ->check(CLI::Range(uint64_t{1}, uint64_t{domain::kMaxBlanksOfAct}));
    what->add_option("--serials", *dispatch_.mutable_serials(),
                     "These: A0001000..A0001999,04A1B2C3D4E5F6; not with a quantity");
    what->add_option_function<std::vector<std::string>>(
        "--box",
        [this](const std::vector<std::string>& boxes) {
          for (const std::string& box : boxes) dispatch_.add_boxes(box);
        },
        "A sealed box; may be repeated");
    what->require_option(1, 2);
    AddBy(dispatch, dispatch_);
    AddSecond(dispatch, dispatch_);
  }

  void AddEdge() {
    edge_ = app_.add_subcommand("edge", "Asks the edge node of one office");
    edge_->require_subcommand(1);
    AddCall(edge_, "status", "The office at a glance",
            "keping edge status --config /etc/keping/edge.textproto",
            [] { return EdgeRequest(edge_api::GetStatusRequest()); });
    CLI::App* queue = AddCall(edge_, "queue", "The next records to print, first enrolled first",
                              "keping edge queue --limit 5 --config edge.textproto",
                              [this] { return EdgeRequest(queue_); });
    queue
        ->add_option_function<uint32_t>(
            "--limit", [this](uint32_t limit) { queue_.set_limit(limit); },
            "How many, 1 to 500; default 20")
        ->check(CLI::Range(1, 500));
    CLI::App* jobs = AddCall(edge_, "jobs", "The print jobs, newest first",
                             "keping edge jobs --open --config edge.textproto",
                             [this] { return EdgeRequest(jobs_); });
    jobs->add_flag_callback(
        "--open", [this] { jobs_.set_open_only(true); }, "Only jobs that wait for an answer");
    jobs->add_option_function<uint32_t>(
            "--limit", [this](uint32_t limit) { jobs_.set_limit(limit); },
            "How many, 1 to 1000; default 50")
        ->check(CLI::Range(1, 1000));
    CLI::App* print = AddCall(edge_, "print", "Prints the next record, or one record, on a blank",
                              "keping edge print --operator op-susut --blank 04A1B2C3D4E5F6 "
                              "--wait --config edge.textproto",
                              [this] {
                                print_.set_operator_id(operator_);
                                return EdgeRequest(print_);
                              });
    AddOperator(print);
    print->add_option("--blank", *print_.mutable_blank(), "Its serial, as scanned")->required();
    print->add_option("--printer", *print_.mutable_printer(), "Needed where there are several");
    print->add_option("--prr", *print_.mutable_prr(), "This record, not the next one");
    print->add_flag_callback(
        "--wait", [this] { print_.set_wait(true); },
        "Answer only when the printer has finished or given up");
  }

  void AddEdgeCards() {
    CLI::App* verify = AddCall(edge_, "verify-card", "The finished card was scanned: it is good",
                               "keping edge verify-card ACT --blank 04A1B2C3D4E5F6 --nik-tail 1234 "
                               "--operator op-susut --config edge.textproto",
                               [this] { return EdgeRequest(Verified()); });
    AddOperator(verify);
    verify->add_option("act", act_, "The job, as `keping edge jobs` shows it")->required();
    verify->add_option("--blank", blank_, "Serial of the card in hand, as scanned")->required();
    verify->add_option("--nik-tail", nik_tail_, "Last four digits of the NIK on it")
        ->required()
        ->check(FourDigits());

    CLI::App* resolve = AddCall(
        edge_, "resolve", "Says what became of a job: good, spoiled or unused",
        "keping edge resolve ACT good --blank 04A1B2C3D4E5F6 --nik-tail 1234 --operator op-susut "
        "--config edge.textproto\n"
        "  keping edge resolve ACT spoiled --cause print --operator op-susut --config "
        "edge.textproto\n"
        "  keping edge resolve ACT unused --operator op-susut --config edge.textproto",
        [this] { return Resolution(); });
    AddOperator(resolve);
    resolve->add_option("act", act_, "The job, as `keping edge jobs` shows it")->required();
    resolve->add_option("answer", answer_, "good, spoiled or unused")
        ->required()
        ->check(CLI::IsMember({"good", "spoiled", "unused"}));
    resolve->add_option("--blank", blank_,
                        "Serial of the card in hand; with spoiled where it can be read");
    resolve->add_option("--nik-tail", nik_tail_, "With good: last four digits of the NIK on it")
        ->check(FourDigits());
    AddCause(resolve);
  }

  edge_api::VerifyCardRequest Verified() const {
    edge_api::VerifyCardRequest request;
    request.set_act(act_);
    request.set_blank(blank_);
    request.set_nik_tail(nik_tail_);
    request.set_operator_id(operator_);
    return request;
  }

  EdgeRequest Resolution() const {
    const bool good = answer_ == "good";
    if (good != (!blank_.empty() && !nik_tail_.empty()) ||
        (answer_ == "unused" && !blank_.empty())) {
      throw CLI::ValidationError(
          "good needs --blank and --nik-tail; spoiled may take --blank, unused takes neither");
    }
    if ((answer_ == "spoiled") == (cause_ == log::v1::SPOIL_CAUSE_UNSPECIFIED)) {
      throw CLI::ValidationError("spoiled needs --cause; other answers do not take it");
    }
    if (good) return Verified();
    if (answer_ == "spoiled") {
      edge_api::SpoilCardRequest request;
      request.set_act(act_);
      request.set_cause(cause_);
      request.set_blank(blank_);
      request.set_operator_id(operator_);
      return request;
    }
    edge_api::ReleaseJobRequest request;
    request.set_act(act_);
    request.set_operator_id(operator_);
    return request;
  }

  void AddEdgeStock() {
    CLI::App* spoil = AddCall(edge_, "spoil", "A blank of the tray is spoiled, outside a job",
                              "keping edge spoil 04A1B2C3D4E5F6 --cause factory --operator "
                              "op-susut --config edge.textproto",
                              [this] {
                                edge_api::SpoilBlankRequest request;
                                request.set_blank(blank_);
                                request.set_cause(cause_);
                                request.set_operator_id(operator_);
                                return EdgeRequest(request);
                              });
    AddOperator(spoil);
    spoil->add_option("blank", blank_, "Its serial, as scanned")->required();
    AddCause(spoil)->required();
    AddCall(edge_, "transfers", "The deliveries of blanks",
            "keping edge transfers --config edge.textproto",
            [] { return EdgeRequest(edge_api::ListTransfersRequest()); });
    AddReceive();
    AddCall(edge_, "actions", "What the district ordered: recalls, re-scans",
            "keping edge actions --config edge.textproto",
            [] { return EdgeRequest(edge_api::ListActionsRequest()); });
    CLI::App* acknowledge = AddCall(edge_, "acknowledge", "An action was carried out",
                                    "keping edge acknowledge ACTION --operator op-susut --config "
                                    "edge.textproto",
                                    [this] {
                                      acknowledge_.set_operator_id(operator_);
                                      return EdgeRequest(acknowledge_);
                                    });
    AddOperator(acknowledge);
    acknowledge
        ->add_option("action", *acknowledge_.mutable_action(), "As `keping edge actions` shows it")
        ->required();
  }

  void AddReceive() {
    CLI::App* receive = AddCall(edge_, "receive", "Receives a delivery by scan",
                                "keping edge receive TRANSFER --scanned A0001000..A0001999 "
                                "--operator op-susut --config edge.textproto",
                                [this] {
                                  receive_.set_operator_id(operator_);
                                  if (!scan_file_.empty())
                                    receive_.set_scanned(ReadScans(scan_file_));
                                  return EdgeRequest(receive_);
                                });
    AddOperator(receive);
    receive
        ->add_option("transfer", *receive_.mutable_transfer(), "As `keping edge transfers` shows")
        ->required();
    CLI::Option_group* what = receive->add_option_group("what", "One of");
    what->add_option("--scanned", *receive_.mutable_scanned(),
                     "Serials and ranges: A0001000..A0001999,04A1B2C3D4E5F6");
    what->add_option("--scanned-file", scan_file_, "A file with a serial or range in each line");
    what->add_option_function<std::vector<std::string>>(
        "--box",
        [this](const std::vector<std::string>& boxes) {
          for (const std::string& box : boxes) receive_.add_boxes(box);
        },
        "A sealed box that came; may be repeated");
    what->add_flag_callback(
        "--no-box", [this] { receive_.set_no_boxes(true); }, "Of its sealed boxes none came");
    what->require_option(1, 2);
  }

  void AddEdgeUpkeep() {
    AddCall(edge_, "rotate-key", "Seals records under a new data key, and destroys the old one",
            "keping edge rotate-key --config edge.textproto",
            [] { return EdgeRequest(maintenance_api::RotateDataKeyRequest()); });
    CLI::App* export_log =
        AddCall(edge_, "export-log",
                "Writes the whole log into a file, with the node's signatures: also of a stopped "
                "node, with a\n"
                "full disk, a lock or an expired certificate. `keping verify --mirror` reads it.",
                "keping edge export-log --to /media/stick/susut.klog --config edge.textproto",
                [this] { return export_log_; });
    export_log->add_option("--to", export_log_.to, "A new file")->type_name("FILE")->required();
  }

  void AddReader() {
    CLI::App* area = app_.add_subcommand("reader", "Teaches how a card reader types; asks no node");
    area->require_subcommand(1);
    CLI::App* teach = area->add_subcommand(
        "teach", "Learns from one card that you then hold to the reader, and writes the config");
    teach->add_option("--serial", reader_.serial, "Its serial, as printed or delivered")
        ->required();
    teach->footer(
        "A reader that sends no Enter: end its line with Ctrl-D, twice.\n\n"
        "Example:\n  keping reader teach --counter loket-1 --serial 04A1B2C3D4E5F6");
    CLI::App* check = area->add_subcommand("check", "Says what is understood, card by card");
    check->add_option("--config", reader_.config, "The node's configuration file")
        ->type_name("FILE")
        ->required();
    check->footer("Example:\n  keping reader check --counter loket-1 --config edge.textproto");
    for (CLI::App* act : {teach, check}) {
      act->add_option("--counter", reader_.counter, "Where the reader stands, such as loket-1")
          ->required();
      act->callback([this, act, teach] {
        reader_.act = act == teach ? ReaderAct::kTeach : ReaderAct::kCheck;
        command_.request = reader_;
      });
    }
  }

  void AddVerify() {
    CLI::App* verify = app_.add_subcommand(
        "verify",
        "Checks the stores of stopped nodes: the chain of hashes, the signatures, and the blanks\n"
        "counted again from the raw logs. Changes nothing.");
    verify->add_option("--edge", verify_.edges, "Data folder of an edge node; may be repeated")
        ->type_name("DIR");
    verify->add_option("--central", verify_.centrals, "Data folder of the central node")
        ->type_name("DIR");
    verify
        ->add_option("--mirror", verify_.mirrors,
                     "A mirror folder, or a file of export-log; may be repeated")
        ->type_name("PATH");
    verify
        ->add_option("--keys", verify_.keys,
                     "Keys folder of an edge node, for the centre's public key")
        ->type_name("DIR");
    verify->add_option("--pack", pack_.file, "An evidence pack, alone")->type_name("FILE");
    verify
        ->add_option("--centre-key", pack_.centre_key,
                     "Of a pack: the district's key, in hex, as `keping central status` shows it")
        ->transform(PublicKey());
    verify->add_flag("--json", command_.json, "Answer in JSON, for programs");
    verify->footer(
        "Example:\n  keping verify --central /var/lib/keping/central --edge /var/lib/keping/susut "
        "--keys /etc/keping/susut");
    verify->callback([this] {
      const bool stores =
          !verify_.edges.empty() || !verify_.centrals.empty() || !verify_.mirrors.empty();
      if (stores == !pack_.file.empty()) {
        throw CLI::ValidationError(
            "got no store, or a pack beside one, want --edge DIR, --central DIR or --mirror PATH, "
            "or --pack FILE alone");
      }
      if (!stores) {
        command_.request = pack_;
        return;
      }
      command_.request = verify_;
    });
  }

  void AddVerifyReport() {
    CLI::App* verify = app_.add_subcommand(
        "verify-report", "Checks the signature and the code of a day report on paper");
    verify->add_option("file", report_.file, "The report's text")->type_name("FILE")->required();
    verify
        ->add_option("--public-key", report_.public_key,
                     "Of the node, in hex: `keping central nodes --json` has it")
        ->transform(PublicKey())
        ->required();
    verify->footer("Example:\n  keping verify-report report.txt --public-key 3b6a27bc…");
    verify->callback([this] { command_.request = report_; });
  }

  void AddNational() {
    CLI::App* area = app_.add_subcommand("national", "Files of the national centre; asks no node");
    area->require_subcommand(1);
    CLI::App* check = area->add_subcommand(
        "check",
        "Lists the rows of a file that the district would not take, with line and reason. Looks\n"
        "beside it for villages.csv and pictures/. Changes nothing.");
    check
        ->add_option("file", check_national_.file,
                     "records…, withdrawals…, allotments… or answers…, .csv or .json")
        ->type_name("FILE")
        ->required();
    check->footer("Example:\n  keping national check /media/stick/records-2017-04.csv");
    check->callback([this] { command_.request = check_national_; });
  }

  void AddSupportBundle() {
    CLI::App* bundle = app_.add_subcommand(
        "support-bundle",
        "Packs what a helper needs into one archive: logs, configuration, versions, statistics of "
        "the\n"
        "store. Of a running node or a stopped one; without personal data and without keys.");
    CLI::Option_group* node = bundle->add_option_group("node", "One of");
    node->add_option("--edge", bundle_.edge_config, "Configuration of an edge node")
        ->type_name("FILE");
    node->add_option("--central", bundle_.central_config, "Configuration of the central node")
        ->type_name("FILE");
    node->require_option(1);
    bundle->add_option("--to", bundle_.to, "The archive, a new file: susut.tar.zst")
        ->type_name("FILE")
        ->required();
    bundle->add_flag("--json", command_.json, "Answer in JSON, for programs");
    bundle->footer(
        "Example:\n  keping support-bundle --edge /etc/keping/edge.textproto --to susut.tar.zst");
    bundle->callback([this] { command_.request = bundle_; });
  }

  CLI::App app_;
  CLI::App* edge_ = nullptr;
  CommandLine command_;
  bool needs_node_ = false;
  int timeout_seconds_ = 0;

  BackupGrammar backups_;
  BundleGrammar bundles_;
  PressGrammar press_;
  StockGrammar stock_;
  ScanGrammar scan_;
  std::string operator_;
  std::string act_;
  std::string blank_;
  std::string nik_tail_;
  std::string answer_;
  log::v1::SpoilCause cause_ = log::v1::SPOIL_CAUSE_UNSPECIFIED;
  std::string scan_file_;
  central_api::CompareHeadRequest compare_;
  central_api::ListNodesRequest nodes_;
  central_api::CreateEnrolmentCodeRequest enrol_;
  PeopleGrammar people_;
  EndGrammar ends_;
  SignInGrammar sign_in_;
  DeskGrammar desk_;
  DistrictStockGrammar district_stock_;
  PaperGrammar papers_;
  PlanGrammar plan_;
  DeliveryGrammar deliveries_;
  central_api::DispatchBlanksRequest dispatch_;
  central_api::MoveLeaseRequest move_;
  edge_api::ListQueueRequest queue_;
  edge_api::ListJobsRequest jobs_;
  edge_api::PrintRequest print_;
  edge_api::ReceiveTransferRequest receive_;
  edge_api::AcknowledgeActionRequest acknowledge_;
  VerifyRequest verify_;
  VerifyPackRequest pack_;
  ReaderRequest reader_;
  VerifyReportRequest report_;
  CheckNationalRequest check_national_;
  ExportLogRequest export_log_;
  SupportBundleRequest bundle_;
};

}  // namespace

std::variant<CommandLine, int> ParseCommandLine(int argc, const char* const* argv,
                                                std::ostream& out, std::ostream& err) {
  Grammar grammar;
  try {
    grammar.app().parse(argc, argv);
    return grammar.Command();
  } catch (const CLI::Success& help) {
    return grammar.app().exit(help, out, err);
  } catch (const CLI::ParseError& error) {
    err << "keping: " << WhyRefused(grammar.app(), error) << "\nSee keping --help.\n";
    return static_cast<int>(kUsage);
  }
}

}  // namespace keping::cli
