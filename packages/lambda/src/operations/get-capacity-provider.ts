import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { capacityProviderNotFound, onCapacityProvider } from "../capacity-providers/absent.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "GetCapacityProvider">;
type Output = OutputOf<"lambda", "GetCapacityProvider">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetCapacityProvider.html */
export const getCapacityProvider: OperationRow<OperationResources, Input, Output> = {
  iam: onCapacityProvider("lambda:GetCapacityProvider"),
  run: () => Promise.reject(capacityProviderNotFound()),
};
