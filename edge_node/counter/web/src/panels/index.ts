// The panels in the order in which they stand.
import { nextCards } from "./next_cards.js";
import { orders } from "./orders.js";
import type { Panel } from "./panel.js";
import { plan } from "./plan.js";
import { printers } from "./printers.js";
import { proof } from "./proof.js";
import { stock } from "./stock.js";
import { transfers } from "./transfers.js";

export const panels: Panel[] = [orders, transfers, printers, stock, proof, plan, nextCards];
