import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { onEverything } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";
import { usage } from "../store/function-queries.ts";

type Input = InputOf<"lambda", "GetAccountSettings">;
type Output = OutputOf<"lambda", "GetAccountSettings">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html */
export const getAccountSettings: OperationRow<OperationResources, Input, Output> = {
  iam: onEverything("lambda:GetAccountSettings"),
  async run({ db, concurrency, limits }, { accountId, region }) {
    const { functionCount, codeBytes } = await usage(db, accountId, region);
    return {
      AccountLimit: {
        TotalCodeSize: limits.codeStorageBytes,
        CodeSizeUnzipped: limits.unzippedCodeBytes,
        CodeSizeZipped: limits.zippedCodeBytes,
        ConcurrentExecutions: limits.concurrentExecutionCount,
        UnreservedConcurrentExecutions: limits.concurrentExecutionCount - concurrency.committedBeside({ accountId, region }),
      },
      AccountUsage: { TotalCodeSize: codeBytes, FunctionCount: functionCount },
    };
  },
};
