import { readFile } from "node:fs/promises";
import type { ServiceName } from "@mayfly/kernel";
import { overrides } from "../check/overrides.ts";
import { linkModel, type Model } from "./model.ts";
import type { RawModel } from "./raw-model.ts";

/** Reads and links a service's model: 3 to 6 ms, where its SDK client's schemas take 175 ms to load. */
export async function loadModel(service: ServiceName): Promise<Model> {
  const folder = service === "mayfly" ? "own-models" : "generated";
  const text = await readFile(new URL(`../${folder}/${service}.json`, import.meta.url), "utf8");
  return linkModel(JSON.parse(text) as RawModel, overrides[service]);
}
