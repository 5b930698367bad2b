import { Fault } from "@mayfly/kernel";
import type { FunctionKey } from "./function-name.ts";
import type { OperationResources } from "./resources.ts";
import { usage } from "./store/function-queries.ts";
import type { CodeRecord } from "./store/records.ts";

/** Passes if the account has room for one more version with this package, in the place of what is given up for it. @throws Fault CodeStorageExceededException */
export async function checkCodeStorage(
  { db, limits }: OperationResources,
  scope: Pick<FunctionKey, "accountId" | "region">,
  code: CodeRecord,
  givenUp?: CodeRecord,
): Promise<void> {
  const { codeBytes } = await usage(db, scope.accountId, scope.region);
  if (codeBytes + code.size - (givenUp?.size ?? 0) > limits.codeStorageBytes) {
    throw new Fault("CodeStorageExceededException", "Code storage limit exceeded.", { members: { Type: "User" } });
  }
}
