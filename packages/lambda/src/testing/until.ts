/** Waits until a condition holds, looking at it every few milliseconds. */
export async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error("The condition never came true");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
