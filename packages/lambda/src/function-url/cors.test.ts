import { expect, it } from "vitest";
import { readHead } from "./answer-head.ts";
import { corsHeaders, preflightAnswer } from "./cors.ts";

const head = (method: string, headers: Record<string, string>) => ({
  method,
  path: "/",
  query: "",
  rawHeaders: Object.entries(headers).flat(),
  protocol: "HTTP/1.1",
  port: 80,
});

it("says nothing that no header can say", () => {
  const cors = { AllowOrigins: ["https://a.example"], ExposeHeaders: ["X-A", "b\r\nSet-Cookie: c=d", "☃"] };
  expect(corsHeaders(cors, head("GET", { Origin: "https://a.example" }))).toEqual([
    "Access-Control-Allow-Origin",
    "https://a.example",
    "Access-Control-Expose-Headers",
    "X-A",
    "Vary",
    "Origin",
  ]);
  expect(readHead({}, { host: "h", hasCors: false, contentType: "a\u0000b" })).toBeUndefined();
});

it("answers a preflight of any length at once", () => {
  const asked = {
    Origin: "https://a.example",
    "Access-Control-Request-Method": "GET",
    "Access-Control-Request-Headers": `a${" ".repeat(3_000_000)}b`,
  };
  const answer = preflightAnswer({ AllowOrigins: ["*"], AllowHeaders: ["a"] }, head("OPTIONS", asked));
  expect(answer?.headers).toEqual(["Access-Control-Allow-Origin", "*"]);
});

it("leaves to the function what is no preflight", () => {
  expect(preflightAnswer({ AllowOrigins: ["*"] }, head("OPTIONS", { Origin: "https://a.example" }))).toBeUndefined();
  expect(preflightAnswer(undefined, head("OPTIONS", { Origin: "a", "Access-Control-Request-Method": "PUT" }))).toBeUndefined();
});
