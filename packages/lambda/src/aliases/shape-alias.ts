import type { AliasConfiguration } from "@mayfly/wire/lambda";
import { functionArn, type FunctionKey } from "../function-name.ts";
import { versionName, type AliasRecord } from "../store/records.ts";

/** What operations answer of an alias. */
export function shapeAlias(
  key: FunctionKey,
  { name, versionNumber, additional, description, revisionId }: AliasRecord,
): AliasConfiguration {
  return {
    AliasArn: functionArn(key, name),
    Name: name,
    FunctionVersion: versionName({ number: versionNumber }),
    Description: description,
    ...(additional !== undefined && { RoutingConfig: { AdditionalVersionWeights: { [versionName(additional)]: additional.weight } } }),
    RevisionId: revisionId,
  };
}
