"use strict";
/** `done`, or why not: the error's code, else its name. */
exports.outcome = async (attempt) => {
  try {
    await attempt();
    return "done";
  } catch (error) {
    return error.code || error.name;
  }
};

/** `outcome` of each attempt by its name. */
exports.outcomes = async (attempts) => {
  const results = {};
  for (const [name, attempt] of Object.entries(attempts)) results[name] = await exports.outcome(attempt);
  return results;
};
