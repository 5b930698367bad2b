import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";

const prisma = fileURLToPath(new URL("../../../prisma/", import.meta.url));
const sqlTypes: Readonly<Record<string, readonly string[]>> = {
  String: ["TEXT"],
  Int: ["INTEGER"],
  Float: ["REAL"],
  Boolean: ["BOOLEAN", "INTEGER"],
  Bytes: ["BLOB"],
};

interface Column {
  readonly type: string;
  readonly optional: boolean;
}

interface Table {
  readonly columns: ReadonlyMap<string, Column>;
  readonly key: readonly string[];
  readonly uniques: readonly string[];
  readonly indexes: readonly string[];
}

/** Reads only what the models use; anything else fails loudly, so that it is taken up here first. */
function modelTable(body: string): Table {
  const columns = new Map<string, Column>();
  let key: string[] = [];
  const uniques: string[] = [];
  const indexes: string[] = [];
  const lines = body.split("\n").map((line) => line.replace(/\/\/.*/, "").trim());
  for (const line of lines.filter((text) => text !== "")) {
    const block = /^@@(id|unique|index)\(\[([\w, ]+)\]\)$/.exec(line);
    const field = /^(\w+)\s+(\w+)(\?)?((?:\s+@(?:id|unique|default\(autoincrement\(\)\)))*)$/.exec(line);
    if (block) {
      const names = block[2]!.split(",").map((name) => name.trim());
      if (block[1] === "id") key = names;
      else (block[1] === "unique" ? uniques : indexes).push(names.join());
    } else if (field && sqlTypes[field[2]!]) {
      columns.set(field[1]!, { type: field[2]!, optional: field[3] !== undefined });
      if (/@id/.test(field[4]!)) key = [field[1]!];
      if (/@unique/.test(field[4]!)) uniques.push(field[1]!);
    } else throw new Error(`This test does not know how to compare the model line: ${line}`);
  }
  return { columns, key, uniques: uniques.sort(), indexes: indexes.sort() };
}

function modelTables(): Map<string, Table> {
  const files = readdirSync(`${prisma}models`).map((name) => readFileSync(`${prisma}models/${name}`, "utf8"));
  return new Map(
    files.flatMap((text) =>
      [...text.matchAll(/^model (\w+) \{\n([^}]*)^\}/gm)].map(([, name, body]) => [name!, modelTable(body!)] as const),
    ),
  );
}

function migratedDatabase(): DatabaseSync {
  const database = new DatabaseSync(":memory:");
  for (const name of readdirSync(`${prisma}migrations`).sort()) database.exec(readFileSync(`${prisma}migrations/${name}`, "utf8"));
  return database;
}

function indexesOf(database: DatabaseSync, table: string, unique: 0 | 1): string[] {
  const rows = database
    .prepare(`SELECT name FROM pragma_index_list(?) WHERE origin <> 'pk' AND "unique" = ? AND partial = 0`)
    .all(table, unique);
  return rows
    .map(({ name }) =>
      database
        .prepare("SELECT name FROM pragma_index_info(?) ORDER BY seqno")
        .all(String(name))
        .map((row) => row["name"])
        .join(),
    )
    .sort();
}

test("the migrations make the tables of the models, and no others", () => {
  const database = migratedDatabase();
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name").all();
  expect(tables.map((row) => row["name"])).toEqual([...modelTables().keys()].sort());
});

test.each([...modelTables()])("%s has the model's columns, key and indexes", (name, model) => {
  const database = migratedDatabase();
  const columns = database.prepare("SELECT * FROM pragma_table_info(?)").all(name);
  expect(columns.map((row) => row["name"]).sort()).toEqual([...model.columns.keys()].sort());
  for (const row of columns) {
    const column = model.columns.get(String(row["name"]))!;
    expect(sqlTypes[column.type], `type of ${name}.${String(row["name"])}`).toContain(row["type"]);
    expect(row["notnull"] === 0, `nullability of ${name}.${String(row["name"])}`).toBe(column.optional);
  }
  const key = columns.filter((row) => Number(row["pk"]) > 0).sort((a, b) => Number(a["pk"]) - Number(b["pk"]));
  expect(key.map((row) => row["name"])).toEqual(model.key);
  expect(indexesOf(database, name, 1)).toEqual(model.uniques);
  expect(indexesOf(database, name, 0)).toEqual(model.indexes);
  // No model has relations yet: a foreign key in SQL alone would be one that the client does not know.
  expect(database.prepare("SELECT * FROM pragma_foreign_key_list(?)").all(name)).toEqual([]);
});
