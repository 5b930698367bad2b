import { keyOfResource, onResourceArn } from "../iam-rules.ts";
import type { SnsOperation } from "../resources.ts";

/** https://docs.aws.amazon.com/sns/latest/api/API_GetDataProtectionPolicy.html */
export const getDataProtectionPolicy: SnsOperation<"GetDataProtectionPolicy"> = {
  iam: onResourceArn("SNS:GetDataProtectionPolicy"),
  async run({ topics }, ctx, input) {
    return { DataProtectionPolicy: (await topics.get(keyOfResource(ctx, input))).dataProtectionPolicy };
  },
};
