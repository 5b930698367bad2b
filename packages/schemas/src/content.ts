import { badRequest } from "./faults.ts";

/** What says that a document is of a type. */
const isOfType: Readonly<Record<string, (document: Readonly<Record<string, unknown>>) => boolean>> = {
  OpenApi3: ({ openapi, info, paths }) => String(openapi).startsWith("3.") && info !== undefined && paths !== undefined,
  JSONSchemaDraft4: () => true,
};

/** @throws Fault BadRequestException if the content is not a document of that type */
export function checkContent(type: string, content: string): void {
  let document: unknown;
  try {
    document = JSON.parse(content);
  } catch {
    throw badRequest("The schema content is not valid JSON.");
  }
  const isObject = typeof document === "object" && document !== null && !Array.isArray(document);
  if (!isObject || !(isOfType[type]?.(document as Record<string, unknown>) ?? true))
    throw badRequest(`The schema content is not a valid document of type ${type}.`);
}
