import { invalidParameter, functionNotFound } from "../faults.ts";
import { functionArn } from "../function-name.ts";
import { latest } from "../function-name.ts";
import { versionNumberOf, type AdditionalVersion, type AliasRecord, type FunctionRecord } from "../store/records.ts";

/** Where an alias leads. */
export type Route = Pick<AliasRecord, "versionNumber" | "additional">;

/** The weights of a request, by version. */
export type Weights = Readonly<Record<string, number>>;

/**
 * Reads where an alias is to lead.
 * @param weights absent or empty: to `version` alone
 * @throws Fault InvalidParameterValueException, ResourceNotFoundException; the texts are recorded ones
 */
export function readRoute(record: FunctionRecord, version: string, weights: Weights = {}): Route {
  const versionNumber = existing(record, version);
  const [entry, ...more] = Object.entries(weights);
  if (more.length > 0) throw invalidParameter("Number of items in AdditionalVersionWeights cannot be greater than 1");
  if (entry === undefined) return { versionNumber, additional: undefined };
  const [name, weight] = entry;
  if (name === version)
    throw invalidParameter(`Invalid function version ${name}. Function version ${name} is already included in routing configuration.`);
  if (version === latest) throw invalidParameter("$LATEST is not supported for an alias pointing to more than 1 version");
  return { versionNumber, additional: { number: existing(record, name), weight } };
}

function existing(record: FunctionRecord, version: string): number {
  const number = versionNumberOf(version);
  if (number === undefined || !record.versions.has(number)) throw functionNotFound(functionArn(record, version));
  return number;
}

/** The weights that a request would have to name for the same route. */
export const weightsOf = (additional: AdditionalVersion | undefined): Weights =>
  additional === undefined ? {} : { [String(additional.number)]: additional.weight };

/** The version that takes an invocation of the alias. @param random from 0 up to, not including, 1 */
export const chooseVersion = ({ versionNumber, additional }: Route, random: () => number): number =>
  additional !== undefined && random() < additional.weight ? additional.number : versionNumber;
