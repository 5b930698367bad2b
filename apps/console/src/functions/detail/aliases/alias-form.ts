import type { AliasConfiguration } from "@aws-sdk/client-lambda";
import { limits } from "../configuration/limits.ts";
import { sharesOf, type Share } from "../versions/shares.ts";

/** An alias as it is being edited. */
export interface AliasFields {
  readonly name: string;
  readonly description: string;
  readonly version: string;
  /** The version that takes a part of the traffic; empty: none does. */
  readonly additionalVersion: string;
  /** That part; what was typed. */
  readonly percent: string;
}

/** A share that is worth trying a new version with. */
const firstPercent = "10";

/** The fields of an alias that is there, or of one that is to lead to `version`. */
export function fieldsOf(alias: AliasConfiguration | undefined, version: string): AliasFields {
  const [main, additional] = alias ? sharesOf(alias) : [];
  return {
    name: alias?.Name ?? "",
    description: alias?.Description ?? "",
    version: main?.version ?? version,
    additionalVersion: additional?.version ?? "",
    percent: additional ? String(additional.percent) : firstPercent,
  };
}

/** What is wrong with each field, in a sentence. https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html */
export function problemsOf({ name, description, version, additionalVersion, percent }: AliasFields) {
  return {
    name: nameProblem(name),
    description: description.length > limits.descriptionCharacters ? `Use at most ${limits.descriptionCharacters} characters.` : undefined,
    version: version === "" ? "Choose a version." : undefined,
    additionalVersion: additionalVersion !== "" && version === "$LATEST" ? latestProblem : undefined,
    percent: additionalVersion === "" || isPercent(percent) ? undefined : "The weight must be a number from 0 to 100.",
  };
}

const latestProblem = "Traffic can be split between published versions only: choose one above instead of $LATEST.";

function nameProblem(name: string): string | undefined {
  if (!/^[\w-]{1,128}$/.test(name)) return "Use 1 to 128 letters, numbers, hyphens and underscores.";
  return /^\d+$/.test(name) ? "A name of numbers alone would be taken for a version: add a letter." : undefined;
}

const isPercent = (text: string): boolean => text.trim() !== "" && Number(text) >= 0 && Number(text) <= 100;

/** Where the traffic would go. */
export function sharesOfFields({ version, additionalVersion, percent }: AliasFields): Share[] {
  const part = isPercent(percent) ? Number(percent) : 0;
  return sharesOf({ FunctionVersion: version, RoutingConfig: routingOf(additionalVersion, part) });
}

const routingOf = (version: string, percent: number) => ({
  AdditionalVersionWeights: version === "" ? {} : { [version]: Number((percent / 100).toFixed(6)) },
});

/** What Create- and UpdateAlias are told. */
export function requestOf(functionName: string, fields: AliasFields) {
  return {
    FunctionName: functionName,
    Name: fields.name,
    FunctionVersion: fields.version,
    Description: fields.description,
    RoutingConfig: routingOf(fields.additionalVersion, Number(fields.percent)),
  };
}
