import { expect, test, vi } from "vitest";
import { isUncertain } from "./is-uncertain.ts";

// The session reads the browser's address as soon as it is loaded.
vi.mock("../../session/session.ts", () => ({ SigninRefused: class extends Error {} }));

test.each([
  [new TypeError("Failed to fetch"), true],
  [new TypeError("Failed to fetch dynamically imported module: http://localhost/console/assets/part.js"), true],
  [Object.assign(new Error("There is one already."), { name: "EntityAlreadyExistsException" }), false],
])("%s leaves open whether it was carried out: %s", (error, expected) => {
  expect(isUncertain(error)).toBe(expected);
});
