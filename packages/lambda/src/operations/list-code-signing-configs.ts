import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { shapeCodeSigningConfig } from "../code-signing/code-signing-config.ts";
import { onEverything } from "../iam-rules.ts";
import { pageOf } from "../page.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "ListCodeSigningConfigs">;
type Output = OutputOf<"lambda", "ListCodeSigningConfigs">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListCodeSigningConfigs.html */
export const listCodeSigningConfigs: OperationRow<OperationResources, Input, Output> = {
  iam: onEverything("lambda:ListCodeSigningConfigs"),
  async run({ codeSigning, limits }, { accountId, region }, input) {
    const all = await codeSigning.all({ accountId, region });
    const { items, NextMarker } = pageOf("ListCodeSigningConfigs", all, ({ arn }) => arn, input, limits.listPageCount);
    return { CodeSigningConfigs: items.map(shapeCodeSigningConfig), ...NextMarker };
  },
};
