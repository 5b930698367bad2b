import { expect, it } from "vitest";
import { bufferedAnswer } from "./buffered-answer.ts";

const options = { host: "h", hasCors: false, contentType: "application/json" };
const textOf = (payload: string): string | undefined => {
  const body = bufferedAnswer(Buffer.from(payload), options)?.body;
  return Buffer.isBuffer(body) ? body.toString() : undefined;
};

it("leaves blanks out between the parts of JSON, and nothing else", () => {
  expect(textOf('{ "a b" : [ 1 ,\n\t"c \\" d\\\\" , 12345678901234567890 , " ü " ] }\r\n')).toBe(
    '{"a b":[1,"c \\" d\\\\",12345678901234567890," ü "]}',
  );
  expect(textOf(' "just \\u0020 text" ')).toBe("just   text");
});

it("takes base64 in lines, and refuses what is none, however much there is of it", () => {
  const answer = (body: string) => textOf(JSON.stringify({ statusCode: 200, isBase64Encoded: true, body }));
  expect(answer("aGVs\r\nbG8=\n")).toBe("hello");
  expect(answer(`${"\n".repeat(3_000_000)}!`)).toBeUndefined();
  expect(answer(`${"a".repeat(3_000_000)}!`)).toBeUndefined();
});
