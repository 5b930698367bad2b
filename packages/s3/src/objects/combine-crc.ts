import type { ChecksumAlgorithm } from "./checksums.ts";

/** Polynomials, bits reversed. */
const crcs: Partial<Record<ChecksumAlgorithm, { readonly polynomial: bigint; readonly bits: number }>> = {
  CRC32: { polynomial: 0xedb88320n, bits: 32 },
  CRC32C: { polynomial: 0x82f63b78n, bits: 32 },
  CRC64NVME: { polynomial: 0x9a6c9329ac4bc9b5n, bits: 64 },
};

type Matrix = readonly bigint[];

/**
 * The CRC of bytes that are known by the CRCs of their parts, none of which is read: after zlib's crc32_combine.
 * @param parts base64
 */
export function combineCrcs(
  algorithm: ChecksumAlgorithm,
  parts: readonly { readonly value: string; readonly size: number }[],
): string | undefined {
  const crc = crcs[algorithm];
  if (crc === undefined) return undefined;
  let combined = 0n;
  const shifts = powersOf(crc.polynomial, crc.bits);
  for (const { value, size } of parts)
    combined = shift(combined, size, shifts) ^ BigInt(`0x0${Buffer.from(value, "base64").toString("hex")}`);
  return Buffer.from(combined.toString(16).padStart(crc.bits / 4, "0"), "hex").toString("base64");
}

/** As if so many zero bytes came behind. */
function shift(crc: bigint, bytes: number, power: (exponent: number) => Matrix): bigint {
  let shifted = crc;
  for (let left = bytes, exponent = 0; left > 0; left = Math.floor(left / 2), exponent++)
    if (left % 2 === 1) shifted = times(power(exponent), shifted);
  return shifted;
}

/** Of the matrix that stands for one zero byte: itself, its square, and so on. */
function powersOf(polynomial: bigint, bits: number): (exponent: number) => Matrix {
  const oneBit = [polynomial, ...Array.from({ length: bits - 1 }, (_, index) => 1n << BigInt(index))];
  const powers: Matrix[] = [square(square(square(oneBit)))];
  return (exponent) => {
    while (powers.length <= exponent) powers.push(square(powers.at(-1) as Matrix));
    return powers[exponent] as Matrix;
  };
}

function times(matrix: Matrix, vector: bigint): bigint {
  let sum = 0n;
  for (let left = vector, index = 0; left > 0n; left >>= 1n, index++) if (left & 1n) sum ^= matrix[index] as bigint;
  return sum;
}

const square = (matrix: Matrix): Matrix => matrix.map((row) => times(matrix, row));
