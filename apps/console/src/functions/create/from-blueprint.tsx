/** Use a blueprint. */
export function FromBlueprint() {
  return null;
}
