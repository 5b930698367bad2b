import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { capacityProviderNotFound, onCapacityProvider } from "../capacity-providers/absent.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "ListFunctionVersionsByCapacityProvider">;
type Output = OutputOf<"lambda", "ListFunctionVersionsByCapacityProvider">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionVersionsByCapacityProvider.html */
export const listFunctionVersionsByCapacityProvider: OperationRow<OperationResources, Input, Output> = {
  iam: onCapacityProvider("lambda:ListFunctionVersionsByCapacityProvider"),
  run: () => Promise.reject(capacityProviderNotFound()),
};
