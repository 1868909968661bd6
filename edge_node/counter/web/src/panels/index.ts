// The panels in the order in which they stand.
import { autonomy } from "./autonomy.js";
import { batch } from "./batch.js";
import { nextCards } from "./next_cards.js";
import { orders } from "./orders.js";
import type { Panel } from "./panel.js";
import { plan } from "./plan.js";
import { printers } from "./printers.js";
import { proof } from "./proof.js";
import { reopened } from "./reopened.js";
import { stock } from "./stock.js";
import { transfers } from "./transfers.js";

export const panels: Panel[] = [orders, reopened, transfers, batch, printers, stock, autonomy, proof, plan, nextCards];
