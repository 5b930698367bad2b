import { decodePageToken, encodePageToken, type InputOf, type OperationRow, type OutputOf } from "@mayfly/kernel";
import { invalidParameter } from "../faults.ts";
import { onEverything } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";
import { shapeListed } from "../shape-configuration.ts";
import { listVersions, type ListedVersion, type ListPosition } from "../store/function-queries.ts";
import { versionName } from "../store/records.ts";

type Input = InputOf<"lambda", "ListFunctions">;
type Output = OutputOf<"lambda", "ListFunctions">;

const list = "ListFunctions";

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html */
export const listFunctions: OperationRow<OperationResources, Input, Output> = {
  iam: onEverything("lambda:ListFunctions"),
  async run({ db, limits }, { accountId, region }, input) {
    // Lambda@Edge replicas, of which there are none here, answer to any other region.
    if (input.MasterRegion !== undefined && input.MasterRegion !== "ALL" && input.MasterRegion !== region) return { Functions: [] };
    const allVersions = input.FunctionVersion === "ALL";
    const limit = Math.min(input.MaxItems ?? limits.listPageCount, limits.listPageCount);
    const found = await listVersions(db, { accountId, region, allVersions }, readMarker(input.Marker), limit + 1);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      Functions: page.map(({ key, version }) => shapeListed(key, version, allVersions ? versionName(version) : undefined)),
      ...(found.length > limit && last !== undefined && { NextMarker: marker(last) }),
    };
  },
};

const marker = ({ key, version }: ListedVersion): string => encodePageToken(list, `${version.number}:${key.functionName}`);

function readMarker(token: string | undefined): ListPosition | undefined {
  if (token === undefined || token === "") return undefined;
  const [, versionNumber, functionName] = /^(\d+):(.+)$/.exec(decodePageToken(list, token) ?? "") ?? [];
  if (versionNumber === undefined || functionName === undefined) throw invalidParameter("The provided Marker is invalid.");
  return { functionName, versionNumber: Number(versionNumber) };
}
