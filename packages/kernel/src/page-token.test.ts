import { expect, test } from "vitest";
import { decodePageToken, encodePageToken } from "./page-token.ts";

test("a token leads on in the list that it was made for, and in no other", () => {
  const token = encodePageToken("ListRoles", "some/röle");
  expect(decodePageToken("ListRoles", token)).toBe("some/röle");
  expect(decodePageToken("ListUsers", token)).toBeUndefined();
});

test.each(["", "x", "e30", "W10", "bnVsbA", "WyJMaXN0Um9sZXMiLDFd", "\u0000", "!".repeat(10_000)])("%j is no token", (text) => {
  expect(decodePageToken("ListRoles", text)).toBeUndefined();
});
