// A record of the sample data as the national contract carries it.
#ifndef KEPING_DEPLOY_NATIONAL_SIMULATOR_RECORD_PROTO_H_
#define KEPING_DEPLOY_NATIONAL_SIMULATOR_RECORD_PROTO_H_

#include "deploy/bangli/allotment.h"
#include "deploy/bangli/record.h"
#include "keping/national/v1/national.pb.h"

namespace keping::national_simulator {

national::v1::Record ToProto(const bangli::Record& record);
national::v1::Allotment ToProto(const bangli::Allotment& allotment);

}  // namespace keping::national_simulator

#endif  // KEPING_DEPLOY_NATIONAL_SIMULATOR_RECORD_PROTO_H_
