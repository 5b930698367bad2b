import { expect, test } from "vitest";
import { valueText } from "./message-attributes.ts";

test("bytes are shown as base64, however many they are", () => {
  expect(valueText({ DataType: "Binary", BinaryValue: Uint8Array.of(104, 105) })).toBe("aGk=");
  const most = new Uint8Array(1_000_000).fill(255);
  expect(valueText({ DataType: "Binary", BinaryValue: most })).toBe(Buffer.from(most).toString("base64"));
});
