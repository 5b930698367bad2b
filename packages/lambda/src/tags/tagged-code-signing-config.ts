import { notFound } from "../faults.ts";
import type { CodeSigningConfigRecord } from "../code-signing/code-signing-store.ts";
import type { TaggedKind } from "./tagged-resource.ts";

/** Code signing configurations are found by ARN; another account's is none of the caller's. */
export const taggedCodeSigningConfig: TaggedKind = ({ accountId }, arn) => {
  const own = (record: CodeSigningConfigRecord | undefined): CodeSigningConfigRecord => {
    if (record === undefined || record.accountId !== accountId) {
      throw notFound("The Lambda code signing configuration ARN can not be found.");
    }
    return record;
  };
  return {
    arn,
    peek: async ({ codeSigning }) => (await codeSigning.find(arn))?.tags,
    read: async ({ codeSigning }) => own(await codeSigning.find(arn)).tags,
    async change({ codeSigning }, decide) {
      await codeSigning.change(arn, (current) => {
        const record = own(current);
        return { ...record, tags: decide(record.tags) };
      });
    },
  };
};
