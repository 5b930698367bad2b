import type { HeadObjectCommandOutput } from "@aws-sdk/client-s3";

/** The object whose page this is. */
export interface ShownObject {
  readonly bucket: string;
  readonly key: string;
  /** Undefined: the current version. */
  readonly versionId: string | undefined;
  readonly head: Omit<HeadObjectCommandOutput, "$metadata">;
}
