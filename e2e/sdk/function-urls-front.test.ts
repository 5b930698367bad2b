import { connect } from "node:net";
import { text } from "node:stream/consumers";
import fc from "fast-check";
import * as lambda from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startServerProcess } from "@mayfly/testkit";
import { ask, begin, startUrlWorld, type Answered, type UrlWorld } from "./function-url.ts";

let world: UrlWorld;
beforeAll(async () => {
  world = await startUrlWorld();
});
afterAll(() => world.close());

const page = "https://page.example";
const greeting = `exports.handler = async (event) => ({ statusCode: 200, body: "hi", headers: { "Access-Control-Allow-Origin": "https://own.example",
  "access-control-expose-headers": "x-own", "Content-Type": "text/plain" } });`;

/** Asks as a browser does for a page of another origin: a preflight first where one is needed. @returns what the page may read, or why nothing */
async function fetchAsPage(
  url: string,
  asking: { readonly method: string; readonly headers?: Record<string, string>; readonly credentials?: boolean },
) {
  const { method, headers = {}, credentials = false } = asking;
  const allows = (answer: Answered): boolean => {
    const origin = answer.headers["access-control-allow-origin"];
    if (credentials) return origin === page && answer.headers["access-control-allow-credentials"] === "true";
    return origin === page || origin === "*";
  };
  const lists = (answer: Answered, name: string, value: string): boolean => {
    const values = String(answer.headers[name] ?? "")
      .toLowerCase()
      .split(",");
    return values.includes(value.toLowerCase()) || (!credentials && values.includes("*"));
  };
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  if (names.length > 0 || !["GET", "HEAD", "POST"].includes(method)) {
    const asked = {
      origin: page,
      "access-control-request-method": method,
      ...(names.length > 0 && { "access-control-request-headers": names.join(",") }),
    };
    const preflight = await ask(url, { method: "OPTIONS", headers: asked });
    if (preflight.status !== 200 || !allows(preflight)) return "preflight: origin";
    if (!["GET", "HEAD", "POST"].includes(method) && !lists(preflight, "access-control-allow-methods", method)) return "preflight: method";
    if (!names.every((name) => lists(preflight, "access-control-allow-headers", name))) return "preflight: headers";
  }
  const answer = await ask(url, { method, headers: { ...headers, origin: page } });
  return allows(answer) ? answer : "origin";
}

describe("CORS", () => {
  test("a page gets what the settings say, whatever the function says", async () => {
    const Cors = {
      AllowOrigins: [page],
      AllowMethods: ["GET", "PUT"],
      AllowHeaders: ["X-Custom"],
      ExposeHeaders: ["X-Seen", "Date"],
      MaxAge: 600,
    };
    const url = await world.create("cors", greeting, { Cors });
    const got = await fetchAsPage(url, { method: "PUT", headers: { "x-custom": "1" } });
    expect(got).toMatchObject({
      text: "hi",
      headers: { "access-control-allow-origin": page, "access-control-expose-headers": "X-Seen,Date", vary: "Origin" },
    });
    expect(await fetchAsPage(url, { method: "DELETE" })).toBe("preflight: method");
    expect(await fetchAsPage(url, { method: "GET", headers: { "x-other": "1" } })).toBe("preflight: headers");
    expect(await fetchAsPage(url, { method: "GET", credentials: true })).toBe("origin");
    const preflight = await ask(url, { method: "OPTIONS", headers: { origin: page, "access-control-request-method": "PUT" } });
    expect(preflight).toMatchObject({
      status: 200,
      text: "",
      headers: { "access-control-max-age": "600", "access-control-allow-methods": "GET,PUT" },
    });
    const elsewhere = await ask(url, { headers: { origin: "https://evil.example" } });
    expect(elsewhere).toMatchObject({ status: 200, text: "hi" });
    expect(Object.keys(elsewhere.headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
  });

  test("a star is for everybody; with credentials the origin is named", async () => {
    const open = await world.create("cors-open", greeting, { Cors: { AllowOrigins: ["*"], AllowMethods: ["*"], AllowHeaders: ["*"] } });
    const got = await fetchAsPage(open, { method: "DELETE", headers: { "x-any": "1" } });
    expect(got).toMatchObject({ text: "hi", headers: { "access-control-allow-origin": "*" } });
    const all = { AllowOrigins: ["*"], AllowMethods: ["*"], AllowHeaders: ["*"], AllowCredentials: true };
    await world.clients.lambda.send(new lambda.UpdateFunctionUrlConfigCommand({ FunctionName: "cors-open", Cors: all }));
    expect(await fetchAsPage(open, { method: "DELETE", headers: { "x-any": "1" }, credentials: true })).toMatchObject({ text: "hi" });
  });

  test("without settings it is the function's own business, preflights too", async () => {
    const source = `exports.handler = async (event) => ({ statusCode: 200, body: event.requestContext.http.method, headers: {
      "Access-Control-Allow-Origin": event.headers.origin, "Access-Control-Allow-Methods": "DELETE" } });`;
    expect(await fetchAsPage(await world.create("cors-own", source), { method: "DELETE" })).toMatchObject({ text: "DELETE" });
  });

  test("refusals can be read by the page as well", async () => {
    const url = await world.create("cors-502", "exports.handler = async () => { throw new Error(); };", { Cors: { AllowOrigins: [page] } });
    expect(await fetchAsPage(url, { method: "GET" })).toMatchObject({ status: 502 });
    const closed = await world.create("cors-403", greeting, { AuthType: "AWS_IAM", Cors: { AllowOrigins: [page] } });
    expect(await fetchAsPage(closed, { method: "GET" })).toMatchObject({ status: 403 });
  });
});

describe("Mayfly's own origin", () => {
  test("is out of reach: on a URL's host every path is the function's", async () => {
    const url = await world.create("paths", "exports.handler = async (event) => 'function ' + event.rawPath;");
    for (const path of ["/", "/console/", "/_mayfly/health", "/_mayfly/session", "/2015-03-31/functions/", "/_mayfly/code/x"]) {
      const { text: body, headers } = await ask(url, { path, headers: { "sec-fetch-dest": "document" } });
      expect(body).toBe(`function ${path}`);
      // A page of its own, which may have script.
      expect(headers["content-security-policy"]).toBeUndefined();
    }
  });

  test("no cookie is for more than the URL's own host", async () => {
    const source = `exports.handler = async () => ({ statusCode: 200, headers: { "Set-Cookie": "h=1; domain=localhost" }, cookies: ["a=1", "b=1; Domain=.localhost",
      "c=1;DOMAIN = us-east-1.localhost; Path=/", "d=1; Domain=lambda-url.us-east-1.localhost", "e=1; Domain=example.com"] });`;
    expect((await ask(await world.create("cookies", source))).headers["set-cookie"]).toEqual(["a=1", "e=1; Domain=example.com"]);
  });

  test("a page of a URL is another site to a server that checks no signatures", async () => {
    const open = await startServerProcess({ arguments: ["--auth", "open"] });
    try {
      const { port } = new URL(open.url);
      const own = `http://x.us-east-1.localhost:${port}`;
      const path = "/2015-03-31/functions/";
      const from = (origin: string) => ask(own, { path, headers: { origin, "sec-fetch-site": "same-site" } });
      expect(await from(`http://${"a".repeat(32)}.lambda-url.us-east-1.localhost:${port}`)).toMatchObject({ status: 403 });
      expect(await from(`http://x.us-east-1.localhost:3000`)).toMatchObject({ status: 200 });
    } finally {
      await open.dispose();
    }
  });
});

test("a function calls a URL by its AWS endpoint, and is nobody there until it signs", async () => {
  const open = await world.create("called", "exports.handler = async (event) => event.requestContext.accountId;");
  const closed = await world.create("called-signed", "exports.handler = async () => 'in';", { AuthType: "AWS_IAM" });
  const caller = await world.create(
    "calling",
    `const { request } = require("node:http");
const { text } = require("node:stream/consumers");
exports.handler = (event) => new Promise((resolve, reject) => {
  const headers = { host: event.headers["x-host"] };
  request(process.env.AWS_ENDPOINT_URL, { path: "/_mayfly/session", headers }, (response) => text(response).then(resolve, reject)).on("error", reject).end();
});`,
  );
  const call = async (url: string) => (await ask(caller, { headers: { "x-host": new URL(url).host } })).text;
  expect(await call(open)).toBe("anonymous");
  expect(await call(closed)).toContain("Forbidden");
  expect(await call("http://127.0.0.1:4566")).toContain("Functions can't sign in");
});

test("whatever a function answers, it is an answer: its own, or AWS's 502", async () => {
  const url = await world.create("arbitrary", "exports.handler = async (event) => JSON.parse(event.body);");
  const text = fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.constantFrom("a\r\nb: c", "\u0000", "chunked", "close", "0", "☃"));
  const name = fc.oneof(
    text,
    fc.constantFrom("transfer-encoding", "Content-Length", "connection", "trailer", "set-cookie", "content-type", "__proto__"),
  );
  const answer = fc.record(
    {
      statusCode: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 200, max: 599 }) }, fc.jsonValue()),
      headers: fc.oneof(
        { weight: 3, arbitrary: fc.dictionary(name, fc.oneof({ weight: 3, arbitrary: text }, fc.jsonValue())) },
        fc.jsonValue(),
      ),
      cookies: fc.oneof({ weight: 3, arbitrary: fc.array(text) }, fc.jsonValue()),
      body: fc.oneof({ weight: 3, arbitrary: text }, fc.jsonValue()),
      isBase64Encoded: fc.oneof(fc.boolean(), fc.jsonValue()),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(fc.oneof(answer, fc.jsonValue()), async (value) => {
      const { status = 0, text: body } = await ask(url, {
        method: "POST",
        headers: { "content-type": "text/plain" },
        body: JSON.stringify(value),
      });
      expect(status).toBeGreaterThanOrEqual(200);
      const own = Number((value as { readonly statusCode?: unknown } | null)?.statusCode ?? 200);
      if (status !== own) expect({ status, body }).toEqual({ status: 502, body: "Internal Server Error" });
    }),
    { numRuns: 150, endOnFailure: true },
  );
  expect(world.server.output()).not.toMatch(/could not be written|failed:/);
});

describe("hostile requests", () => {
  /** Sends bytes as they are; answers all that comes until the server ends the connection. */
  async function raw(url: string, bytes: string): Promise<string> {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    socket.write(bytes.replaceAll("HOST", new URL(url).host));
    return text(socket);
  }

  test("that could be read in two ways are refused", async () => {
    const url = await world.create("smuggle", "exports.handler = async (event) => event.rawPath + ' ' + (event.body ?? '');");
    const close = "connection: close\r\n";
    const refused = /^HTTP\/1\.1 400 /;
    expect(await raw(url, `GET /a HTTP/1.1\r\nhost: HOST\r\nhost: localhost\r\n${close}\r\n`)).toMatch(refused);
    expect(await raw(url, `GET http://localhost/a HTTP/1.1\r\nhost: HOST\r\n${close}\r\n`)).toMatch(refused);
    const both = "content-length: 4\r\ntransfer-encoding: chunked\r\n";
    expect(await raw(url, `POST /a HTTP/1.1\r\nhost: HOST\r\n${both}\r\n0\r\n\r\nGET /b HTTP/1.1\r\nhost: HOST\r\n${close}\r\n`)).toMatch(
      refused,
    );
    expect(await raw(url, `POST /a HTTP/1.1\r\nhost: HOST\r\ncontent-length: 1\r\ncontent-length: 2\r\n${close}\r\nab`)).toMatch(refused);
    expect(await raw(url, `GET /a HTTP/1.1\r\nhost: HOST\r\nx : y\r\n${close}\r\n`)).toMatch(refused);
    expect(await raw(url, `GET /a HTTP/1.1\r\nhost: HOST\r\nx: ${"y".repeat(70_000)}\r\n${close}\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
    const evil = `GET /a HTTP/1.1\r\nhost: ${new URL(url).hostname}.evil.example\r\n${close}\r\n`;
    expect(await raw(url, evil)).toMatch(/^HTTP\/1\.1 403 [\s\S]*loopback only/);
    expect(
      await raw(url, `POST /fine HTTP/1.1\r\nhost: HOST\r\ntransfer-encoding: chunked\r\n${close}\r\n3\r\nabc\r\n0\r\n\r\n`),
    ).toContain("/fine YWJj");
  });

  test("of more than 6 MB in chunks are 413, and the connection goes on", async () => {
    const url = await world.create("large", "exports.handler = async (event) => String(event.body?.length);");
    const chunk = `10000\r\n${"x".repeat(0x10000)}\r\n`;
    const head = "POST / HTTP/1.1\r\nhost: HOST\r\ncontent-type: text/plain\r\n";
    const next = `${head}connection: close\r\ncontent-length: 2\r\n\r\nok`;
    const answers = await raw(url, `${head}transfer-encoding: chunked\r\n\r\n${chunk.repeat(97)}0\r\n\r\n${next}`);
    expect(answers.match(/HTTP\/1\.1 \d{3}/g)).toEqual(["HTTP/1.1 413", "HTTP/1.1 200"]);
  });

  test("that stop in the midst leave nothing behind", async () => {
    const url = await world.create("half", "exports.handler = async () => 'whole';");
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    socket.write(`POST / HTTP/1.1\r\nhost: ${new URL(url).host}\r\ncontent-length: 100\r\n\r\nhalf`, () => socket.destroy());
    expect(await ask(url)).toMatchObject({ text: "whole" });
    const left = await begin(url);
    left.destroy();
    expect(await ask(url)).toMatchObject({ text: "whole" });
    expect(world.server.output()).not.toMatch(/could not be written|failed:/);
  });
});
