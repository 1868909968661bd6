// Who may do what, so that a page offers nobody what the centre would refuse. The centre decides
// (central_node/console/officer_door.cc, central_node/core/officers.cc); tests/tidy/page_roles.py compares.
import { Role } from "../gen/keping/log/v1/office_pb.js";

const { ADMINISTRATOR, AUDITOR, RECONCILER, STOCK_KEEPER, SUPERVISOR } = Role;

export const MAY = {
  administer: [ADMINISTRATOR],
  staff: [ADMINISTRATOR, SUPERVISOR],
  send: [ADMINISTRATOR, SUPERVISOR, STOCK_KEEPER],
  takeIn: [ADMINISTRATOR, SUPERVISOR, STOCK_KEEPER, RECONCILER],
  lease: [ADMINISTRATOR, SUPERVISOR, RECONCILER],
  keepStock: [STOCK_KEEPER, SUPERVISOR, RECONCILER],
  askForBlanks: [ADMINISTRATOR, SUPERVISOR, STOCK_KEEPER, RECONCILER],
  // Voids a paper's number.
  keepNumbers: [ADMINISTRATOR, SUPERVISOR, STOCK_KEEPER, RECONCILER],
  // Readiness, absences, printers, reported figures, names of blanks.
  enterForPlan: [ADMINISTRATOR, SUPERVISOR, STOCK_KEEPER, RECONCILER],
  setPolicy: [ADMINISTRATOR, RECONCILER],
  // Subject reports, evidence, invitations.
  examine: [SUPERVISOR, RECONCILER, AUDITOR],
} as const;
