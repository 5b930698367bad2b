import { expect, test } from "vitest";
import { checksumAlgorithms, createChecksum } from "./checksums.ts";

/** Of the digits 1 to 9. https://reveng.sourceforge.io/crc-catalogue/all.htm has those of the CRCs. */
const ofDigits = {
  CRC32: "cbf43926",
  CRC32C: "e3069283",
  CRC64NVME: "ae8b14860a799888",
  SHA1: "f7c3bc1d808e04732adf679965ccc34ca7ae3441",
  SHA256: "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225",
};

test("checksums that run at the same time do not get into each other's way", async () => {
  const algorithms = [...checksumAlgorithms, ...checksumAlgorithms];
  const runs = await Promise.all(algorithms.map((algorithm) => createChecksum(algorithm)));
  for (const digit of "123456789") for (const running of runs) running.update(Buffer.from(digit));
  expect(runs.map((running) => running.digest().toString("hex"))).toEqual(algorithms.map((algorithm) => ofDigits[algorithm]));
});
