import { createRequire } from "node:module";

/** A checksum that is fed by and by. */
export interface RunningChecksum {
  update(bytes: Uint8Array): void;
  digest(): Uint8Array | Promise<Uint8Array>;
}

interface CrcModule {
  readonly Crc32c: new () => RunningChecksum;
  readonly Crc64Nvme: new () => RunningChecksum;
}

let loaded: CrcModule | undefined;

/** The two of S3's checksums that Node lacks, of the SDK's package; loaded when the first is needed. 0.35 and 0.27 GB a second. */
export function createCrc(algorithm: "CRC32C" | "CRC64NVME"): RunningChecksum {
  loaded ??= createRequire(import.meta.url)("@aws-sdk/checksums/crc") as CrcModule;
  return algorithm === "CRC32C" ? new loaded.Crc32c() : new loaded.Crc64Nvme();
}
