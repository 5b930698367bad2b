import { expect, test } from "vitest";
import { isLoopbackAddress, isLoopbackHost } from "./hosts.ts";

test.each([
  "localhost",
  "localhost:4566",
  "stream-localhost:4566",
  "streaming-localhost:4566",
  "127.0.0.1:4566",
  "127.1.2.3",
  "[::1]:4566",
  "abc.lambda-url.us-east-1.localhost:4566",
  "LOCALHOST",
])("answers %s on loopback", (host) => expect(isLoopbackHost(host)).toBe(true));

test.each([
  undefined,
  "",
  "evil.example",
  "evil.example:4566",
  "localhost.evil.example",
  "stream-localhost.evil.example",
  "stream-evil:4566",
  "127.0.0.1.evil.example",
  "10.0.0.1",
  "127.evil.example",
])("refuses %s on loopback", (host) => expect(isLoopbackHost(host)).toBe(false));

test("knows the addresses that only this machine reaches", () => {
  expect(["127.0.0.1", "::1", "localhost"].every(isLoopbackAddress)).toBe(true);
  expect(["0.0.0.0", "::", "192.168.1.2"].some(isLoopbackAddress)).toBe(false);
});
