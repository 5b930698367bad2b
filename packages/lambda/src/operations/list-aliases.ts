import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { shapeAlias } from "../aliases/shape-alias.ts";
import { mustExist } from "../find-version.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import { pageOf } from "../page.ts";
import type { OperationResources } from "../resources.ts";
import { aliasesOf, versionNumberOf } from "../store/records.ts";

type Input = InputOf<"lambda", "ListAliases">;
type Output = OutputOf<"lambda", "ListAliases">;

/** By name; only those of one version if one is named. https://docs.aws.amazon.com/lambda/latest/api/API_ListAliases.html */
export const listAliases: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:ListAliases"),
  async run({ functions, limits }, ctx, input) {
    const reference = referenceOf(ctx, input);
    const { aliases, ...record } = mustExist(await functions.find(reference), reference);
    const version = input.FunctionVersion === undefined ? undefined : versionNumberOf(input.FunctionVersion);
    const names = input.FunctionVersion === undefined ? [...aliases.keys()] : aliasesOf({ ...record, aliases }, version ?? -1);
    const found = names.flatMap((name) => aliases.get(name) ?? []);
    const { items, NextMarker } = pageOf("ListAliases", found, ({ name }) => name, input, limits.listPageCount);
    return { Aliases: items.map((alias) => shapeAlias(reference, alias)), ...NextMarker };
  },
};
