/** Placeholder until the list is built. */
export function FunctionsPage() {
  return <p>Functions</p>;
}
