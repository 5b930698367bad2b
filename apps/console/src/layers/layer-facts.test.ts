import { expect, test } from "vitest";
import { isCompatible, splitLayerArn } from "./layer-facts.ts";

const python = { Runtime: "python3.12", Architectures: ["arm64"] };

test.each([
  [{}, true],
  [{ CompatibleRuntimes: ["python3.12", "python3.11"] }, true],
  [{ CompatibleRuntimes: ["nodejs24.x"] }, false],
  [{ CompatibleRuntimes: ["python3.12"], CompatibleArchitectures: ["x86_64"] }, false],
  [{ CompatibleArchitectures: ["x86_64", "arm64"] }, true],
])("a layer made for %j fits a function of Python on arm64: %s", (madeFor, fits) => {
  expect(isCompatible(madeFor, python)).toBe(fits);
});

test("a layer version's ARN is read", () => {
  const read = splitLayerArn("arn:aws:lambda:us-east-1:123456789012:layer:tools:12");
  expect(read).toEqual({ accountId: "123456789012", name: "tools", version: 12 });
});
