// One office with an operator and a supervisor who have chosen their passwords, blanks in its tray, and the
// operator at the counter's screen.
//
//   const { screen, world, stock, supervisor } = await openOffice("work-", { cards_per_day: 30 });
import assert from "node:assert/strict";
import { pureParts } from "./page_parts.mjs";
import { openScreen } from "./screen.mjs";
import { startWorld } from "./world.mjs";

export const PASSWORD = "kopi bangli 2017";
export const SUPERVISORS = "teh kintamani 2017";

async function call(place, method, message, token = "") {
  const answer = await fetch(`${place.url}/keping.edge.v1.${method}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(message),
  });
  const body = await answer.json();
  assert.ok(answer.ok, `${method}: ${JSON.stringify(body)}`);
  return body;
}

async function takeOwnPassword(place, person, first, own) {
  const { token } = await call(place, "PeopleService/SignIn", { person, password: first });
  await call(place, "PeopleService/ChangePassword",
    { operatorId: person, oldPassword: first, newPassword: own, token }, token);
  return token;
}

export async function openOffice(series, options) {
  const place = await startWorld(options);
  const { world, operator } = place;
  const token = await takeOwnPassword(place, operator, place.first_password, PASSWORD);
  await world.certify();
  const { supervisor, first_password } = await world.add_supervisor();
  await takeOwnPassword(place, supervisor, first_password, SUPERVISORS);
  const { transfer, serials } = await world.dispatch();
  await call(place, "CounterService/ReceiveTransfer", { transfer, scanned: serials, operatorId: operator }, token);
  const stock = (await pureParts()).expand(serials);
  const screen = await openScreen(place.url, series);
  await screen.enter(operator, PASSWORD);
  await screen.isAt("print");
  return { place, world, screen, supervisor, stock };
}

// The tests are one day, each goes on from the last: after a failure the others tell nothing.
export function oneDay(nodeTest) {
  let broken = "";
  return (name, body) =>
    nodeTest(name, async (context) => {
      if (broken) return context.skip(`after a failure: ${broken}`);
      broken = name;
      await body(context);
      broken = "";
    });
}
