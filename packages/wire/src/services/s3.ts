import type { Readable } from "node:stream";
import type * as sdk from "@aws-sdk/client-s3";
import type { StreamedBody } from "../types.ts";
import type { OperationsOf } from "./operations-of.ts";

export type * from "@aws-sdk/client-s3";

type Sdk = OperationsOf<typeof sdk>;
type ReadsBody = "PutObject" | "UploadPart";

/** Every operation of `s3` with its input and output. Contents of objects are read and written while the operation runs. */
export type S3Operations = {
  [O in keyof Sdk]: O extends ReadsBody
    ? { input: Omit<Sdk[O]["input"], "Body"> & { Body?: StreamedBody | undefined }; output: Sdk[O]["output"] }
    : O extends "GetObject"
      ? { input: Sdk[O]["input"]; output: Omit<Sdk[O]["output"], "Body"> & { Body?: Readable | Uint8Array; StatusCode?: number } }
      : Sdk[O];
} & {
  /** What a browser's form does; SDKs' models have it not. */
  PostObject: {
    input: Omit<Sdk["PutObject"]["input"], "Body"> & {
      File: AsyncIterable<Buffer>;
      /** By which the file is to be known if the form says no checksum. */
      FileChecksum?: string | undefined;
      /** How large the form's policy has it. */
      Size?: { readonly leastBytes: number; readonly mostBytes: number } | undefined;
    };
    output: Sdk["PutObject"]["output"];
  };
};

declare module "@mayfly/kernel" {
  interface ServiceCatalog {
    s3: S3Operations;
  }
}
