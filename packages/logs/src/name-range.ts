/** Names that begin with `prefix`, by a range: SQLite's LIKE knows no upper and lower case. */
export const beginningWith = (prefix: string | undefined): { gte?: string; lt?: string } =>
  prefix === undefined ? {} : { gte: prefix, lt: `${prefix}\u{10ffff}` };

/** Names after `name` in either order. */
export const afterName = (name: string | undefined, order: "asc" | "desc" = "asc"): { gt?: string; lt?: string } =>
  name === undefined ? {} : order === "asc" ? { gt: name } : { lt: name };
