import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { onCapacityProvider } from "../capacity-providers/absent.ts";
import { invalidParameter } from "../faults.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "CreateCapacityProvider">;
type Output = OutputOf<"lambda", "CreateCapacityProvider">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateCapacityProvider.html */
export const createCapacityProvider: OperationRow<OperationResources, Input, Output> = {
  iam: onCapacityProvider("lambda:CreateCapacityProvider"),
  run: () => Promise.reject(invalidParameter("Capacity providers are not supported in this region.")),
};
