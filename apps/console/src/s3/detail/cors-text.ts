import type { CORSRule } from "@aws-sdk/client-s3";

/** Rules as JSON, in the form of AWS's console: a list. */
export const corsTextOf = (rules: readonly CORSRule[]): string => JSON.stringify(rules, null, 2);

/** Something to begin with. */
export const corsExample = corsTextOf([
  {
    AllowedHeaders: ["*"],
    AllowedMethods: ["GET", "PUT"],
    AllowedOrigins: ["https://www.example.com"],
    ExposeHeaders: ["ETag"],
    MaxAgeSeconds: 3000,
  },
]);

/** The rules of a text in which `corsProblem` finds nothing. */
export const corsRulesOf = (text: string): CORSRule[] => JSON.parse(text) as CORSRule[];

/** What is wrong with a text; undefined if nothing is seen: the server looks closer. */
export function corsProblem(text: string): string | undefined {
  try {
    const rules: unknown = JSON.parse(text);
    if (!Array.isArray(rules) || rules.length === 0) return "The rules are a list, with one at least.";
    return rules.every(isRule) ? undefined : "Each rule has the lists AllowedMethods and AllowedOrigins.";
  } catch {
    return "The text is no JSON.";
  }
}

function isRule(rule: unknown): boolean {
  const { AllowedMethods, AllowedOrigins } = (rule ?? {}) as Record<string, unknown>;
  return Array.isArray(AllowedMethods) && Array.isArray(AllowedOrigins);
}
