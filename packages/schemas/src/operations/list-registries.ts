import { badRequest } from "../faults.ts";
import { onAllRegistries } from "../iam-rules.ts";
import { pageOf } from "../paging.ts";
import type { RegistryRow, SchemasOperation } from "../resources.ts";
import { shapeRegistry } from "../shapes.ts";

const scopes = ["LOCAL", "AWS"];

/** AWS's own registries, of which there are none here, are of the scope AWS. https://docs.aws.amazon.com/eventbridge/latest/schema-reference/v1-registries.html */
export const listRegistries: SchemasOperation<"ListRegistries"> = {
  iam: onAllRegistries("schemas:ListRegistries"),
  async run({ db }, { accountId, region }, input) {
    if (input.Scope !== undefined && !scopes.includes(input.Scope)) throw badRequest("Scope must be LOCAL or AWS.");
    if (input.Scope === "AWS") return { Registries: [] };
    const startsWith = input.RegistryNamePrefix ?? "";
    const { items, ...next } = await pageOf<RegistryRow>(
      "ListRegistries",
      input,
      ({ registryName }) => registryName,
      (after, take) =>
        db.models.schemaRegistry.findMany({
          where: { accountId, region, registryName: { startsWith, ...(after !== undefined && { gt: after }) } },
          orderBy: { registryName: "asc" },
          take,
        }),
    );
    return { Registries: items.map((row) => omitDescription(shapeRegistry(row))), ...next };
  },
};

const omitDescription = ({ RegistryArn, RegistryName, Tags }: ReturnType<typeof shapeRegistry>) => ({ RegistryArn, RegistryName, Tags });
