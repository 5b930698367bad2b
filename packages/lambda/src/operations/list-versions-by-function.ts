import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { mustExist } from "../find-version.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import { pageOf } from "../page.ts";
import type { OperationResources } from "../resources.ts";
import { shapeListed } from "../shape-configuration.ts";
import { versionName } from "../store/records.ts";

type Input = InputOf<"lambda", "ListVersionsByFunction">;
type Output = OutputOf<"lambda", "ListVersionsByFunction">;

/** `$LATEST`, then by number. https://docs.aws.amazon.com/lambda/latest/api/API_ListVersionsByFunction.html */
export const listVersionsByFunction: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:ListVersionsByFunction"),
  async run({ functions, limits }, ctx, input) {
    const reference = referenceOf(ctx, input);
    const record = mustExist(await functions.find(reference), reference);
    const { items, NextMarker } = pageOf(
      "ListVersionsByFunction",
      [...record.versions.values()],
      ({ number }) => number,
      input,
      limits.listPageCount,
    );
    return { Versions: items.map((version) => shapeListed(reference, version, versionName(version))), ...NextMarker };
  },
};
