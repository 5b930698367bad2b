import * as fc from "fast-check";
import { expect, test } from "vitest";
import { loadModel } from "./model/load-model.ts";
import type { Shape } from "./model/model.ts";
import { pickService } from "./pick-service.ts";
import { loadServiceWire } from "./service-wire.ts";
import { exampleStructure } from "./testing/example-value.ts";
import { handle, requestOf } from "./testing/request.ts";
import type { WireRequest } from "./types.ts";

const seed = Number(process.env["MAYFLY_FUZZ_SEED"] ?? Date.now() % 1_000_000_000);
const numRuns = Number(process.env["MAYFLY_FUZZ_RUNS"] ?? 500);

const hostileText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    "",
    "\u0000",
    "\uFEFF",
    "\uD800",
    "__proto__",
    "constructor",
    "%",
    "%zz",
    "%ff",
    "../..",
    "a".repeat(20_000),
    "-".repeat(9_000),
    "9".repeat(400),
  ),
);

const hostileJson = fc.oneof(
  fc.json({ maxDepth: 5 }),
  hostileText,
  fc.constantFrom(
    "[".repeat(50_000),
    '{"a":'.repeat(20_000),
    '{"__proto__":{"x":1}}',
    '{"FunctionName":1e999}',
    '{"a":1,"a":2}',
    "\uFEFF{}",
    "nul",
    "01",
    "1e",
    "{}{}",
  ),
);

/** A valid structure in which one place holds something else. */
const spoiled = (shape: Shape | undefined) =>
  fc
    .record({
      value: fc.constant(shape ? exampleStructure(shape, "maximal") : {}),
      at: fc.nat(),
      by: fc.oneof(fc.jsonValue(), hostileText),
    })
    .map(({ value, at, by }) => {
      const keys = Object.keys(value);
      const key = keys[at % Math.max(keys.length, 1)] ?? "x";
      return JSON.stringify({ ...value, [key]: by });
    });

const bytes = (text: fc.Arbitrary<string>): fc.Arbitrary<Buffer> =>
  fc.oneof(
    { weight: 5, arbitrary: text.map((body) => Buffer.from(body)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((body) => Buffer.from(body)) },
  );

const methods = fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "BREW");

async function restRequests(): Promise<fc.Arbitrary<WireRequest>> {
  const operations = [...(await loadModel("lambda")).operations.values()];
  return fc.constantFrom(...operations).chain((operation) =>
    fc
      .record({
        method: fc.oneof({ weight: 6, arbitrary: fc.constant(operation.method) }, { weight: 1, arbitrary: methods }),
        label: fc.oneof(hostileText, fc.webPath()),
        query: fc.oneof(fc.constant(""), fc.webQueryParameters(), hostileText, fc.constant("MaxItems=x&List=ALL&find=LayerVersion")),
        headers: fc.dictionary(fc.constantFrom("x-amz-invocation-type", "x-amz-log-type", "content-type", "authorization"), hostileText),
        body: bytes(fc.oneof(hostileJson, spoiled(operation.input))),
      })
      .map(({ label, ...parts }) =>
        requestOf({ ...parts, path: (operation.uri.split("?")[0] as string).replace(/\{[^}]+\}/g, () => label) }),
      ),
  );
}

async function jsonRequests(): Promise<fc.Arbitrary<WireRequest>> {
  const operations = [...(await loadModel("logs")).operations.values()];
  return fc.constantFrom(...operations).chain((operation) =>
    fc
      .record({
        target: fc.oneof(fc.constant(operation.name), hostileText),
        body: bytes(fc.oneof(hostileJson, spoiled(operation.input))),
      })
      .map(({ target, body }) => requestOf({ headers: { "x-amz-target": `Logs_20140328.${target}` }, body })),
  );
}

async function formRequests(service: "iam" | "sts"): Promise<fc.Arbitrary<WireRequest>> {
  const operations = [...(await loadModel(service)).operations.values()];
  const suffix = fc.constantFrom(
    "",
    ".member.1",
    ".member.x",
    ".member.1.Key",
    ".member.99999999999",
    ".entry.1.key",
    ".".repeat(500),
    ".member.-1",
    ".1",
    ".__proto__",
  );
  return fc.constantFrom(...operations).chain((operation) => {
    const names = ["__proto__", "Version", ...(operation.input?.members.map(({ name }) => name) ?? [])];
    const parameter = fc
      .tuple(fc.constantFrom(...names), suffix, hostileText)
      .map(([name, end, value]) => `${name}${end}=${encodeURI(value.toWellFormed())}`);
    return fc
      .record({
        parameters: fc.array(fc.oneof(parameter, hostileText), { maxLength: 8 }),
        action: fc.oneof(fc.constant(operation.name), hostileText),
        inQuery: fc.boolean(),
      })
      .map(({ parameters, action, inQuery }) => {
        const form = [`Action=${action}`, ...parameters].join("&");
        return requestOf(inQuery ? { method: "GET", query: form } : { body: form });
      });
  });
}

test.each([
  ["lambda", restRequests],
  ["logs", jsonRequests],
  ["iam", () => formRequests("iam")],
  ["sts", () => formRequests("sts")],
] as const)(
  "malformed %s requests are the caller's mistake",
  async (service, requests) => {
    const wire = await loadServiceWire(service);
    const prototypeKeys = Object.keys(Object.prototype).length;
    console.info(`${service}: MAYFLY_FUZZ_SEED=${seed}`);
    fc.assert(
      fc.property(await requests(), (request) => {
        pickService(request);
        const before = process.threadCpuUsage();
        const handled = handle(wire, request);
        // Processor time: what else the machine does is no fault of the request.
        expect(process.threadCpuUsage(before).user / 1_000).toBeLessThan(1_000);
        const status = "refused" in handled ? handled.refused.status : 400;
        expect(status >= 400 && status < 500, `status ${status}`).toBe(true);
      }),
      { seed, numRuns },
    );
    expect(Object.keys(Object.prototype)).toHaveLength(prototypeKeys);
  },
  180_000,
);
