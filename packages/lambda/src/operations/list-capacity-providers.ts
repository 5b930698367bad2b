import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { onEverything } from "../iam-rules.ts";
import { pageOf } from "../page.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "ListCapacityProviders">;
type Output = OutputOf<"lambda", "ListCapacityProviders">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListCapacityProviders.html */
export const listCapacityProviders: OperationRow<OperationResources, Input, Output> = {
  iam: onEverything("lambda:ListCapacityProviders"),
  run: (_resources, _ctx, input) => {
    // Nobody was ever given a marker, so that none is right.
    pageOf("ListCapacityProviders", [], String, input, 1);
    return Promise.resolve({ CapacityProviders: [] });
  },
};
