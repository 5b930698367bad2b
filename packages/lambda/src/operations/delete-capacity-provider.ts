import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { capacityProviderNotFound, onCapacityProvider } from "../capacity-providers/absent.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "DeleteCapacityProvider">;
type Output = OutputOf<"lambda", "DeleteCapacityProvider">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteCapacityProvider.html */
export const deleteCapacityProvider: OperationRow<OperationResources, Input, Output> = {
  iam: onCapacityProvider("lambda:DeleteCapacityProvider"),
  run: () => Promise.reject(capacityProviderNotFound()),
};
