import { parseArn } from "@mayfly/kernel";
import { mappingArn, type MappingRecord } from "../event-source-mappings/mapping.ts";
import { notFound } from "../faults.ts";
import type { TaggedKind } from "./tagged-resource.ts";

/** Mappings are the caller's own. @throws Fault ResourceNotFoundException */
export const taggedEventSourceMapping: TaggedKind = ({ accountId, region }, arn) => {
  const key = { accountId, region, uuid: parseArn(arn)?.resource.split(":")[1] ?? "" };
  const own = (record: MappingRecord | undefined): MappingRecord => {
    if (record === undefined || mappingArn(record) !== arn) throw notFound(`Event source mapping not found: ${arn}`);
    return record;
  };
  return {
    arn,
    peek: async ({ mappings }) => (await mappings.find(key))?.tags,
    read: async ({ mappings }) => own(await mappings.find(key)).tags,
    async change({ mappings }, decide) {
      await mappings.change(key, (current) => {
        const record = own(current);
        return { ...record, tags: decide(record.tags) };
      });
    },
  };
};
