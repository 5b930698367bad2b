import type { Member, Shape } from "../model/model.ts";

/** The first required member that an input lacks, as a Query form names it (`SendMessageBatchRequestEntry.1.Id`); undefined if all are there. */
export function missingParameter(shape: Shape, input: Readonly<Record<string, unknown>>, path = ""): string | undefined {
  for (const member of shape.members) {
    const value = input[member.name];
    const name = `${path}${member.formName ?? member.name}`;
    if (value === undefined || value === null) {
      if (member.required) return name;
      continue;
    }
    const missing = missingWithin(member, value, name);
    if (missing !== undefined) return missing;
  }
  return undefined;
}

function missingWithin({ shape }: Member, value: unknown, name: string): string | undefined {
  if (shape.kind === "structure") return missingParameter(shape, value as Record<string, unknown>, `${name}.`);
  const items = shape.kind === "list" ? (value as unknown[]) : shape.kind === "map" ? Object.values(value as object) : [];
  const element = shape.element ?? shape.value;
  const suffix = shape.kind === "map" ? `.${element?.formName ?? "Value"}` : "";
  for (const [index, item] of items.entries()) {
    if (item === undefined || item === null) return `${name}.${index + 1}${suffix}`;
    const missing = element && missingWithin(element, item, `${name}.${index + 1}${suffix}`);
    if (missing !== undefined) return missing;
  }
  return undefined;
}
