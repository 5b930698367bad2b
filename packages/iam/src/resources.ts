import type { Database, Models } from "@mayfly/db";
import type { Clock, InputOf, OperationName, OperationRow, OutputOf } from "@mayfly/kernel";
import type { Keyring } from "./keyring.ts";

/** What IAM's operations work with. */
export interface IamResources {
  readonly db: Database;
  readonly models: Models;
  readonly clock: Clock;
  readonly keyring: Keyring;
  /**
   * Runs a change alone: what it checked (a quota, a conflict) still holds when it writes. Whoever reads after it sees it. The data
   * folder belongs to one process, so a queue in memory is enough.
   */
  readonly change: <T>(work: () => Promise<T>) => Promise<T>;
}

/** A row of IAM's table. */
export type IamRow<O extends OperationName<"iam">> = OperationRow<IamResources, InputOf<"iam", O>, OutputOf<"iam", O>>;

/** Makes `IamResources.change`. @param changed called after each change, failed ones too: they may have written in part */
export function createChangeQueue(changed: () => void): IamResources["change"] {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work).finally(changed);
    last = result.catch(() => {});
    return result;
  };
}
