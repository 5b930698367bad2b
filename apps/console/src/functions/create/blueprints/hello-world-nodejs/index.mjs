/** Greets whoever the event names. */
export const handler = async (event, context) => {
  const name = event.name || "world";
  console.log(`Greeting ${name}, ${context.getRemainingTimeInMillis()} ms left`);
  return { greeting: `Hello ${name}!`, function: context.functionName };
};
