import fc from "fast-check";
import { base64, rightRequests, type RawRequest } from "./right-requests.ts";

const text = (request: RawRequest): string => Buffer.from(request.body, "base64").toString("utf8");

/** Characters that HTTP lets through in a header's value. */
const headerValue = fc.string({
  unit: fc
    .integer({ min: 0x20, max: 0xff })
    .filter((code) => code !== 0x7f)
    .map((code) => String.fromCharCode(code)),
  maxLength: 200,
});
const targetPart = fc.oneof(
  fc.webPath(),
  fc.constantFrom(
    "/..",
    "/%2e%2e%2f",
    "/%",
    "/%zz",
    "//",
    "/%00",
    "/%ff%fe",
    "?",
    "?a",
    "?=&&=",
    "?Marker=%",
    `/${"a".repeat(5000)}`,
    "/;x=y",
    "?Qualifier=%F0%9F%92%A9",
    "?MaxItems=1e99",
    "?MaxItems=-1",
    "?max-keys=-1",
    "&partNumber=99999",
    "?versionId=%00",
    "?uploads&acl&policy",
  ),
);

/** Values that a JSON member does not expect. */
const strangeValue = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    null,
    -1,
    1e308,
    2 ** 53,
    1.5,
    "",
    " ",
    [],
    {},
    [[[[]]]],
    { __proto__: null },
    true,
    "\u0000",
    "\ud800",
    "x".repeat(70_000),
    { constructor: { prototype: 1 } },
  ),
);

/** Replaces one member of a JSON body, wherever it lies, or adds one. */
function damagedJson(body: string): fc.Arbitrary<string> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return fc.string();
  }
  const paths = memberPaths(parsed);
  return fc
    .tuple(fc.constantFrom(...paths, ["__proto__"], ["Unknown"]), strangeValue)
    .map(([path, value]) => JSON.stringify(withMember(parsed, path, value)) ?? "");
}

/** A body that an earlier damage made thousands of levels deep is damaged near its top. */
const deepestDamage = 20;

function memberPaths(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null || path.length >= deepestDamage) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => memberPaths(inner, [...path, key]))];
}

function withMember(value: unknown, [key, ...rest]: readonly string[], replacement: unknown): unknown {
  if (key === undefined) return replacement;
  if (Array.isArray(value)) return value.map((inner, index) => (String(index) === key ? withMember(inner, rest, replacement) : inner));
  const object = typeof value === "object" && value !== null ? value : {};
  return Object.fromEntries([...Object.entries(object), [key, withMember((object as Record<string, unknown>)[key], rest, replacement)]]);
}

/** Cuts, doubles or overwrites a stretch of a text. */
const damagedText = (body: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.nat(body.length), fc.nat(body.length), fc.string({ maxLength: 30 }))
    .map(([a, b, inserted]) => body.slice(0, Math.min(a, b)) + inserted + body.slice(Math.max(a, b)));

const deepBodies = fc.constantFrom(
  "[".repeat(20_000),
  '{"a":'.repeat(20_000),
  `${"[".repeat(2000)}${"]".repeat(2000)}`,
  `{"Tags":${'{"a":'.repeat(500)}1${"}".repeat(500)}}`,
  "\ufeff{}",
  "{}{}",
  "nul",
  "'a'",
  '{"a":1,"a":2}',
  "1",
  '"text"',
  "[]",
  "<a>".repeat(20_000),
  `${"<Tagging>".repeat(2_000)}${"</Tagging>".repeat(2_000)}`,
  '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><Delete><Object><Key>&d;</Key></Object></Delete>',
  "<Delete/>",
  "<Delete><Object/></Delete>",
  "--b--\r\n",
  "null",
);

const damages: readonly ((request: RawRequest) => fc.Arbitrary<RawRequest>)[] = [
  (request) => damagedJson(text(request)).map((body) => ({ ...request, body: base64(body) })),
  (request) => damagedText(text(request)).map((body) => ({ ...request, body: base64(body) })),
  (request) => fc.uint8Array({ maxLength: 400 }).map((bytes) => ({ ...request, body: Buffer.from(bytes).toString("base64") })),
  (request) => deepBodies.map((body) => ({ ...request, body: base64(body) })),
  (request) => targetPart.map((part) => ({ ...request, target: request.target + part })),
  (request) =>
    fc
      .tuple(fc.nat(request.target.length), targetPart)
      .map(([at, part]) => ({ ...request, target: `/${request.target.slice(1, at)}${part.slice(1)}` })),
  (request) =>
    fc
      .constantFrom("GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "PROPFIND")
      .map((method) => ({ ...request, method })),
  (request) =>
    fc
      .tuple(
        fc.constantFrom(
          "authorization",
          "content-type",
          "x-amz-target",
          "x-amz-date",
          "x-amz-content-sha256",
          "x-amz-security-token",
          "x-amz-invocation-type",
          "x-amz-log-type",
          "x-amz-client-context",
          "x-amz-copy-source",
          "x-amz-decoded-content-length",
          "x-amz-trailer",
          "x-amz-tagging",
          "x-amz-checksum-crc32",
          "x-amz-checksum-algorithm",
          "content-md5",
          "range",
          "if-match",
          "content-encoding",
          "expect",
          "origin",
          "cookie",
        ),
        headerValue,
      )
      .map(([name, value]) => ({
        ...request,
        headers: [...request.headers.filter(([other]) => other !== name), [name, value.trim()] as const],
      })),
  (request) => fc.subarray([...request.headers]).map((headers) => ({ ...request, headers })),
];

/** A right request with one to three damages. */
export const malformedRequest: fc.Arbitrary<RawRequest> = fc
  .constantFrom(...rightRequests)
  .chain((request) => damageOnce(request))
  .chain((request) => fc.oneof(fc.constant(request), damageOnce(request)))
  .chain((request) => fc.oneof(fc.constant(request), damageOnce(request)));

function damageOnce(request: RawRequest): fc.Arbitrary<RawRequest> {
  return fc.constantFrom(...damages).chain((damage) => damage(request));
}
