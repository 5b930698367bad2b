import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { TestEngine } from "../src/testing/test-engine.ts";
import type { FunctionTarget } from "../src/types.ts";

/** Fewest calls that are made beside an attack, however short it is. */
const leastCalls = 20;

/** Another tenant's function: holds secrets and is called while others attack. */
export interface Neighbour {
  readonly target: FunctionTarget;
  readonly secret: string;
  /** On its own network, where it has one: it listens there on port 7777. */
  readonly address: string;
  /** The invocation that it answers at the moment, or answered last. */
  readonly requestId: string;
  /** Calls it again and again until the promise settles; every answer must be right. Answers how long each call took, milliseconds. */
  callDuring(attack: Promise<unknown>): Promise<readonly number[]>;
}

// What others must not reach lies in its memory, its /tmp, its environment, its shared memory and on its sockets.
const code = `
import ctypes, os, socket
import attack
SECRET = os.environ["NEIGHBOUR_SECRET"]
with open("/tmp/secret-of-neighbour", "w") as file:
    file.write(SECRET)
abstract = socket.socket(socket.AF_UNIX)
abstract.bind("\\0mayfly-neighbour")
abstract.listen()
tcp = socket.socket()
tcp.bind(("0.0.0.0", 7777))
tcp.listen()
attack.call("shmget", 0x6e656967, 4096, 0o1666)
def address():
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
            s.connect(("192.0.2.1", 9))
            return s.getsockname()[0]
    except OSError:
        return "192.0.2.1"
def handler(event, context):
    if event["number"] < 0:
        return address()
    return [event["number"], context.aws_request_id, open("/tmp/secret-of-neighbour").read() == SECRET]
`;

/** Makes it and calls it once. */
export async function startNeighbour(engine: TestEngine, toolbox: Readonly<Record<string, string>>): Promise<Neighbour> {
  const secret = `neighbour-${randomUUID()}`;
  const target = await engine.target(
    { "index.py": code, ...toolbox },
    { functionName: "neighbour", runtime: "python3.11", environment: { NEIGHBOUR_SECRET: secret }, memorySizeMb: 256, timeoutMs: 30_000 },
  );
  let calls = 0;
  let requestId = "";
  const call = async (): Promise<number> => {
    const number = calls++;
    requestId = randomUUID();
    const startedAt = performance.now();
    const result = await engine.invoke(target, { number }, { requestId });
    const took = performance.now() - startedAt;
    assert.deepEqual(JSON.parse(result.payload.toString()), [number, requestId, true], "The neighbour's answer");
    return took;
  };
  await call();
  const address = JSON.parse((await engine.invoke(target, { number: -1 })).payload.toString()) as string;
  return {
    target,
    secret,
    address,
    get requestId() {
      return requestId;
    },
    async callDuring(attack) {
      const state = { isOver: false };
      const over = (): void => void (state.isOver = true);
      attack.then(over, over);
      const times: number[] = [];
      while (!state.isOver || times.length < leastCalls) times.push(await call());
      return times;
    },
  };
}

/** The 99th of a hundred. */
export const p99 = (times: readonly number[]): number => times.toSorted((one, other) => one - other)[Math.floor(times.length * 0.99)] ?? 0;
