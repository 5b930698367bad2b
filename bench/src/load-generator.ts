// A process of its own: takes load plans over IPC, one at a time, and answers each with what it measured. Ends with its parent.
import { openHttpConnection, type HttpConnection } from "./http-connection.ts";
import type { LoadPlan, LoadReport, LoadResult } from "./load-plan.ts";
import { percentile } from "./percentile.ts";
import { createRequestSigner, type RequestSigner } from "./sign-request.ts";

/** Requests that every caller makes before any is counted, however long the first ones take. */
const warmUpCount = 3;

/** What the callers of one plan share. */
interface Callers {
  readonly plan: LoadPlan;
  readonly host: string;
  readonly sign: RequestSigner;
  readonly connections: readonly HttpConnection[];
  sent: number;
}

async function run(plan: LoadPlan): Promise<LoadResult> {
  const { hostname, port, host } = new URL(plan.url);
  const connections = await Promise.all(Array.from({ length: plan.callers }, () => openHttpConnection(hostname, Number(port))));
  try {
    const sign = plan.signAs === undefined ? () => "" : createRequestSigner(plan.signAs, plan.headers);
    const callers: Callers = { plan, host: plan.host ?? host, sign, connections, sent: 0 };
    if (plan.warmUpMs > 0) await callAll(callers, plan.warmUpMs, (own) => own < warmUpCount);
    const startedMs = performance.now();
    const times = await callAll(callers, plan.runMs, () => false);
    const tookMs = performance.now() - startedMs;
    const sorted = times.map(({ tookMs: wholeMs }) => wholeMs).sort((a, b) => a - b);
    const firstBytes = times.map(({ firstByteMs }) => firstByteMs).sort((a, b) => a - b);
    return {
      requests: sorted.length,
      requestsPerSecond: (sorted.length * 1000) / tookMs,
      p50Ms: percentile(sorted, 50),
      p99Ms: percentile(sorted, 99),
      firstByteP50Ms: percentile(firstBytes, 50),
      tookMs,
    };
  } finally {
    for (const connection of connections) connection.close();
  }
}

/** Of one request, from its first byte on. Milliseconds. */
interface Times {
  readonly tookMs: number;
  readonly firstByteMs: number;
}

/** Every caller sends its next request as soon as its last one is answered, until the time is over and `mustGoOn` says no. */
async function callAll(callers: Callers, forMs: number, mustGoOn: (own: number) => boolean): Promise<Times[]> {
  const times: Times[] = [];
  const endsAtMs = performance.now() + forMs;
  const callOn = async (connection: HttpConnection): Promise<void> => {
    const mayGoOn = (): boolean => callers.sent - sentBefore < callers.plan.runCount && performance.now() < endsAtMs;
    for (let own = 0; mayGoOn() || mustGoOn(own); own++) times.push(await timeOne(callers, connection));
  };
  const sentBefore = callers.sent;
  await Promise.all(callers.connections.map(callOn));
  return times;
}

/** One request, and how long it took to the answer's last byte. @throws Error if the answer is not what it should be */
async function timeOne(callers: Callers, connection: HttpConnection): Promise<Times> {
  const { plan, host, sign } = callers;
  const event = eventOf(plan, callers.sent++);
  const [before, after] = plan.envelope ?? ["", ""];
  const body = before === "" && after === "" ? event : Buffer.concat([Buffer.from(before), event, Buffer.from(after)]);
  const head = `POST ${plan.path} HTTP/1.1\r\nhost: ${host}\r\n${sign(host, plan.path, body)}content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
  const startedMs = performance.now();
  const answer = await connection.exchange(head, body);
  const tookMs = performance.now() - startedMs;
  if (answer.status !== (plan.status ?? 200) || !isExpected(plan, answer.body, event)) {
    throw new Error(
      `Request ${event.toString("utf8", 0, 100)} was answered with\n${answer.head}\n\n${answer.body.toString("utf8", 0, 1000)}`,
    );
  }
  return { tookMs, firstByteMs: answer.firstByteAtMs - startedMs };
}

// No two bodies are alike, so no two signatures are: nothing can be remembered from one request for the next.
function eventOf({ bodyBytes }: LoadPlan, number: number): Buffer {
  if (bodyBytes === undefined) return Buffer.from(`{"n":${number}}`);
  const event = Buffer.alloc(bodyBytes, "a");
  event.write(`"${number}-`);
  event.write('"', bodyBytes - 1);
  return event;
}

function isExpected({ answer, answerBytes }: LoadPlan, body: Buffer, event: Buffer): boolean {
  if (answerBytes !== undefined) return body.length >= answerBytes;
  return isAlike(body, answer === undefined ? event : Buffer.from(answer));
}

/** Python writes `{"n": 1}` where Node writes `{"n":1}`. */
const isAlike = (one: Buffer, other: Buffer): boolean =>
  one.equals(other) || (one.length < 1_000 && one.toString().replaceAll(" ", "") === other.toString());

process.on("message", (plan: LoadPlan) => {
  run(plan).then(
    (result) => process.send?.({ result } satisfies LoadReport),
    (error: unknown) => process.send?.({ error: (error as Error).message } satisfies LoadReport),
  );
});
process.once("disconnect", () => process.exit());
