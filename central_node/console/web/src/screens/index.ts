// The screens in the order of the navigation; the first is where one arrives.
import type { Screen } from "../screen.js";
import { audit } from "./audit.js";
import { blank } from "./blank.js";
import { oneCase } from "./case.js";
import { cases } from "./cases.js";
import { deliveries } from "./deliveries.js";
import { national } from "./national.js";
import { nodes } from "./nodes.js";
import { offices } from "./offices.js";
import { papers } from "./papers.js";
import { people } from "./people.js";
import { planner } from "./planner.js";
import { policy } from "./policy.js";
import { record } from "./record.js";
import { stock } from "./stock.js";
import { transfers } from "./transfers.js";

export const screens: Screen[] = [
  offices, cases, oneCase, blank, record, deliveries, planner, transfers, stock, papers, people, nodes, policy, audit,
  national,
];
