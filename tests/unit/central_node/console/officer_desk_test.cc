// Officers who sign in, and the door that asks who acts.
#include "central_node/console/officer_desk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "central_node/console/desk_console.h"
#include "central_node/console/officer_door.h"
#include "central_node/console/people_console.h"
#include "central_node/store/replay.h"
#include "common/base/prng.h"
#include "common/crypto/password.h"
#include "common/storage/key_space.h"
#include "keping/central/v1/central.pb.h"
#include "keping/central/v1/delivery.pb.h"
#include "keping/central/v1/node_end.pb.h"
#include "tests/support/little_district.h"

namespace keping::central {
namespace {

using domain::OperatorId;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using tests::LittleDistrict;

constexpr char kOwn[] = "kopi bangli 2017";

class OfficerDeskTest : public ::testing::Test {
 protected:
  OfficerDeskTest() { MakeDesk(); }

  void MakeDesk() {
    const auto random = [this](size_t size) { return prng_.Bytes(size); };
    const auto failed = [](const absl::Status& status) { ADD_FAILURE() << status; };
    sessions_ = std::make_unique<people::Sessions>(kOfficerSessions);
    door_ = std::make_unique<OfficerDoor>(OfficerDoor::Ports{.node = &district_.centre(),
                                                             .sessions = sessions_.get(),
                                                             .confirmations = &confirmations_,
                                                             .clock = &district_.clock()});
    roster_ =
        std::make_unique<DeskConsole>(DeskConsole::Ports{.node = &district_.centre(),
                                                         .hub = &district_.hub(),
                                                         .clock = &district_.clock(),
                                                         .random = random,
                                                         .signed_out =
                                                             [this](const OperatorId& officer) {
                                                               sessions_->CloseAllOf(officer, "");
                                                               confirmations_.Forget(officer);
                                                             },
                                                         .failed = failed});
    desk_ = std::make_unique<OfficerDesk>(OfficerDesk::Ports{
        .node = &district_.centre(),
        .hub = &district_.hub(),
        .sessions = sessions_.get(),
        .confirmations = &confirmations_,
        .clock = &district_.clock(),
        .random = random,
        .check_password =
            [](const std::string& password, const std::string& verifier, auto done) {
              done(crypto::PasswordMatches(password, verifier));
              return true;
            },
        .make_verifier =
            [this](const std::string& password, auto done) {
              if (meanwhile_) meanwhile_();
              done(crypto::MakePasswordVerifier(password, crypto::PasswordCost::kLeast));
              return true;
            },
        .failed = failed});
  }

  void RestartCentre() {
    district_.RestartCentre();
    MakeDesk();
  }

  template <typename Response, typename Request>
  absl::StatusOr<Response> Ask(void (OfficerDesk::*method)(const Request&, people::Reply<Response>),
                               const Request& request) {
    std::optional<absl::StatusOr<Response>> answer;
    (desk_.get()->*method)(request, [&](absl::StatusOr<Response> got) { answer = std::move(got); });
    return answer.value();
  }

  // Through the door, as the service does it.
  absl::StatusOr<v1::SetOfficerResponse> Set(const std::string& token, const std::string& officer,
                                             log::v1::Role role, bool active = true,
                                             bool first_password = false) {
    v1::SetOfficerRequest request;
    request.set_officer(officer);
    request.set_role(role);
    request.set_active(active);
    request.set_first_password(first_password);
    if (absl::Status status =
            door_->Enter({.token = token, .confirmation = {}}, "SetOfficer", request);
        !status.ok()) {
      return status;
    }
    const auto random = [this](size_t size) { return prng_.Bytes(size); };
    return roster_->SetOfficer(request, *MakeFirstPassword(random, crypto::PasswordCost::kLeast));
  }
  absl::StatusOr<v1::SignInResponse> SignIn(const std::string& officer,
                                            const std::string& password) {
    v1::SignInRequest request;
    request.set_officer(officer);
    request.set_password(password);
    return Ask(&OfficerDesk::SignIn, request);
  }
  absl::Status Change(const std::string& officer, const std::string& from, const std::string& to,
                      const std::string& token = "") {
    v1::ChangePasswordRequest request;
    request.set_officer(officer);
    request.set_old_password(from);
    request.set_new_password(to);
    request.set_token(token);
    return Ask(&OfficerDesk::ChangePassword, request).status();
  }
  std::string Confirm(const std::string& officer) {
    v1::ConfirmSecondRequest request;
    request.set_officer(officer);
    request.set_password(kOwn);
    return Ask(&OfficerDesk::ConfirmSecond, request)->confirmation();
  }
  // An officer with an own password, and a session.
  std::string Join(const std::string& token, const std::string& officer, log::v1::Role role) {
    const auto set = Set(token, officer, role);
    EXPECT_TRUE(set.ok()) << set.status();
    EXPECT_TRUE(Change(officer, set->first_password(), kOwn).ok());
    return SignIn(officer, kOwn)->token();
  }
  std::string Administrator() { return Join("", "made", log::v1::ROLE_ADMINISTRATOR); }

  absl::Status Enter(const std::string& token, const char* method,
                     google::protobuf::Message& request, const std::string& confirmation = "") {
    return door_->Enter({.token = token, .confirmation = confirmation}, method, request);
  }

  LittleDistrict district_{{{"susut", "51.06.01"}}};
  base::Prng prng_{1};
  people::Confirmations confirmations_;
  std::unique_ptr<people::Sessions> sessions_;
  std::unique_ptr<OfficerDoor> door_;
  std::unique_ptr<DeskConsole> roster_;
  std::unique_ptr<OfficerDesk> desk_;
  std::function<void()> meanwhile_;  // while a verifier is made
};

TEST_F(OfficerDeskTest, TheFirstAdministratorIsMadeByWhoeverOpensTheSocketAndNobodyAfterwards) {
  const auto first = Set("", "made", log::v1::ROLE_ADMINISTRATOR);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_FALSE(first->first_password().empty());
  EXPECT_EQ(Set("", "rai", log::v1::ROLE_ADMINISTRATOR).status().code(),
            absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(Set("00ff", "rai", log::v1::ROLE_ADMINISTRATOR).status().code(),
            absl::StatusCode::kUnauthenticated);
}

TEST_F(OfficerDeskTest, AFirstPasswordIsGoodForChoosingAnOwnOne) {
  const std::string first = Set("", "made", log::v1::ROLE_ADMINISTRATOR)->first_password();
  const auto session = SignIn("made", first);
  ASSERT_TRUE(session.ok()) << session.status();
  EXPECT_TRUE(session->must_change_password());
  EXPECT_THAT(std::string(Set(session->token(), "rai", log::v1::ROLE_AUDITOR).status().message()),
              StartsWith("K-178"));
  ASSERT_TRUE(Change("made", first, kOwn, session->token()).ok());
  EXPECT_TRUE(Set(session->token(), "rai", log::v1::ROLE_AUDITOR).ok());
  EXPECT_FALSE(SignIn("made", first).ok());
  EXPECT_FALSE(SignIn("made", kOwn)->must_change_password());
}

TEST_F(OfficerDeskTest, WhatAnAdministratorMadeStaysThoughAnOwnPasswordWasBeingStored) {
  const std::string made = Administrator();
  const std::string rai = Join(made, "rai", log::v1::ROLE_RECONCILER);
  std::string reset;
  meanwhile_ = [&] {
    const auto set = Set(made, "rai", log::v1::ROLE_RECONCILER, true, /*first_password=*/true);
    ASSERT_TRUE(set.ok()) << set.status();
    reset = set->first_password();
  };
  EXPECT_THAT(std::string(Change("rai", kOwn, "teh bangli 2017", rai).message()),
              StartsWith("K-360"));
  meanwhile_ = nullptr;
  EXPECT_FALSE(SignIn("rai", "teh bangli 2017").ok());
  EXPECT_TRUE(SignIn("rai", reset).ok());
}

TEST_F(OfficerDeskTest, WhoActsIsTheOfficerOfTheSession) {
  const std::string made = Administrator();
  v1::DispatchBlanksRequest request;
  request.set_node("susut");
  ASSERT_TRUE(Enter(made, "DispatchBlanks", request).ok());
  EXPECT_EQ(request.by(), "made");
  request.set_by("rai");
  EXPECT_THAT(std::string(Enter(made, "DispatchBlanks", request).message()), StartsWith("K-188"));
  v1::ReceiveDeliveryRequest delivery;
  ASSERT_TRUE(Enter(made, "ReceiveDelivery", delivery).ok());
  EXPECT_EQ(delivery.received_by(), "made");
  // Whoever only looks is nobody.
  v1::GetStatusRequest look;
  EXPECT_TRUE(Enter("", "GetStatus", look).ok());
}

TEST_F(OfficerDeskTest, ARoleThatMayNotIsStoppedAtTheDoor) {
  const std::string made = Administrator();
  const std::string sari = Join(made, "sari", log::v1::ROLE_AUDITOR);
  v1::DispatchBlanksRequest request;
  EXPECT_THAT(std::string(Enter(sari, "DispatchBlanks", request).message()), StartsWith("K-300"));
  const std::string komang = Join(made, "komang", log::v1::ROLE_STOCK_KEEPER);
  EXPECT_TRUE(Enter(komang, "DispatchBlanks", request).ok());
  // Before a password is made for it.
  v1::SetOfficerRequest set;
  EXPECT_THAT(std::string(Enter(sari, "SetOfficer", set).message()), StartsWith("K-300"));
  // Of a delivery the core knows who may receive it.
  const std::string rai = Join(made, "rai", log::v1::ROLE_RECONCILER);
  v1::ReceiveDeliveryRequest delivery;
  EXPECT_TRUE(Enter(rai, "ReceiveDelivery", delivery).ok());
}

TEST_F(OfficerDeskTest, AnAdministratorWhoCanSignInStays) {
  const std::string made = Administrator();
  // Without a password an administrator is none who could take over.
  ASSERT_EQ(district_.Command(SetOfficer{.officer = OperatorId::Of("wayan"),
                                         .role = domain::Role::kAdministrator,
                                         .by = OperatorId::Of("made")}),
            CommandOutcome::kDone);
  const auto message = [](const auto& answer) { return std::string(answer.status().message()); };
  EXPECT_THAT(message(Set(made, "made", log::v1::ROLE_ADMINISTRATOR, /*active=*/false)),
              StartsWith("K-309"));
  EXPECT_THAT(message(Set(made, "made", log::v1::ROLE_AUDITOR)), StartsWith("K-309"));
  EXPECT_TRUE(Set(made, "wayan", log::v1::ROLE_ADMINISTRATOR, /*active=*/false).ok());
  Join(made, "rai", log::v1::ROLE_ADMINISTRATOR);
  EXPECT_TRUE(Set(made, "made", log::v1::ROLE_AUDITOR).ok());
}

TEST_F(OfficerDeskTest, ADamagedPasswordIsMadeAnewAndEndsNoList) {
  const std::string made = Administrator();
  Join(made, "rai", log::v1::ROLE_RECONCILER);
  const auto row = **district_.centre_store().Last(
      storage::kFirstPasswordPrefix, storage::PrefixEnd(storage::kFirstPasswordPrefix));
  storage::WriteBatch damage;
  damage.Put(row.first, row.second.substr(1));
  ASSERT_TRUE(district_.centre_store().Write(damage, storage::Durability::kSynced).ok());
  EXPECT_THAT(std::string(SignIn("rai", kOwn).status().message()), StartsWith("K-328"));
  const auto list = roster_->ListOfficers({});
  ASSERT_TRUE(list.ok()) << list.status();
  EXPECT_FALSE(list->officers(1).has_password());
  EXPECT_EQ(Set(made, "rai", log::v1::ROLE_RECONCILER).status().code(),
            absl::StatusCode::kDataLoss);
  const auto anew = Set(made, "rai", log::v1::ROLE_RECONCILER, true, /*first_password=*/true);
  ASSERT_TRUE(anew.ok()) << anew.status();
  EXPECT_TRUE(SignIn("rai", anew->first_password()).ok());
}

TEST_F(OfficerDeskTest, TheSecondOfTwoPersonsGivesTheOwnPasswordForThisAct) {
  const std::string made = Administrator();
  Join(made, "sari", log::v1::ROLE_AUDITOR);
  Join(made, "rai", log::v1::ROLE_RECONCILER);
  v1::CloseNodeRequest request;
  request.set_second("sari");
  EXPECT_THAT(std::string(Enter(made, "CloseNode", request).message()), StartsWith("K-189"));
  EXPECT_THAT(std::string(Enter(made, "CloseNode", request, Confirm("rai")).message()),
              StartsWith("K-189"));
  const std::string confirmation = Confirm("sari");
  EXPECT_TRUE(Enter(made, "CloseNode", request, confirmation).ok());
  EXPECT_THAT(std::string(Enter(made, "CloseNode", request, confirmation).message()),
              StartsWith("K-189"));
  request.set_second("made");
  EXPECT_THAT(std::string(Enter(made, "CloseNode", request, Confirm("made")).message()),
              StartsWith("K-303"));
}

TEST_F(OfficerDeskTest, WrongPasswordsLockOutAndNoRestartBuysATry) {
  Administrator();
  for (int i = 0; i < domain::SignInTries::kFree; ++i) {
    EXPECT_THAT(std::string(SignIn("made", "kopi").status().message()), StartsWith("K-175"));
  }
  EXPECT_EQ(SignIn("made", "kopi").status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(std::string(SignIn("made", kOwn).status().message()), HasSubstr("K-325"));
  RestartCentre();
  EXPECT_THAT(std::string(SignIn("made", kOwn).status().message()), HasSubstr("K-325"));
  district_.clock().Advance(domain::SignInTries::kFirstLock);
  EXPECT_TRUE(SignIn("made", kOwn).ok());
}

TEST_F(OfficerDeskTest, AnAdministratorMakesAnotherPasswordWhichEndsLockAndSessions) {
  const std::string made = Administrator();
  const std::string rai = Join(made, "rai", log::v1::ROLE_RECONCILER);
  for (int i = 0; i <= domain::SignInTries::kFree; ++i) SignIn("rai", "kopi").IgnoreError();
  const auto set = Set(made, "rai", log::v1::ROLE_RECONCILER, true, /*first_password=*/true);
  ASSERT_TRUE(set.ok()) << set.status();
  v1::MoveLeaseRequest request;
  EXPECT_EQ(Enter(rai, "MoveLease", request).code(), absl::StatusCode::kUnauthenticated);
  EXPECT_TRUE(SignIn("rai", set->first_password())->must_change_password());
  // A new role alone leaves the password.
  EXPECT_TRUE(Set(made, "made", log::v1::ROLE_ADMINISTRATOR)->first_password().empty());
}

TEST_F(OfficerDeskTest, WhoIsStruckOffActsNoMore) {
  const std::string made = Administrator();
  const std::string rai = Join(made, "rai", log::v1::ROLE_RECONCILER);
  ASSERT_TRUE(Set(made, "rai", log::v1::ROLE_RECONCILER, /*active=*/false).ok());
  v1::MoveLeaseRequest request;
  EXPECT_THAT(std::string(Enter(rai, "MoveLease", request).message()), StartsWith("K-186"));
  EXPECT_THAT(std::string(SignIn("rai", kOwn).status().message()), StartsWith("K-299"));
}

TEST_F(OfficerDeskTest, AConfirmationEndsWithItsOfficer) {
  const std::string made = Administrator();
  Join(made, "sari", log::v1::ROLE_AUDITOR);
  v1::CloseNodeRequest request;
  request.set_second("sari");
  const auto refused = [&](const std::string& confirmation) {
    return std::string(Enter(made, "CloseNode", request, confirmation).message());
  };
  const std::string before_another = Confirm("sari");
  const auto set = Set(made, "sari", log::v1::ROLE_AUDITOR, true, /*first_password=*/true);
  ASSERT_TRUE(set.ok()) << set.status();
  EXPECT_THAT(refused(before_another), StartsWith("K-189"));
  ASSERT_TRUE(Change("sari", set->first_password(), kOwn).ok());
  const std::string before_change = Confirm("sari");
  ASSERT_TRUE(Change("sari", kOwn, "kopi kintamani 2017").ok());
  EXPECT_THAT(refused(before_change), StartsWith("K-189"));
  ASSERT_TRUE(Change("sari", "kopi kintamani 2017", kOwn).ok());
  const std::string before_end = Confirm("sari");
  ASSERT_TRUE(Set(made, "sari", log::v1::ROLE_AUDITOR, /*active=*/false).ok());
  EXPECT_THAT(refused(before_end), StartsWith("K-189"));
}

TEST_F(OfficerDeskTest, PasswordsSurviveARestartAndSessionsDoNot) {
  const std::string made = Administrator();
  RestartCentre();
  v1::MoveLeaseRequest request;
  EXPECT_EQ(Enter(made, "MoveLease", request).code(), absl::StatusCode::kUnauthenticated);
  EXPECT_TRUE(SignIn("made", kOwn).ok());
  const auto rows = TablesDigest(district_.centre_store());
  const auto replayed = ReplayDigest(district_.centre_store(), district_.centre().options());
  ASSERT_TRUE(rows.ok() && replayed.ok()) << replayed.status();
  EXPECT_EQ(*rows, *replayed);
}

}  // namespace
}  // namespace keping::central
