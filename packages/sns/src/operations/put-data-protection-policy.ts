import { keyOfResource, onResourceArn } from "../iam-rules.ts";
import type { SnsOperation } from "../resources.ts";
import { readDataProtectionPolicy } from "../topics/data-protection.ts";
import { lockKey } from "../topics/topic.ts";

/** https://docs.aws.amazon.com/sns/latest/api/API_PutDataProtectionPolicy.html */
export const putDataProtectionPolicy: SnsOperation<"PutDataProtectionPolicy"> = {
  iam: onResourceArn("SNS:PutDataProtectionPolicy"),
  run({ topics, lock }, ctx, input) {
    const key = keyOfResource(ctx, input);
    const dataProtectionPolicy = readDataProtectionPolicy(input.DataProtectionPolicy);
    return lock.run(lockKey(key), async () => {
      await topics.change(await topics.get(key), { dataProtectionPolicy });
      return {};
    });
  },
};
