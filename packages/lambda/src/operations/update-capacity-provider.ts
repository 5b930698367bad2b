import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { capacityProviderNotFound, onCapacityProvider } from "../capacity-providers/absent.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "UpdateCapacityProvider">;
type Output = OutputOf<"lambda", "UpdateCapacityProvider">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateCapacityProvider.html */
export const updateCapacityProvider: OperationRow<OperationResources, Input, Output> = {
  iam: onCapacityProvider("lambda:UpdateCapacityProvider"),
  run: () => Promise.reject(capacityProviderNotFound()),
};
