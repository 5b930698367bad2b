import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { waitFor, type Clients } from "@mayfly/testkit";
import type { Bench } from "./bench.ts";

/**
 * How long after something was sent the program `delay` runs, one at a time, in ascending order. The function compares its own clock, which is this machine's,
 * with what was sent. The first one, which may start an environment, is not counted.
 * @param send sends the time, in milliseconds, in a way that runs the function
 */
export async function functionDelays(
  { limits }: Bench,
  clients: Clients,
  FunctionName: string,
  send: (nowMs: string) => Promise<unknown>,
): Promise<readonly number[]> {
  const logged = async (): Promise<readonly number[]> => {
    const logGroupName = `/aws/lambda/${FunctionName}`;
    const { events = [] } = await clients.logs
      .send(new FilterLogEventsCommand({ logGroupName, filterPattern: "delay" }))
      .catch(() => ({}) as never);
    return events.map(({ message = "" }) => Number(/delay ([\d.]+)/.exec(message)?.[1]));
  };
  for (let sent = 1; sent <= limits.queueMessages + 1; sent++) {
    await send(String(performance.timeOrigin + performance.now()));
    if (sent === 1 || sent % 20 === 0) await waitFor("the function to have run", async () => (await logged()).length >= sent);
    else await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const delays = await waitFor("all to have run", async () => {
    const found = await logged();
    return found.length > limits.queueMessages && found;
  });
  return delays.slice(1).toSorted((a, b) => a - b);
}
