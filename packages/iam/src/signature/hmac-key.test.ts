import { createHmac } from "node:crypto";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { HmacKey } from "./hmac-key.ts";

// https://www.rfc-editor.org/rfc/rfc4231#section-4 cases 1 and 2
test.each([
  [Buffer.alloc(20, 0x0b), "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"],
  [Buffer.from("Jefe"), "what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"],
])("signs as RFC 4231 says", (key, text, signature) => {
  expect(new HmacKey(key).sign(text)).toBe(signature);
});

test("signs any texts in turn as node:crypto does", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.array(fc.string({ unit: "binary" }), { minLength: 1 }), (bytes, texts) => {
      const key = new HmacKey(Buffer.from(bytes));
      for (const text of texts) expect(key.sign(text)).toBe(createHmac("sha256", bytes).update(text).digest("hex"));
    }),
    { numRuns: 50 },
  );
});

test("takes no key that would have to be hashed first", () => {
  expect(() => new HmacKey(Buffer.alloc(65))).toThrow(RangeError);
});
