// The national contract's messages to values and back: row by row, so that one bad row does not
// keep the good ones out.
#ifndef KEPING_CENTRAL_NODE_NATIONAL_NATIONAL_CODEC_H_
#define KEPING_CENTRAL_NODE_NATIONAL_NATIONAL_CODEC_H_

#include <vector>

#include "central_node/national/national_registry.h"
#include "keping/national/v1/national.pb.h"

namespace keping::central {

RecordsPage DecodePage(const national::v1::PullRecordsResponse& proto);
WithdrawalsPage DecodePage(const national::v1::PullWithdrawalsResponse& proto);
AllotmentsPage DecodePage(const national::v1::PullAllotmentsResponse& proto);

void EncodeReport(const std::vector<NamedReport>& items, national::v1::ReportRequest* proto);
// Answers that cannot be read, or to what was not asked, are left out: those items are reported
// again.
std::vector<domain::ReportAnswered> DecodeAnswers(const std::vector<NamedReport>& items,
                                                  const national::v1::ReportResponse& proto);

void EncodeRequests(const std::vector<NamedRequest>& items,
                    national::v1::RequestBlanksRequest* proto);
RequestAnswer DecodeRequestAnswer(const national::v1::BlankRequestAnswer& proto);
// As DecodeAnswers.
std::vector<RequestAnswer> DecodeRequestAnswers(const std::vector<NamedRequest>& items,
                                                const national::v1::RequestBlanksResponse& proto);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_NATIONAL_NATIONAL_CODEC_H_
