import type { OperationTable } from "@mayfly/kernel";
import { createFunction } from "./operations/create-function.ts";
import { deleteFunctionConcurrency } from "./operations/delete-function-concurrency.ts";
import { deleteFunction } from "./operations/delete-function.ts";
import { getAccountSettings } from "./operations/get-account-settings.ts";
import { getFunctionConcurrency } from "./operations/get-function-concurrency.ts";
import { getFunctionConfiguration } from "./operations/get-function-configuration.ts";
import { getFunction } from "./operations/get-function.ts";
import { invoke } from "./operations/invoke.ts";
import { listFunctions } from "./operations/list-functions.ts";
import { listTags } from "./operations/list-tags.ts";
import { putFunctionConcurrency } from "./operations/put-function-concurrency.ts";
import { tagResource } from "./operations/tag-resource.ts";
import { untagResource } from "./operations/untag-resource.ts";
import { updateFunctionCode } from "./operations/update-function-code.ts";
import { updateFunctionConfiguration } from "./operations/update-function-configuration.ts";
import type { OperationResources } from "./resources.ts";

/** Lambda's operations. What is not here answers as AWS does for an unknown operation. */
export const serviceTable: OperationTable<"lambda", OperationResources> = {
  CreateFunction: createFunction,
  DeleteFunction: deleteFunction,
  DeleteFunctionConcurrency: deleteFunctionConcurrency,
  GetAccountSettings: getAccountSettings,
  GetFunction: getFunction,
  GetFunctionConcurrency: getFunctionConcurrency,
  GetFunctionConfiguration: getFunctionConfiguration,
  Invoke: invoke,
  ListFunctions: listFunctions,
  ListTags: listTags,
  PutFunctionConcurrency: putFunctionConcurrency,
  TagResource: tagResource,
  UntagResource: untagResource,
  UpdateFunctionCode: updateFunctionCode,
  UpdateFunctionConfiguration: updateFunctionConfiguration,
};
