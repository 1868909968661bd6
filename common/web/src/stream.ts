// A live stream that stays: it is opened again after it ended, failed or fell silent.
//
//   await keepOpen((signal) => rpc.screen.watchStatus({}, { signal }), (message) => take(message),
//     () => showThatItIsAway());
//   location.reload();  // it ends when nobody is signed in any more
import { isLoggedOut } from "./problem.js";

const RETRY_MILLISECONDS = [500, 1000, 2000, 5000];
// The nodes say something at least every 15 seconds.
const SILENCE_MILLISECONDS = 40_000;

export async function keepOpen<Message>(
  open: (signal: AbortSignal) => AsyncIterable<Message>,
  take: (message: Message) => void | Promise<void>,
  away: () => void,
): Promise<void> {
  for (let failures = 0;; ++failures) {
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), SILENCE_MILLISECONDS);
    try {
      for await (const message of open(silence.signal)) {
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), SILENCE_MILLISECONDS);
        failures = 0;
        await take(message);
      }
    } catch (error) {
      if (isLoggedOut(error)) return;
    } finally {
      clearTimeout(timer);
    }
    away();
    const pause = RETRY_MILLISECONDS[Math.min(failures, RETRY_MILLISECONDS.length - 1)];
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
