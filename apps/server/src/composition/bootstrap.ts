import { existsSync } from "node:fs";
import { join } from "node:path";
import { writeCredentialsFile } from "../data-folder/credentials-file.ts";
import type { World, WorldResources } from "./world.ts";

const doneFact = "bootstrapped";

/**
 * The first start in a data folder: the account with its root access key (written to DATA/credentials) and the role `execution_role`.
 * Later starts find it done, and make a key anew only if DATA/credentials was lost.
 */
export async function bootstrap(
  world: World,
  { db, dataFolder, options }: Pick<WorldResources, "db" | "dataFolder" | "options">,
): Promise<void> {
  const done = await db.models.serverFact.findUnique({ where: { name: doneFact } });
  if (done !== null && existsSync(join(dataFolder, "credentials"))) return;
  const key = await world.iam.bootstrap(options.account);
  writeCredentialsFile(dataFolder, key);
  await db.models.serverFact.upsert({
    where: { name: doneFact },
    create: { name: doneFact, value: options.account },
    update: { value: options.account },
  });
}
