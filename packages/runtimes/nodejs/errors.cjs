"use strict";

/** An error of the runtime's own kinds (`Runtime.X`). */
exports.named = (name, message, cause) => {
  const error = new Error(message);
  error.name = name;
  error.stack =
    cause === undefined
      ? error.stack
      : [
          `${name}: ${message}`,
          ...String(cause.stack || "")
            .split("\n")
            .slice(1),
        ].join("\n");
  return error;
};

const isError = (value) => value instanceof Error || Object.prototype.toString.call(value) === "[object Error]";

// JSON can't hold a lone DEL, which AWS's runtime writes as %7F.
const clean = (text) => String(text).replace(/\x7F/g, "%7F");

function shape(error) {
  if (!isError(error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: clean(error.name), errorMessage: clean(error.message), trace: clean(error.stack || "").split("\n") };
}

/** What the caller gets: `{errorType,errorMessage,trace}`. */
exports.errorBody = (error) => JSON.stringify(shape(error));

/** For the header of the same meaning: printable ASCII only. */
exports.errorType = (error) => shape(error).errorType.replace(/[^\x20-\x7e]/g, "?");

/** What goes to the log: the error's own members, too. */
exports.formattedError = (error) => {
  const { errorType, errorMessage, trace } = shape(error);
  const own = isError(error) ? Object.fromEntries(Object.entries(error).filter(([key]) => key !== "name")) : {};
  const formatted = { errorType, errorMessage, ...own, stack: trace };
  try {
    JSON.stringify(formatted);
    return formatted;
  } catch {
    return { errorType, errorMessage, stack: trace };
  }
};
