#include "common/domain/refusal.h"

#include <array>
#include <cstddef>

#include "common/base/check.h"

namespace keping::domain {
namespace {

constexpr std::array<RefusalInfo, kPrintRefusalCount> kRefusals = {{
    {"K-100", "none", "The print is allowed."},
    {"K-101", "not_logged_in",
     "This operator is not on this office's roster. Log in with an operator of this office, or ask "
     "the "
     "district to add the operator."},
    {"K-102", "not_trained",
     "This operator is not certified on the current application version. Wait for the district's "
     "certification, or let a certified operator print."},
    {"K-103", "node_locked",
     "Printing is locked at this node. Call the district office; delivering the log still works."},
    {"K-104", "prr_unknown",
     "This print-ready record is not held here. Wait for the next contact with the district."},
    {"K-105", "prr_withdrawn", "The centre withdrew this record. It must not be printed."},
    {"K-106", "lease_not_held",
     "This record is leased to another office. Ask the district to move it here."},
    {"K-107", "too_stale",
     "This node has had no contact for too long. Make contact, or import a bundle, then print."},
    {"K-108", "already_printed",
     "This record already has a card, or a job that is not settled. Settle the open job first, or "
     "ask "
     "for a new record."},
    {"K-109", "picture_missing",
     "The photo of this record has not arrived yet. Print another record."},
    {"K-110", "blank_not_in_tray",
     "This blank was not received at this office. Check the serial, or receive the delivery "
     "first."},
    {"K-111", "blank_used", "This blank is already used or spoiled. Take another blank."},
    {"K-112", "printer_not_ready",
     "This printer waits: it is unknown, out of order, busy, or holds a card in doubt. Settle the "
     "doubtful card, or look at the printer."},
    {"K-113", "duty_used_up",
     "This printer's cards for today are used up; more can burn the blank. Go on tomorrow or with "
     "another printer."},
    {"K-114", "disk_nearly_full",
     "The disk is nearly full. Free some space; the log can still be delivered."},
    {"K-170", "no_shift", "This operator has no open shift. Open the shift, then print."},
    {"K-171", "application_too_old",
     "The district wants a newer version of the card application before anything more is printed. "
     "Update this node; delivering the log still works."},
    {"K-172", "role_forbids",
     "This person's role does not print cards. Let an operator or a supervisor print."},
    {"K-115", "record_faulty",
     "No card can be made of this record: the queue says what is wrong with it. Print another one, "
     "and ask the district for a corrected record."},
}};

}  // namespace

RefusalInfo Describe(PrintRefusal refusal) {
  const auto index = static_cast<size_t>(refusal);
  KEPING_CHECK(index < kRefusals.size(), "every refusal has its row");
  return kRefusals[index];
}

}  // namespace keping::domain
