#include "edge_node/printing/capabilities.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "edge_node/printing/reasons.h"

namespace keping::edge {
namespace {

TEST(CapabilitiesTest, CardMediaIsKnownByItsSize) {
  const char* const cards[] = {"om_cr80_53.98x85.6mm",
                               "om_card_54x86mm",
                               "om_x_85.6x53.98mm",
                               "oe_card_2.125x3.37in",
                               "custom_a_b_54x85.6mm",
                               "CR80",
                               "Id-1",
                               "card-cr80-white"};
  for (const char* name : cards) EXPECT_TRUE(IsCardMedia(name)) << name;
  const char* const others[] = {"",
                                "iso_a4_210x297mm",
                                "na_letter_8.5x11in",
                                "om_cr79_51x83.9mm",  // has no room for the page
                                "om_x_53.98x85.6x1mm",
                                "om_x_ax86mm",
                                "om_business-card_55x91mm",
                                "5mm"};
  for (const char* name : others) EXPECT_FALSE(IsCardMedia(name)) << name;
}

TEST(CapabilitiesTest, LoadedCardsAreAskedForBeforeSupportedOnes) {
  PrinterCapabilities printer;
  EXPECT_EQ(CardMedia(printer), "");
  printer.media = {"iso_a4_210x297mm", "om_cr80_53.98x85.6mm"};
  EXPECT_EQ(CardMedia(printer), "om_cr80_53.98x85.6mm");
  printer.media_in = {"om_card_54x86mm"};
  EXPECT_EQ(CardMedia(printer), "om_card_54x86mm");
}

TEST(CapabilitiesTest, UnfitPrinterIsNamedWithItsReason) {
  struct Case {
    const char* name;
    PrinterCapabilities printer;
    std::vector<std::string> reasons;
  };
  const auto queue = [](const char* policy, const char* device) {
    PrinterCapabilities made;
    made.error_policy = policy;
    made.device_uri = device;
    return made;
  };
  PrinterCapabilities paper, loaded_with_paper, no_pdf, card;
  paper.media = {"iso_a4_210x297mm"};
  loaded_with_paper.media = {"iso_a4_210x297mm", "om_cr80_53.98x85.6mm"};
  loaded_with_paper.media_in = {"iso_a4_210x297mm"};
  no_pdf.formats = {"image/pwg-raster"};
  card.media = card.media_in = {"om_cr80_53.98x85.6mm"};
  card.formats = {"image/jpeg", "application/pdf"};
  const Case cases[] = {
      {"says nothing", {}, {}},
      {"card printer", card, {}},
      {"paper", paper, {kReasonCardNotSupported}},
      {"other media loaded", loaded_with_paper, {kReasonCardNotLoaded}},
      {"no PDF", no_pdf, {kReasonPdfNotSupported}},
      {"stops", queue("stop-printer", "once:usb://Evolis/Primacy"), {}},
      {"gives up", queue("abort-job", "once:usb://Evolis/Primacy"), {}},
      {"retries", queue("retry-job", "once:usb://Evolis/Primacy"), {kReasonRepeatsJobs}},
      {"retries at once", queue("retry-current-job", "once:usb://x"), {kReasonRepeatsJobs}},
      {"begins again after a restart", queue("stop-printer", "usb://x"), {kReasonRepeatsJobs}},
      {"hides its device", queue("stop-printer", ""), {kReasonRepeatsJobs}},
      {"sends IPP again", queue("stop-printer", "once:ipp://x/"), {kReasonRepeatsJobs}},
  };
  for (const Case& test : cases) EXPECT_EQ(CheckFitness(test.printer), test.reasons) << test.name;
}

}  // namespace
}  // namespace keping::edge
