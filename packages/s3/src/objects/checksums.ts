import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { badDigest, invalidRequest } from "../faults.ts";
import { createCrc } from "./crc.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html */
export type ChecksumAlgorithm = "CRC32" | "CRC32C" | "CRC64NVME" | "SHA1" | "SHA256";

/** A checksum of an object's or a part's bytes. */
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64; of a composite one with the parts' count behind a dash. */
  readonly value: string;
  readonly type: "FULL_OBJECT" | "COMPOSITE";
}

/** A checksum that is fed by and by. */
export interface RunningChecksum {
  update(bytes: Uint8Array): void;
  digest(): Buffer;
}

interface AlgorithmRow {
  readonly bytes: number;
  readonly create: () => RunningChecksum | Promise<RunningChecksum>;
  /** What a multipart upload's checksum is if nothing is said; the first of those that it may be. */
  readonly types: readonly Checksum["type"][];
}

const hashing = (name: string) => (): RunningChecksum => {
  const hash = createHash(name);
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
};

function createCrc32(): RunningChecksum {
  let value = 0;
  return {
    update: (bytes) => void (value = crc32(bytes, value)),
    digest() {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes;
    },
  };
}

const rows: Record<ChecksumAlgorithm, AlgorithmRow> = {
  CRC32: { bytes: 4, create: createCrc32, types: ["COMPOSITE", "FULL_OBJECT"] },
  CRC32C: { bytes: 4, create: () => createCrc("CRC32C"), types: ["COMPOSITE", "FULL_OBJECT"] },
  CRC64NVME: { bytes: 8, create: () => createCrc("CRC64NVME"), types: ["FULL_OBJECT"] },
  SHA1: { bytes: 20, create: hashing("sha1"), types: ["COMPOSITE"] },
  SHA256: { bytes: 32, create: hashing("sha256"), types: ["COMPOSITE"] },
};

export const checksumAlgorithms = Object.keys(rows) as ChecksumAlgorithm[];
export const isChecksumAlgorithm = (name: string): name is ChecksumAlgorithm => Object.hasOwn(rows, name);
export const createChecksum = async (algorithm: ChecksumAlgorithm): Promise<RunningChecksum> => rows[algorithm].create();
export const checksumTypesOf = (algorithm: ChecksumAlgorithm): readonly Checksum["type"][] => rows[algorithm].types;

/** `ChecksumCRC32`, as inputs and outputs have it. */
export const checksumMember = <A extends ChecksumAlgorithm>(algorithm: A): `Checksum${A}` => `Checksum${algorithm}`;
export const checksumHeader = (algorithm: ChecksumAlgorithm): string => `x-amz-checksum-${algorithm.toLowerCase()}`;

type ChecksumMembers = { readonly [A in ChecksumAlgorithm as `Checksum${A}`]?: string | undefined };

/** What a request says of its body's checksum. */
export interface WantedChecksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Undefined if it comes after the body, or not at all. */
  readonly value: string | undefined;
  readonly comes: "header" | "trailer" | "never";
}

/** @throws Fault InvalidRequest */
export function wantedChecksum(
  input: ChecksumMembers,
  trailerNames: readonly string[],
  declared: string | undefined,
): WantedChecksum | undefined {
  const given = checksumAlgorithms.filter((algorithm) => input[checksumMember(algorithm)] !== undefined);
  const announced = checksumAlgorithms.filter((algorithm) => trailerNames.includes(checksumHeader(algorithm)));
  if (given.length + announced.length > 1)
    throw invalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
  const [algorithm] = given;
  if (algorithm !== undefined) {
    const value = input[checksumMember(algorithm)] as string;
    checkForm(algorithm, value);
    return { algorithm, value, comes: "header" };
  }
  if (announced[0] !== undefined) return { algorithm: announced[0], value: undefined, comes: "trailer" };
  if (declared !== undefined)
    throw invalidRequest(
      "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.",
    );
  return undefined;
}

/** @throws Fault InvalidRequest */
export function checkForm(algorithm: ChecksumAlgorithm, value: string): void {
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(value) && Buffer.from(value, "base64").length === rows[algorithm].bytes;
  if (!isBase64) throw invalidRequest(`Value for ${checksumHeader(algorithm)} header is invalid.`);
}

/** @throws Fault BadDigest */
export function checkDigest(algorithm: ChecksumAlgorithm, wanted: string | undefined, actual: string): void {
  if (wanted !== undefined && wanted !== actual) throw badDigest(`The ${algorithm} you specified did not match the calculated checksum.`);
}

/** The members of an output that tell a checksum. */
export const checksumOutput = (checksum: Checksum | undefined): Record<string, string> =>
  checksum === undefined ? {} : { [checksumMember(checksum.algorithm)]: checksum.value, ChecksumType: checksum.type };
