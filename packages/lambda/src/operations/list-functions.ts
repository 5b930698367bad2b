import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { onEverything } from "../iam-rules.ts";
import { pageRead } from "../page.ts";
import type { OperationResources } from "../resources.ts";
import { shapeListed } from "../shape-configuration.ts";
import { listVersions, type ListedVersion, type ListPosition } from "../store/function-queries.ts";
import { versionName } from "../store/records.ts";

type Input = InputOf<"lambda", "ListFunctions">;
type Output = OutputOf<"lambda", "ListFunctions">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html */
export const listFunctions: OperationRow<OperationResources, Input, Output> = {
  iam: onEverything("lambda:ListFunctions"),
  async run({ db, limits }, { accountId, region }, input) {
    // Lambda@Edge replicas, of which there are none here, answer to any other region.
    if (input.MasterRegion !== undefined && input.MasterRegion !== "ALL" && input.MasterRegion !== region) return { Functions: [] };
    const allVersions = input.FunctionVersion === "ALL";
    const { items, NextMarker } = await pageRead("ListFunctions", input, textOf, limits.listPageCount, (after, count) =>
      listVersions(db, { accountId, region, allVersions }, after === undefined ? undefined : positionOf(after), count),
    );
    return {
      Functions: items.map(({ key, version }) => shapeListed(key, version, allVersions ? versionName(version) : undefined)),
      ...NextMarker,
    };
  },
};

const textOf = ({ key, version }: ListedVersion): string => `${version.number}:${key.functionName}`;

function positionOf(text: string): ListPosition {
  const [versionNumber = "", functionName = ""] = text.split(":");
  return { functionName, versionNumber: Number(versionNumber) };
}
