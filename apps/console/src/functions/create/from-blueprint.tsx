import { blueprints } from "./blueprints/blueprints.ts";
import { BlueprintCards } from "./blueprint-cards.tsx";
import { BlueprintForm } from "./blueprint-form.tsx";
import { useAddressState } from "../../shared/address-state.ts";

/** Use a blueprint: choose one, then name what is made of it. */
export function FromBlueprint() {
  const [id, setId] = useAddressState("blueprint", "push");
  const chosen = blueprints.find((blueprint) => blueprint.id === id);
  if (!chosen) return <BlueprintCards onChoose={setId} />;
  return <BlueprintForm key={chosen.id} blueprint={chosen} onBack={() => setId(undefined)} />;
}
