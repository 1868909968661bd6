// The grammar of the command line, in CLI11's words, which are known here, in option_parts.h and in
// *_grammar.cc only.

#include <CLI/CLI.hpp>
#include <memory>
#include <utility>
#include <vector>

#include "common/cli/backup_grammar.h"
#include "common/cli/bundle_grammar.h"
#include "common/cli/command_line.h"
#include "common/cli/delivery_grammar.h"
#include "common/cli/desk_grammar.h"
#include "common/cli/district_stock_grammar.h"
#include "common/cli/end_grammar.h"
#include "common/cli/messages.h"
#include "common/cli/option_parts.h"
#include "common/cli/paper_grammar.h"
#include "common/cli/people_grammar.h"
#include "common/cli/plan_grammar.h"
#include "common/cli/press_grammar.h"
#include "common/cli/scan_grammar.h"
#include "common/cli/sign_in_grammar.h"
#include "common/cli/stock_grammar.h"
#include "common/domain/limits.h"
#include "common/usage/refusals.h"
#include "common/usage/usage.h"

namespace keping::cli {
namespace {

constexpr int kPrintWaitSeconds = 3700;  // more than the longest job_timeout_seconds

// Builds the parser, and afterwards the command out of what was chosen.
class Grammar {
 public:
  Grammar() : app_("", "keping") {
    app_.require_subcommand(1);
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
      throw CLI::ValidationError(usage::Refusal("wrong.noNode"));
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
  CLI::App* AddCall(CLI::App* area, const char* name, const char* example, Fill fill) {
    CLI::App* call = area->add_subcommand(name);
    call->add_option("--config", command_.where.config)->type_name("FILE");
    call->add_option("--socket", command_.where.socket)->type_name("PATH");
    AddAnswerOptions(call, command_.json, timeout_seconds_);
    call->footer(example);
    call->callback([this, fill] {
      needs_node_ = true;
      command_.request = fill();
    });
    return call;
  }

  void AddOperator(CLI::App* call) { AddOperatorOption(call, operator_); }
  CLI::Option* AddCause(CLI::App* call) {
    return AddEnum(call, "--cause", SpoilCauses(),
                   [this](log::v1::SpoilCause cause) { cause_ = cause; })
        ->type_name("CAUSE");
  }

  void AddCentral() {
    CLI::App* area = app_.add_subcommand("central");
    area->require_subcommand(1);
    AddCall(area, "status", "keping central status --config /etc/keping/central.textproto",
            [] { return CentralRequest(central_api::GetStatusRequest()); });
    AddCall(area, "stock",
            "keping central stock --socket /var/lib/keping/central/central.sock --json",
            [] { return CentralRequest(central_api::GetStockRequest()); });
    CLI::App* nodes =
        AddCall(area, "nodes", "keping central nodes --silent --config central.textproto",
                [this] { return CentralRequest(nodes_); });
    nodes->add_flag_callback("--silent", [this] { nodes_.set_connected(false); });
    AddPage(nodes, nodes_);
    CLI::App* compare =
        AddCall(area, "compare-head",
                "keping central compare-head susut 412 5f2c19ab --config central.textproto\n"
                "keping central compare-head $(cat qr.txt) --config central.textproto",
                [this] { return CentralRequest(compare_); });
    compare->add_option("log", *compare_.mutable_log())->required();
    compare->add_option_function<uint64_t>("entry", [this](uint64_t seq) { compare_.set_seq(seq); })
        ->required();
    compare->add_option("code", *compare_.mutable_code())->required();
    desk_.AddCentral(
        area, [this](auto... arguments) { return AddCall(arguments...); }, command_.out);
    plan_.AddCentral(area, [this](auto... arguments) { return AddCall(arguments...); });
    deliveries_.AddCentral(area, [this](auto... arguments) { return AddCall(arguments...); });
    district_stock_.AddCentral(area, [this](auto... arguments) { return AddCall(arguments...); });
    papers_.AddCentral(
        area, [this](auto... arguments) { return AddCall(arguments...); }, command_.out);
    CLI::App* enrol =
        AddCall(area, "enrol-code", "keping central enrol-code susut --config central.textproto",
                [this] { return CentralRequest(enrol_); });
    enrol->add_option("node", *enrol_.mutable_node())->required();
    AddBy(enrol, enrol_);
    people_.AddCentral(area, [this](auto... arguments) { return AddCall(arguments...); });
    ends_.AddCentral(area, [this](auto... arguments) { return AddCall(arguments...); });
    sign_in_.AddCentral(area, [this](auto... arguments) { return AddCall(arguments...); });
    backups_.AddCentral(area, command_);
    AddCall(area, "rotate-key", "keping central rotate-key --config central.textproto",
            [] { return CentralRequest(maintenance_api::RotateDataKeyRequest()); });
    AddDispatch(area);
    CLI::App* move = AddCall(area, "move-lease",
                             "keping central move-lease PRR-0001 kintamani --config "
                             "central.textproto",
                             [this] { return CentralRequest(move_); });
    move->add_option("prr", *move_.mutable_prr())->required();
    move->add_option("to-node", *move_.mutable_to_node())->required();
    move->add_flag_callback("--force", [this] { move_.set_force(true); });
    move->add_flag_callback("--although-maybe-printed",
                            [this] { move_.set_although_maybe_printed(true); });
    AddBy(move, move_);
  }

  void AddDispatch(CLI::App* area) {
    CLI::App* dispatch = AddCall(area, "dispatch",
                                 "keping central dispatch susut --quantity 1600 --config "
                                 "central.textproto",
                                 [this] { return CentralRequest(dispatch_); });
    dispatch->add_option("node", *dispatch_.mutable_node())->required();
    dispatch->add_option("--transfer", *dispatch_.mutable_transfer());
    CLI::Option_group* what = dispatch->add_option_group("what");
    what->add_option_function<uint64_t>(
            "--quantity", [this](uint64_t quantity) { dispatch_.set_quantity(quantity); })
        ->check(usage::Between(1, domain::kMaxBlanksOfAct));
    what->add_option("--serials", *dispatch_.mutable_serials());
    what->add_option_function<std::vector<std::string>>(
        "--box", [this](const std::vector<std::string>& boxes) {
          for (const std::string& box : boxes) dispatch_.add_boxes(box);
        });
    what->require_option(1, 2);
    AddBy(dispatch, dispatch_);
    AddSecond(dispatch, dispatch_);
  }

  void AddEdge() {
    edge_ = app_.add_subcommand("edge");
    edge_->require_subcommand(1);
    AddCall(edge_, "status", "keping edge status --config /etc/keping/edge.textproto",
            [] { return EdgeRequest(edge_api::GetStatusRequest()); });
    CLI::App* queue = AddCall(edge_, "queue", "keping edge queue --limit 5 --config edge.textproto",
                              [this] { return EdgeRequest(queue_); });
    queue
        ->add_option_function<uint32_t>("--limit",
                                        [this](uint32_t limit) { queue_.set_limit(limit); })
        ->check(usage::Between(1, 500));
    CLI::App* jobs = AddCall(edge_, "jobs", "keping edge jobs --open --config edge.textproto",
                             [this] { return EdgeRequest(jobs_); });
    jobs->add_flag_callback("--open", [this] { jobs_.set_open_only(true); });
    jobs->add_option_function<uint32_t>("--limit",
                                        [this](uint32_t limit) { jobs_.set_limit(limit); })
        ->check(usage::Between(1, 1000));
    CLI::App* print = AddCall(edge_, "print",
                              "keping edge print --operator op-susut --blank 04A1B2C3D4E5F6 "
                              "--wait --config edge.textproto",
                              [this] {
                                print_.set_operator_id(operator_);
                                return EdgeRequest(print_);
                              });
    AddOperator(print);
    print->add_option("--blank", *print_.mutable_blank())->required();
    print->add_option("--printer", *print_.mutable_printer());
    print->add_option("--prr", *print_.mutable_prr());
    print->add_flag_callback("--wait", [this] { print_.set_wait(true); });
  }

  void AddEdgeCards() {
    CLI::App* verify = AddCall(edge_, "verify-card",
                               "keping edge verify-card ACT --blank 04A1B2C3D4E5F6 --nik-tail 1234 "
                               "--operator op-susut --config edge.textproto",
                               [this] { return EdgeRequest(Verified()); });
    AddOperator(verify);
    verify->add_option("act", act_)->required();
    verify->add_option("--blank", blank_)->required();
    verify->add_option("--nik-tail", nik_tail_)->required()->check(FourDigits());

    CLI::App* resolve = AddCall(
        edge_, "resolve",
        "keping edge resolve ACT good --blank 04A1B2C3D4E5F6 --nik-tail 1234 --operator op-susut "
        "--config edge.textproto\n"
        "keping edge resolve ACT spoiled --cause print --operator op-susut --config "
        "edge.textproto\n"
        "keping edge resolve ACT unused --operator op-susut --config edge.textproto",
        [this] { return Resolution(); });
    AddOperator(resolve);
    resolve->add_option("act", act_)->required();
    resolve->add_option("answer", answer_)
        ->required()
        ->check(usage::OneOf({"good", "spoiled", "unused"}));
    resolve->add_option("--blank", blank_);
    resolve->add_option("--nik-tail", nik_tail_)->check(FourDigits());
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
      throw CLI::ValidationError("answer", usage::Refusal("wrong.answerBlank"));
    }
    if ((answer_ == "spoiled") == (cause_ == log::v1::SPOIL_CAUSE_UNSPECIFIED)) {
      throw CLI::ValidationError("answer", usage::Refusal("wrong.answerCause"));
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
    CLI::App* spoil = AddCall(edge_, "spoil",
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
    spoil->add_option("blank", blank_)->required();
    AddCause(spoil)->required();
    AddCall(edge_, "transfers", "keping edge transfers --config edge.textproto",
            [] { return EdgeRequest(edge_api::ListTransfersRequest()); });
    AddReceive();
    AddCall(edge_, "actions", "keping edge actions --config edge.textproto",
            [] { return EdgeRequest(edge_api::ListActionsRequest()); });
    CLI::App* acknowledge = AddCall(edge_, "acknowledge",
                                    "keping edge acknowledge ACTION --operator op-susut --config "
                                    "edge.textproto",
                                    [this] {
                                      acknowledge_.set_operator_id(operator_);
                                      return EdgeRequest(acknowledge_);
                                    });
    AddOperator(acknowledge);
    acknowledge->add_option("action", *acknowledge_.mutable_action())->required();
  }

  void AddReceive() {
    CLI::App* receive = AddCall(edge_, "receive",
                                "keping edge receive TRANSFER --scanned A0001000..A0001999 "
                                "--operator op-susut --config edge.textproto",
                                [this] {
                                  receive_.set_operator_id(operator_);
                                  if (!scan_file_.empty())
                                    receive_.set_scanned(ReadScans(scan_file_));
                                  return EdgeRequest(receive_);
                                });
    AddOperator(receive);
    receive->add_option("transfer", *receive_.mutable_transfer())->required();
    CLI::Option_group* what = receive->add_option_group("what");
    what->add_option("--scanned", *receive_.mutable_scanned());
    what->add_option("--scanned-file", scan_file_);
    what->add_option_function<std::vector<std::string>>(
        "--box", [this](const std::vector<std::string>& boxes) {
          for (const std::string& box : boxes) receive_.add_boxes(box);
        });
    what->add_flag_callback("--no-box", [this] { receive_.set_no_boxes(true); });
    what->require_option(1, 2);
  }

  void AddEdgeUpkeep() {
    AddCall(edge_, "rotate-key", "keping edge rotate-key --config edge.textproto",
            [] { return EdgeRequest(maintenance_api::RotateDataKeyRequest()); });
    CLI::App* export_log =
        AddCall(edge_, "export-log",
                "keping edge export-log --to /media/stick/susut.klog --config edge.textproto",
                [this] { return export_log_; });
    export_log->add_option("--to", export_log_.to)->type_name("FILE")->required();
  }

  void AddReader() {
    CLI::App* area = app_.add_subcommand("reader");
    area->require_subcommand(1);
    CLI::App* teach = area->add_subcommand("teach");
    teach->add_option("--serial", reader_.serial)->required();
    teach->footer("keping reader teach --counter loket-1 --serial 04A1B2C3D4E5F6");
    CLI::App* check = area->add_subcommand("check");
    check->add_option("--config", reader_.config)->type_name("FILE")->required();
    check->footer("keping reader check --counter loket-1 --config edge.textproto");
    for (CLI::App* act : {teach, check}) {
      act->add_option("--counter", reader_.counter)->required();
      act->callback([this, act, teach] {
        reader_.act = act == teach ? ReaderAct::kTeach : ReaderAct::kCheck;
        command_.request = reader_;
      });
    }
  }

  void AddVerify() {
    CLI::App* verify = app_.add_subcommand("verify");
    verify->add_option("--edge", verify_.edges)->type_name("DIR");
    verify->add_option("--central", verify_.centrals)->type_name("DIR");
    verify->add_option("--mirror", verify_.mirrors)->type_name("PATH");
    verify->add_option("--keys", verify_.keys)->type_name("DIR");
    verify->add_option("--pack", pack_.file)->type_name("FILE");
    verify->add_option("--centre-key", pack_.centre_key)->type_name("HEX")->transform(PublicKey());
    verify->add_flag("--json", command_.json);
    verify->footer(
        "keping verify --central /var/lib/keping/central --edge /var/lib/keping/susut "
        "--keys /etc/keping/susut");
    verify->callback([this] {
      const bool stores =
          !verify_.edges.empty() || !verify_.centrals.empty() || !verify_.mirrors.empty();
      if (stores == !pack_.file.empty()) {
        throw CLI::ValidationError(usage::Refusal("wrong.verify"));
      }
      if (!stores) {
        command_.request = pack_;
        return;
      }
      command_.request = verify_;
    });
  }

  void AddVerifyReport() {
    CLI::App* verify = app_.add_subcommand("verify-report");
    verify->add_option("file", report_.file)->type_name("FILE")->required();
    verify->add_option("--public-key", report_.public_key)
        ->type_name("HEX")
        ->transform(PublicKey())
        ->required();
    verify->footer("keping verify-report report.txt --public-key 3b6a27bc…");
    verify->callback([this] { command_.request = report_; });
  }

  void AddNational() {
    CLI::App* area = app_.add_subcommand("national");
    area->require_subcommand(1);
    CLI::App* check = area->add_subcommand("check");
    check->add_option("file", check_national_.file)->type_name("FILE")->required();
    check->footer("keping national check /media/stick/records-2017-04.csv");
    check->callback([this] { command_.request = check_national_; });
  }

  void AddSupportBundle() {
    CLI::App* bundle = app_.add_subcommand("support-bundle");
    CLI::Option_group* node = bundle->add_option_group("node");
    node->add_option("--edge", bundle_.edge_config)->type_name("FILE");
    node->add_option("--central", bundle_.central_config)->type_name("FILE");
    node->require_option(1);
    bundle->add_option("--to", bundle_.to)->type_name("FILE")->required();
    bundle->add_flag("--json", command_.json);
    bundle->footer("keping support-bundle --edge /etc/keping/edge.textproto --to susut.tar.zst");
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
                                                absl::string_view locale, std::ostream& out,
                                                std::ostream& err) {
  Grammar grammar;
  usage::Usage usage(Messages(), locale);
  try {
    usage.Parse(grammar.app(), argc, argv);
    return grammar.Command();
  } catch (const CLI::ParseError& error) {
    return usage.Answer(grammar.app(), error, out, err);
  }
}

}  // namespace keping::cli
