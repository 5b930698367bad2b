import { createHash, createHmac } from "node:crypto";
import { connect } from "node:net";
import { performance } from "node:perf_hooks";

/** What a load generator is told on its command line, as JSON. */
export interface LoadOrder {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly callers: number;
  readonly count: number;
  readonly warmUpCount: number;
  /** Longest that all of it may take. Milliseconds. */
  readonly limitMs: number;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** What it prints, as JSON. */
export interface LoadResult {
  /** Of every measured request. Milliseconds. */
  readonly latenciesMs: readonly number[];
  readonly elapsedMs: number;
  readonly failures: number;
}

const region = "us-east-1";
const payload = "{}";

const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A SigV4 signer for one request over and over; the day's key is derived once. */
function createSigner({ host, port, path, credentials }: LoadOrder): () => string {
  const payloadHash = sha256(payload);
  let day = "";
  let key: Buffer = Buffer.alloc(0);
  return () => {
    const time = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, "");
    if (!time.startsWith(day) || day === "") {
      day = time.slice(0, 8);
      key = [region, "lambda", "aws4_request"].reduce(hmac, hmac(`AWS4${credentials.secretAccessKey}`, day));
    }
    const signed = "host;x-amz-date";
    const canonical = `POST\n${encodeURI(path)}\n\nhost:${host}:${port}\nx-amz-date:${time}\n\n${signed}\n${payloadHash}`;
    const scope = `${day}/${region}/lambda/aws4_request`;
    const signature = hmac(key, `AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(canonical)}`).toString("hex");
    return `POST ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\nX-Amz-Date: ${time}\r\nAuthorization: AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${signed}, Signature=${signature}\r\nContent-Length: ${payload.length}\r\n\r\n${payload}`;
  };
}

/** Bytes of the first whole response in `text`, and whether it is a success; undefined while it is not whole. */
function readResponse(text: string): { length: number; ok: boolean } | undefined {
  const headEnd = text.indexOf("\r\n\r\n");
  if (headEnd === -1) return undefined;
  const head = text.slice(0, headEnd).toLowerCase();
  const ok = head.startsWith("http/1.1 200") && !head.includes("x-amz-function-error");
  const length = /content-length: (\d+)/.exec(head)?.[1];
  if (length !== undefined) {
    const end = headEnd + 4 + Number(length);
    return text.length >= end ? { length: end, ok } : undefined;
  }
  const end = text.indexOf("0\r\n\r\n", headEnd + 4);
  return end === -1 ? undefined : { length: end + 5, ok };
}

/** One caller: a keep-alive connection with one request on its way at a time. Ends when `next` says so. */
function runCaller(order: LoadOrder, next: () => boolean, sign: () => string, record: (ms: number, ok: boolean) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(order.port, order.host);
    let received = "";
    let sentAt = 0;
    const send = (): void => {
      if (!next()) {
        socket.destroy();
        resolve();
        return;
      }
      sentAt = performance.now();
      socket.write(sign());
    };
    socket.setNoDelay(true).once("connect", send);
    socket.on("data", (chunk) => {
      received += chunk.toString("latin1");
      const response = readResponse(received);
      if (response === undefined) return;
      received = received.slice(response.length);
      record(performance.now() - sentAt, response.ok);
      send();
    });
    socket.once("error", reject);
    socket.once("close", () => reject(new Error("The server closed a caller's connection.")));
  });
}

async function runCallers(order: LoadOrder, count: number, deadlineMs: number): Promise<LoadResult> {
  const sign = createSigner(order);
  const latenciesMs: number[] = [];
  let failures = 0;
  let started = 0;
  const next = (): boolean => started < count && performance.now() < deadlineMs && ++started > 0;
  const startedAtMs = performance.now();
  const record = (ms: number, ok: boolean): void => {
    latenciesMs.push(ms);
    if (!ok) failures++;
  };
  await Promise.all(Array.from({ length: order.callers }, () => runCaller(order, next, sign, record)));
  return { latenciesMs, elapsedMs: performance.now() - startedAtMs, failures };
}

const order = JSON.parse(process.argv[2] ?? "") as LoadOrder;
// A server that no longer answers must not keep this process.
setTimeout(() => process.exit(3), order.limitMs + 10_000).unref();
const deadlineMs = performance.now() + order.limitMs;
await runCallers(order, order.warmUpCount, deadlineMs);
process.stdout.write(JSON.stringify(await runCallers(order, order.count, deadlineMs)));
