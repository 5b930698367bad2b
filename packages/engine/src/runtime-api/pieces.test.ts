import { expect, test } from "vitest";
import { Pieces } from "./pieces.ts";

test.each([[1], [7], [4_096], [16_384], [65_536]])("pieces of %d bytes come out in order, in few blocks", (size) => {
  const all = Buffer.alloc(200_000, "0123456789");
  const pieces = new Pieces();
  for (let at = 0; at < all.length; at += size) pieces.add(all.subarray(at, at + size));
  const taken = pieces.take();
  expect(Buffer.concat(taken).equals(all)).toBe(true);
  expect(taken.length).toBeLessThan(24);
  expect(pieces.take()).toEqual([]);
});

test("small pieces between large ones keep their place", () => {
  const pieces = new Pieces();
  const given = Array.from({ length: 60 }, (_, index) => Buffer.alloc(index % 3 === 0 ? 20_000 : 3, String(index)));
  for (const piece of given) pieces.add(piece);
  expect(Buffer.concat(pieces.take()).equals(Buffer.concat(given))).toBe(true);
});

test("the first few pieces are not copied", () => {
  const pieces = new Pieces();
  const piece = Buffer.from("small");
  pieces.add(piece);
  expect(pieces.take()[0]).toBe(piece);
});
