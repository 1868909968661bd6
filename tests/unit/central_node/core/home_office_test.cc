#include "central_node/core/home_office.h"

#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace keping::central {
namespace {

using domain::NodeId;
using domain::PrrId;
using domain::VillageCode;

Settings Bangli() {
  return {.offices = {{NodeId::Of("susut"), "51.06.01"},
                      {NodeId::Of("bangli"), "51.06.02"},
                      {NodeId::Of("tembuku"), "51.06.03"},
                      {NodeId::Of("kintamani"), "51.06.04"},
                      {NodeId::Of("district"), ""}}};
}

TEST(HomeOfficeTest, EachKecamatanHasItsOfficeAndTheDistrictTakesAFifth) {
  std::map<std::string, int> counts;
  for (int i = 0; i < 2000; ++i) {
    ++counts[HomeOffice(Bangli(), PrrId::Of(absl::StrCat("p", i)), VillageCode::Of("51.06.03.2001"))
                 .value()];
  }
  ASSERT_EQ(counts.size(), 2u);
  EXPECT_NEAR(counts["district"], 400, 80);
  EXPECT_NEAR(counts["tembuku"], 1600, 80);
}

TEST(HomeOfficeTest, AKecamatanWithoutOfficeGoesToTheDistrict) {
  EXPECT_EQ(HomeOffice(Bangli(), PrrId::Of("p1"), VillageCode::Of("51.07.01.2001")),
            NodeId::Of("district"));
}

TEST(HomeOfficeTest, WithoutAnyOfficeForItARecordWaits) {
  EXPECT_TRUE(HomeOffice({}, PrrId::Of("p1"), VillageCode::Of("51.06.01.2001")).empty());
  EXPECT_TRUE(HomeOffice({.offices = {{NodeId::Of("susut"), "51.06.01"}}}, PrrId::Of("p1"),
                         VillageCode::Of("51.06.02.2001"))
                  .empty());
}

}  // namespace
}  // namespace keping::central
