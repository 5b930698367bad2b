import { once } from "node:events";
import { createServer, get, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { EventStreamBody } from "@mayfly/wire";
import { afterEach, expect, test, vi } from "vitest";
import { createOpenStreams } from "./open-streams.ts";

/** Frames as fast as they are taken, until it waits for ever. */
function source(count: number, bytes: number) {
  const facts = { taken: 0, isReturned: false };
  let waiting: ((result: IteratorResult<Uint8Array>) => void) | undefined;
  const finished = { done: true, value: undefined } as const;
  const body: EventStreamBody = {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () =>
      facts.taken++ < count
        ? Promise.resolve({ done: false, value: Buffer.alloc(bytes) })
        : new Promise((resolve) => {
            waiting = resolve;
          }),
    return: () => {
      facts.isReturned = true;
      waiting?.(finished);
      return Promise.resolve(finished);
    },
  };
  return { body, facts };
}

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Sends the body to one client, which has read nothing yet. */
async function sendTo(body: EventStreamBody) {
  const streams = createOpenStreams();
  const server = createServer((_request, response) => void streams.send(body, response));
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const request = get({ port: (server.address() as AddressInfo).port, agent: false });
  const [response] = (await once(request, "response")) as [IncomingMessage];
  return { streams, response };
}

test("a client that does not read is not sent more than buffers hold", async () => {
  const frames = 10_000;
  const { body, facts } = source(frames, 64 * 1024);
  const { response } = await sendTo(body);
  let before = -1;
  // It stands still when two looks, a while apart, find the same.
  await vi.waitFor(() => {
    const now = facts.taken;
    const last = before;
    before = now;
    expect(now).toBe(last);
  });
  expect(facts.taken).toBeLessThan(frames / 10);
  expect(facts.isReturned).toBe(false);
  response.destroy();
  await vi.waitFor(() => expect(facts.isReturned).toBe(true));
});

test("a source that waits is ended when the client goes away", async () => {
  const { body, facts } = source(1, 10);
  const { response } = await sendTo(body);
  await once(response, "data");
  response.destroy();
  await vi.waitFor(() => expect(facts.isReturned).toBe(true));
});

test("endAll ends an answer in good order", async () => {
  const { body, facts } = source(1, 10);
  const { streams, response } = await sendTo(body);
  await once(response, "data");
  streams.endAll();
  await once(response, "end");
  expect(facts.isReturned).toBe(true);
  expect(response.complete).toBe(true);
});
