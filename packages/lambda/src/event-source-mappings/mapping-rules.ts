import { resourceTags, type LambdaIamRule } from "../iam-rules.ts";
import { mappedFunctionArn, mappingArn } from "./mapping.ts";

/** The rule of an operation on a mapping: its function and its tags as condition keys. */
export const onMapping = <Input extends { UUID: string | undefined }>(action: `lambda:${string}`): LambdaIamRule<Input> => ({
  action,
  resource: ({ accountId, region }, { UUID }) => mappingArn({ accountId, region, uuid: UUID }),
  async conditionKeys({ accountId, region }, { UUID }, { mappings }) {
    const record = await mappings.find({ accountId, region, uuid: UUID });
    if (record === undefined) return {};
    return { ...resourceTags(record.tags), "lambda:FunctionArn": [mappedFunctionArn(record)] };
  },
});
