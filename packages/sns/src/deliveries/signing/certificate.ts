import { createPublicKey, randomBytes, sign, type KeyObject } from "node:crypto";

/** How long a certificate is valid. */
const years = 30;

/**
 * Makes the X.509 certificate of a key, signed by itself: what whoever checks the signature of a notification reads the public key from.
 * https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 * @returns PEM
 */
export function selfSignedCertificate(privateKey: KeyObject, commonName: string, nowMs: number): string {
  const name = sequence(set(sequence(oid("2.5.4.3"), utf8(commonName))));
  const from = new Date(nowMs);
  const until = new Date(nowMs);
  until.setUTCFullYear(until.getUTCFullYear() + years);
  const body = sequence(
    tagged(0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    sha256WithRsa,
    name,
    sequence(time(from), time(until)),
    name,
    createPublicKey(privateKey).export({ type: "spki", format: "der" }),
  );
  const certificate = sequence(body, sha256WithRsa, bitString(sign("sha256", body, privateKey)));
  const lines = certificate.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

/** DER: a tag, the length, the content. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const digits = length < 0x100 ? [length] : [length >> 8, length & 0xff];
  return Buffer.from([0x80 | digits.length, ...digits]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
const set = (...parts: readonly Buffer[]): Buffer => der(0x31, ...parts);
const integer = (bytes: Buffer): Buffer => der(0x02, bytes);
const utf8 = (text: string): Buffer => der(0x0c, Buffer.from(text));
const bitString = (bytes: Buffer): Buffer => der(0x03, Buffer.from([0]), bytes);
const tagged = (tag: number, inner: Buffer): Buffer => der(0xa0 | tag, inner);

/** UTCTime up to 2049, GeneralizedTime after. */
function time(date: Date): Buffer {
  const digits = date.toISOString().replaceAll(/[-:T]|\.\d+/g, "");
  return date.getUTCFullYear() < 2050 ? der(0x17, Buffer.from(digits.slice(2))) : der(0x18, Buffer.from(digits));
}

function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split(".").map(Number);
  return der(0x06, Buffer.from([40 * first + second, ...rest.flatMap(base128)]));
}

/** Seven bits a byte; all but the last have the eighth. */
function base128(value: number): readonly number[] {
  const digits = [value & 0x7f];
  for (let left = value >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80);
  return digits;
}

const sha256WithRsa = sequence(oid("1.2.840.113549.1.1.11"), der(0x05));
