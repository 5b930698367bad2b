import { cliCommand } from "../shared/equivalent-cli.tsx";
import { creationOf, isOpened, type BucketDraft } from "./bucket-draft.ts";

/** What the aws CLI would be told. */
export function creationCommands(draft: BucketDraft, requestRegion: string): string[] {
  const bucket = draft.name || "NAME";
  const { CreateBucketConfiguration } = creationOf(draft, requestRegion);
  const status = { Status: "Enabled" };
  return [
    cliCommand("s3api", "create-bucket", { bucket, "create-bucket-configuration": CreateBucketConfiguration }),
    ...(draft.isVersioned ? [cliCommand("s3api", "put-bucket-versioning", { bucket, "versioning-configuration": status })] : []),
    ...(isOpened(draft)
      ? [cliCommand("s3api", "put-public-access-block", { bucket, "public-access-block-configuration": draft.access })]
      : []),
  ];
}
