import { noConditionKeys, type Checked, type InputOf, type OperationRow, type OutputOf, type RequestContext } from "@mayfly/kernel";
import { runtimeCatalog } from "@mayfly/runtimes";
import type { MayflyResources } from "../resources.ts";

type Input = InputOf<"mayfly", "ListRuntimes">;
type Output = OutputOf<"mayfly", "ListRuntimes">;

async function run({ runtimes }: MayflyResources, _ctx: RequestContext, _input: Checked<Input>): Promise<Output> {
  const described = new Map((await runtimes.describe()).map((description) => [description.runtime, description]));
  return {
    Runtimes: [...runtimeCatalog.values()].map(({ id, language, deprecatedOn }) => {
      const description = described.get(id);
      const resolved = description?.resolved;
      return {
        Runtime: id,
        Family: language,
        Available: resolved !== undefined,
        ...(resolved && {
          Interpreter: resolved.interpreter === undefined ? description?.text : `${resolved.version} at ${resolved.interpreter}`,
        }),
        ...((resolved === undefined || !resolved.exact) && { Note: description?.text ?? "This version of Mayfly does not run it yet." }),
        ...(deprecatedOn !== undefined && { DeprecationDate: deprecatedOn }),
      };
    }),
  };
}

/** See `MayflyOperations` of @mayfly/wire/mayfly. */
export const listRuntimes: OperationRow<MayflyResources, Input, Output> = {
  run,
  iam: { action: "mayfly:ListRuntimes", resource: () => "*", conditionKeys: noConditionKeys },
};
