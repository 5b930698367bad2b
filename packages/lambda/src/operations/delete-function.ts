import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { conflict, functionNotFound, invalidParameter } from "../faults.ts";
import { mustExist } from "../find-version.ts";
import { latest, referenceArn } from "../function-name.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";
import { aliasesOf, versionNumberOf, withoutSettingsOf, type FunctionRecord } from "../store/records.ts";

type Input = InputOf<"lambda", "DeleteFunction">;
type Output = OutputOf<"lambda", "DeleteFunction">;

/** Deletes a function, or one published version. https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html */
export const deleteFunction: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:DeleteFunction"),
  async run({ functions, deployments, onDeleted }, ctx, input) {
    const reference = referenceOf(ctx, input);
    const { qualifier } = reference;
    if (qualifier === latest) throw invalidParameter("$LATEST version cannot be deleted without deleting the function.");
    await functions.change(reference, (current) => {
      const record = mustExist(current, reference);
      if (qualifier === undefined) return { next: null, result: undefined };
      const number = versionNumberOf(qualifier);
      if (number === undefined) throw invalidParameter("Deletion of aliases is not currently supported.");
      if (!record.versions.has(number)) throw functionNotFound(referenceArn(reference));
      const users = aliasesOf(record, number);
      if (users.length > 0) throw conflict(`Unable to delete version because the following aliases reference it: [${users.join(", ")}]`);
      return { next: without(record, number), result: undefined };
    });
    if (qualifier === undefined) {
      await deployments.removeAll(reference);
      await onDeleted?.(reference);
    }
    return { StatusCode: 204 };
  },
};

function without(record: FunctionRecord, number: number): FunctionRecord {
  const versions = new Map(record.versions);
  versions.delete(number);
  return { ...withoutSettingsOf(record, String(number)), versions };
}
